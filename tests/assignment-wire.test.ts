/** What comes over the channel out of a sandbox: data, whatever was put in. */
import assert from "node:assert/strict";
import test, { describe } from "node:test";
import { matrix } from "../lib/matrix";
import { decode, type NoData } from "../scripts/assignment/wire/decode";
import { encode } from "../scripts/assignment/wire/encode";
import { readResponse } from "../scripts/assignment/wire/read-response";

const over = (value: unknown) => decode(JSON.parse(JSON.stringify(encode(value))));

describe("the channel", () => {
  test("keeps every bit of numbers", () => {
    for (const x of [0, -0, 1 / 3, 5e-324, Number.MAX_VALUE, Number.NaN, Infinity, -Infinity])
      assert.ok(Object.is(over(x), x), String(x));
    const entries = [-0, Number.NaN, Infinity, 1 / 3, 5e-324, -1];
    const { rows, cols, data } = over(matrix([entries])) as ReturnType<typeof matrix>;
    assert.deepEqual([rows, cols], [1, 6]);
    assert.ok(data instanceof Float64Array && entries.every((x, k) => Object.is(data[k], x)));
    const single = over(matrix([[0.1, 2]], "float32")) as ReturnType<typeof matrix>;
    assert.deepEqual(single.data, Float32Array.of(0.1, 2));
  });

  test("keeps lists, records, texts, true, false, null and undefined", () => {
    const value = { a: [1, "δ", true, false, null, undefined], b: { c: [] } };
    assert.deepEqual(over(value), value);
  });

  test("names what is no data", () => {
    class Own {}
    const nested: unknown[] = [];
    nested.push(nested);
    for (const [value, words] of [
      [() => 1, "a function"],
      [Promise.resolve(1), "a Promise"],
      [new Own(), "a Own"],
      [new Map(), "a Map"],
      [1n, "a bigint"],
      [Symbol("x"), "a symbol"],
      [new Float64Array(3), "a Float64Array that is in no matrix"],
      [{ rows: 2, cols: 2, data: new Float64Array(3) }, "a matrix said to be 2×2 with 3 entries"],
      [{ rows: 1, cols: 3, data: [1, 2, 3] }, "a matrix whose data is neither Float64Array nor Float32Array"],
      [{ rows: 0.5, cols: 2, data: new Float64Array(1) }, "a matrix said to be 0.5×2 with 1 entries"],
    ] as const)
      assert.equal((over(value) as NoData).words, words);
    assert.match(JSON.stringify(encode(nested)), /nested too deep/);
    assert.equal((over({ length: 1e9 }) as { length: number }).length, 1e9);
    assert.match(JSON.stringify(encode(new Array(5e6))), /a list of 5000000 entries/);
  });

  test("takes one answer from what changes its answer", () => {
    let reads = 0;
    const changing = {
      rows: 1,
      cols: 1,
      get data() {
        return Float64Array.of(++reads);
      },
    };
    assert.deepEqual((over(changing) as ReturnType<typeof matrix>).data, Float64Array.of(1));
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => ["a"],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
        get: () => ++reads,
      },
    );
    assert.deepEqual(Object.keys(over(proxy) as object), ["a"]);
  });

  test("lets nothing through that is not of its form", () => {
    for (const forged of [
      {},
      [],
      { matrix: [1, 1, "float64", "AAAA"] },
      { matrix: [-1, -1, "float64", "AAAAAAAAAAA="] },
      { matrix: ["1", 1, "float64", "AAAAAAAAAAA="] },
      { matrix: "x" },
      { number: "1" },
      { number: 1 },
      { list: 3 },
      { list: [{}] },
      { record: [1] },
      { other: 7 },
    ])
      assert.throws(() => decode(forged), /of the channel/, JSON.stringify(forged));
    const polluted = decode(JSON.parse('{"record":{"__proto__":{"record":{"isRight":true}}}}'));
    assert.equal(({} as { isRight?: boolean }).isRight, undefined);
    assert.equal((polluted as { isRight?: boolean }).isRight, undefined);
  });

  test("takes a line that is no answer for an error", () => {
    for (const line of ["", "{", "null", "3", "[]", "{}", '{"values":7}', '{"ran":"all"}'])
      assert.deepEqual(readResponse(line), { threw: "an answer that cannot be read" });
    assert.deepEqual(readResponse('{"threw":"TypeError: x","cell":"first"}'), {
      threw: "TypeError: x",
      cell: "first",
    });
    assert.equal(
      (readResponse(JSON.stringify({ threw: "x".repeat(1e5) })) as { threw: string }).threw.length,
      2000,
    );
  });
});
