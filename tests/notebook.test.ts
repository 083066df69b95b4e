import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { judgePrinted } from "../lib/claims";
import { lossCurve } from "../lib/figures/loss-curve";
import { gradientTable } from "../lib/gradients/compare";
import { matrix, zeros } from "../lib/matrix";
import { openNotebook } from "../lib/notebook";
import { type Bundle, publicDisplay } from "../lib/notebook/display";
import { startProgress } from "../lib/notebook/progress";

// biome-ignore lint/suspicious/noExplicitAny: contents of bundles
type Loose = any;
type Shown = Bundle & { id?: string; update?: boolean };

function open(checks: number, claims: number) {
  const shown: Shown[] = [];
  const nb = openNotebook({
    title: "Trial",
    checks,
    claims,
    display: (bundle, placement) => void shown.push({ ...bundle, ...placement }),
  });
  const last = () => shown[shown.length - 1].data as Loose;
  return { nb, shown, last };
}

const executionCount = Symbol.for("backpropagation.executionCount");
const kernel = globalThis as { [key: symbol]: number | undefined };

test("opening prints nothing and refuses what is no count", () => {
  assert.deepEqual(open(1, 0).shown, []);
  assert.throws(() => open(-1, 0), /checks is -1, it must be a count/);
  assert.throws(() => open(0, 1.5), /claims is 1\.5/);
});

test("each call makes one output with the same content in every type", () => {
  const { nb, shown, last } = open(0, 0);
  const figure = lossCurve([0.9, 0.5]);
  nb.figure(figure);
  assert.deepEqual(Object.keys(last()), ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]);
  assert.equal(last()["text/plain"], figure.text);
  assert.equal((shown[0].metadata as Loose)["image/svg+xml"].alt, figure.text);
  assert.ok(last()["image/svg+xml"].startsWith("<svg"));
  assert.deepEqual(last()["application/vnd.plotly.v1+json"].data, figure.data);
  nb.formula(" a = \\tanh z ");
  assert.deepEqual(last(), { "text/latex": "$$\na = \\tanh z\n$$", "text/plain": "a = \\tanh z" });
  nb.markdown("**bold**");
  assert.deepEqual(last(), { "text/markdown": "**bold**", "text/plain": "**bold**" });
  nb.table(["a"], [[1]]);
  assert.deepEqual(Object.keys(last()), ["text/html", "text/plain"]);
  assert.equal(shown.length, 4);
});

test("a table has a caption, headers with a scope, and text that lines up", () => {
  const { nb, last } = open(0, 0);
  nb.table(
    ["layer <l>", "ŷ", "loss"],
    [
      ["first", 12, 0.123456],
      ["2nd & last", 3, -1.5],
      ["none", null, 2],
    ],
    { caption: "Two layers", decimals: [null, null, 3] },
  );
  assert.equal(
    last()["text/plain"],
    [
      "Two layers",
      "layer <l>    ŷ    loss",
      "----------  --  ------",
      "first       12   0.123",
      "2nd & last   3  -1.500",
      "none                 2",
    ].join("\n"),
  );
  const html = last()["text/html"];
  const { document } = new (require("jsdom").JSDOM)(html).window;
  assert.equal(document.querySelector("caption").textContent, "Two layers");
  assert.deepEqual(
    [...document.querySelectorAll("thead th")].map((th: Loose) => [th.scope, th.textContent]),
    [
      ["col", "layer <l>"],
      ["col", "ŷ"],
      ["col", "loss"],
    ],
  );
  assert.deepEqual(
    [...document.querySelectorAll("tbody th")].map((th: Loose) => [th.scope, th.textContent]),
    [
      ["row", "first"],
      ["row", "2nd & last"],
      ["row", "none"],
    ],
  );
  assert.equal(document.querySelector("td").getAttribute("align"), "right");
  assert.throws(() => nb.table(["a", "b"], [[1]]), /row 0 has 1 cells for 2 headers \(a, b\)/);
});

test("a check that holds is shown by our value and the bound, never by the witness's digits", () => {
  const { nb, last } = open(4, 0);
  nb.check("loss falls", true);
  assert.equal(last()["text/plain"], "✓ loss falls");
  nb.check("ŷ₁", { value: 0.43716123, expected: 0.437161, tolerance: 1e-5 });
  assert.equal(last()["text/plain"], "✓ ŷ₁: 0.437161 within 1e-5");
  nb.check("product", { value: matrix([[1, 2]]), expected: matrix([[1, 2]]), tolerance: 0 });
  assert.equal(last()["text/plain"], "✓ product: 1×2 exactly");
  nb.check("limits", {
    value: [Number.POSITIVE_INFINITY, 0],
    expected: [Number.POSITIVE_INFINITY, -0],
    tolerance: 0,
  });
  nb.close();
});

test("a check that fails throws CheckFailed with value, expected, difference and tolerance", () => {
  const { nb } = open(0, 0);
  const failed = (name: string, ok: Loose, message: RegExp) =>
    assert.throws(
      () => nb.check(name, ok),
      (error: Error) =>
        error.name === "CheckFailed" && message.test(error.message) && error.message.includes(`"${name}"`),
    );
  failed("falls", false, /the condition is false/);
  failed(
    "ŷ₁",
    { value: 0.4372, expected: 0.4378, tolerance: 5e-5 },
    /value is 0\.4372, expected 0\.4378: difference 0\.0006, tolerance 0\.00005/,
  );
  failed(
    "W",
    {
      value: matrix([
        [1, 2],
        [3, 4],
      ]),
      expected: matrix([
        [1, 2],
        [3.5, 4.1],
      ]),
      tolerance: 1e-9,
    },
    /value\[1,0\] is 3, expected 3\.5: difference 0\.5/,
  );
  failed(
    "list",
    { value: [1, 2, 3], expected: [1, 2, Number.NaN], tolerance: 1 },
    /value\[2\] is 3, expected NaN/,
  );
  failed("nan", { value: Number.NaN, expected: Number.NaN, tolerance: 1 }, /NaN/);
  failed("nothing", undefined, /undefined is neither true nor false/);
  assert.throws(
    () => nb.check("x", { value: [1], expected: [1, 2], tolerance: 1 }),
    /the value is 1 numbers, the expected 2 numbers/,
  );
  assert.throws(
    () => nb.check("x", { value: matrix([[1, 2]]), expected: matrix([[1], [2]]), tolerance: 1 }),
    /1×2, the expected 2×1/,
  );
  assert.throws(() => nb.check("x", { value: [], expected: [], tolerance: 1 }), /nothing to compare/);
  assert.throws(() => nb.check("x", { value: 1, expected: 1, tolerance: Number.NaN }), /tolerance is NaN/);
  nb.close();
});

const hand = matrix([
  [0.0884, 0.1768],
  [0.0404, 0.0808],
]);
const compared = (other: number, tolerance: number) =>
  gradientTable([
    {
      parameter: "weights",
      hand,
      witnesses: [
        {
          name: "TensorFlow.js",
          gradient: matrix([
            [0.0884, 0.1768],
            [other, 0.0808],
          ]),
          tolerance,
        },
      ],
    },
  ]);

test("a gradient comparison is shown by its bounds: two machines' float32 digits give the same output", () => {
  const { nb, last } = open(2, 0);
  nb.check("gradients", compared(0.0404 * (1 + 1e-7), 1e-5));
  const first = last();
  assert.match(first["text/plain"], /weights +4 +TensorFlow\.js +≤ 1e-5 +agrees/);
  nb.check("gradients again", compared(0.0404 * (1 - 3e-7), 1e-5));
  assert.deepEqual(JSON.stringify(last()).replace(/gradients again/g, "gradients"), JSON.stringify(first));
});

test("a gradient that differs is shown, then thrown, and not counted", () => {
  const { nb, last } = open(1, 0);
  assert.throws(
    () => nb.check("gradients", compared(0.0808, 1e-5)),
    /CheckFailed: check "gradients" failed: weights\[1,0\] is 0\.0404, TensorFlow\.js gives 0\.0808 \(relative error 0\.33, tolerance 0\.00001\)/,
  );
  assert.match(last()["text/plain"], /differs at \[1,0\]: 0\.0404 against 0\.0808/);
  assert.throws(() => nb.close(), /declared 1 checks, executed 0/);
});

const yhat = judgePrinted({
  note: "003",
  place: "1.4",
  name: "yhat1",
  statement: "ŷ₁",
  printed: "0.4378",
  ours: 0.437174,
  fromPrinted: { expression: "2.037 / (2.037 + 2.622)", value: 2.037 / 4.659 },
});

test("claims are shown with their arithmetic and counted by verdict", () => {
  const { nb, last } = open(0, 3);
  const loss = { note: "003", place: "2", name: "loss", statement: "L", printed: "0.827", ours: 0.827359 };
  nb.claims([yhat, judgePrinted(loss), judgePrinted({ ...loss, name: "again", printed: "0.825" })]);
  const row = last()["text/plain"].split("\n")[3];
  assert.match(
    row,
    /^003\/1\.4\/yhat1 +ŷ₁ +0\.4378 +0\.437174 +slip +ours 0\.43717; .* = 0\.43722, which rounds/,
  );
  nb.close();
  const summary = last()["application/vnd.backpropagation.summary+json"];
  assert.deepEqual(
    [summary.claims, summary.declaredClaims, summary.verdicts],
    [3, 3, { slip: 2, reproduced: 1 }],
  );
  assert.match(last()["text/plain"], /claims judged +3 of 3: 2 slip, 1 reproduced/);
});

test("claims are shown as one output with the records themselves, which no front end shows", () => {
  const { nb, shown, last } = open(0, 1);
  nb.claims([yhat], { caption: "One claim" });
  assert.equal(shown.length, 1);
  assert.deepEqual(Object.keys(last()), [
    "text/html",
    "text/plain",
    "application/vnd.backpropagation.claims+json",
  ]);
  assert.deepEqual(last()["application/vnd.backpropagation.claims+json"], { claims: [yhat] });
});

test("close fails unless exactly the declared checks and claims were executed", () => {
  const fewer = open(2, 1);
  fewer.nb.check("one", true);
  assert.throws(
    () => fewer.nb.close(),
    /Trial: declared 2 checks, executed 1: .*; declared 1 claims, executed 0/,
  );
  const more = open(0, 0);
  more.nb.check("one", true);
  assert.throws(
    () => more.nb.close(),
    /declared 0 checks, executed 1: change openNotebook\(\{ checks: 1 \}\)/,
  );
  const twice = open(2, 0);
  for (let k = 0; k < 2; k++) twice.nb.check("same", true);
  assert.throws(() => twice.nb.close(), /executed 1.*Used more than once: check "same"/);
});

test("a cell run again replaces what it did", () => {
  const { nb, last } = open(1, 0);
  for (const value of [1, 2]) {
    nb.check("same", true);
    nb.record("x", value);
  }
  nb.close();
  const { checks, records } = last()["application/vnd.backpropagation.summary+json"];
  assert.deepEqual([checks, records.length, records[0].hash], [1, 1, sha256OfTwo]);
});

// Made with Python: hashlib.sha256(struct.pack("<3d", 0.9, 0.5, 0.25)).hexdigest() and so on.
const sha256OfTwo = "3f710ac088db33363087de2b9a657541fe5447821debaa9fe5cbd538eb1a5f29";
const python = {
  losses: "f0a0fa6d9e4c75b992df18b13d2d4ba098fc4936722dcd0446954e1800b7b2bf",
  matrix: "ac3933782a4586e3b51b88c52bfba0e4afde8d8359ca37d090df1e41916d781e",
  nan: "74999fd28ab18ccca2bee199f260d19764603a3c78353d773d16d215eebe8e19",
  float32: "1bcaf20e94ec5463e80849aba7da623cded9b7e17500806bad48d5946c96cda8",
  total: "84cbbf262970c75b52b80277536c5cde309aef284ffe5aaa626897df7041acfb",
};

test("the hashes are Python's of the same float64 bytes", () => {
  const { nb, last } = open(0, 0);
  kernel[executionCount] = 7;
  nb.record("losses", [0.9, 0.5, 0.25]);
  nb.record(
    "matrix",
    matrix([
      [1, -0],
      [Number.POSITIVE_INFINITY, 1e-310],
    ]),
  );
  kernel[executionCount] = undefined;
  nb.record("nan", new Float64Array(new BigUint64Array([0xfff8000000000abcn]).buffer));
  nb.record("float32", matrix([[0.1, 0.2]], "float32"));
  nb.close();
  const { records, hash } = last()["application/vnd.backpropagation.summary+json"];
  assert.deepEqual(
    records.map((record: Loose) => [record.name, record.cell, record.length, record.hash]),
    [
      ["losses", 7, 3, python.losses],
      ["matrix", 7, 4, python.matrix],
      ["nan", null, 1, python.nan],
      ["float32", null, 2, python.float32],
    ],
  );
  assert.equal(hash, python.total);
  assert.ok(last()["text/plain"].includes(python.total));
});

test("one moved bit changes the hash; what is no number is refused", () => {
  const hashOf = (value: number) => {
    const { nb, last } = open(0, 0);
    nb.record("x", [1, value]);
    nb.close();
    return last()["application/vnd.backpropagation.summary+json"].hash;
  };
  assert.notEqual(hashOf(0.3), hashOf(0.1 + 0.2));
  assert.notEqual(hashOf(0), hashOf(-0));
  assert.throws(() => hashOf("1" as Loose), /entry 1 is 1, not a number/);
  assert.throws(() => hashOf(undefined as Loose), /entry 1 is undefined/);
});

test("progress updates in place, at most ten times a second, and ends without a time", () => {
  const shown: Shown[] = [];
  let now = 0;
  const line = startProgress(
    "Training",
    50,
    (bundle, placement) => void shown.push({ ...bundle, ...placement }),
    () => now,
  );
  for (let k = 1; k <= 50; k++) {
    now += 50;
    line.update(k, `loss ${k}`);
  }
  line.done("loss 0.0123");
  const texts = shown.map(({ data }) => data["text/plain"] as string);
  assert.equal(shown.length, 1 + 25 + 1);
  assert.equal(new Set(shown.map(({ id }) => id)).size, 1);
  assert.deepEqual([shown[0].update, shown[1].update], [false, true]);
  assert.equal(texts[12], "Training ███████████············· 24 / 50  loss 24  20/s, 2 s left");
  assert.equal(texts[texts.length - 1], "Training: 50 of 50 done, loss 0.0123");
});

test("a progress line left open is an error at the end", () => {
  const { nb } = open(0, 0);
  const line = nb.progress("Training", 2);
  line.update(2);
  assert.throws(() => nb.close(), /the progress line "Training" was not closed/);
  line.done();
  nb.close();
  assert.throws(() => nb.progress("Nothing", 0), /the total is 0/);
});

test("without tslab's inner function each bundle goes out by its richest static type", () => {
  const sent: Loose[] = [];
  const target = (name: string) => ({
    raw: (type: string, content: unknown) => void sent.push([name, type, content]),
  });
  let made = 0;
  const display = publicDisplay({ display: target("display"), newDisplay: () => target(`line ${++made}`) });
  display({ data: { "application/vnd.plotly.v1+json": {}, "image/svg+xml": "<svg/>", "text/plain": "t" } });
  display({ data: { "text/plain": "0 %" } }, { id: "p", update: false });
  display({ data: { "text/plain": "100 %" } }, { id: "p", update: true });
  assert.deepEqual(sent, [
    ["display", "image/svg+xml", "<svg/>"],
    ["line 1", "text/plain", "0 %"],
    ["line 1", "text/plain", "100 %"],
  ]);
});

/** Runs one cell by tslab's own executor and collects what it would send. */
const runCell = `
  const [cell] = JSON.parse(process.argv[1]);
  const { createConverter } = require("tslab/dist/converter");
  const { createExecutor } = require("tslab/dist/executor");
  const jupyter = require("tslab/dist/jupyter");
  const sent = [];
  jupyter.lastWriteDisplayData = (content, update) => void sent.push({ ...content, update });
  const node = createConverter({ cwd: process.cwd(), isJS: false });
  const executor = createExecutor(process.cwd(), { node, close: () => node.close() }, console);
  executor.execute(cell).then((ok) => {
    process.stdout.write(JSON.stringify({ ok, sent }), () => process.exit());
  });
`;

test("in tslab a figure is one message with all its types, and progress updates one output", () => {
  const cell = `
    import { openNotebook } from "./lib/notebook";
    import { lossCurve } from "./lib/figures/loss-curve";
    const nb = openNotebook({ title: "Trial", checks: 1, claims: 0 });
    nb.figure(lossCurve([0.9, 0.5]));
    const line = nb.progress("Training", 2);
    line.done("loss 0.5");
    nb.check("held", true);
    nb.close();
  `;
  const output = execFileSync(process.execPath, ["-e", runCell, JSON.stringify([cell])], {
    cwd: join(__dirname, ".."),
    encoding: "utf8",
  });
  const { ok, sent } = JSON.parse(output);
  assert.equal(ok, true);
  assert.deepEqual(
    sent.map(({ data, update }: Loose) => [Object.keys(data).length, update]),
    [
      [3, false],
      [1, false],
      [1, true],
      [1, false],
      [3, false],
    ],
  );
  assert.equal(sent[0].metadata["image/svg+xml"].alt, sent[0].data["text/plain"]);
  assert.equal(sent[1].transient.display_id, sent[2].transient.display_id);
});

test("one file alone imports tslab", () => {
  const lib = join(__dirname, "../lib");
  const importing = readdirSync(lib, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => /(?:from |require\()["']tslab/.test(readFileSync(join(lib, file), "utf8")));
  assert.deepEqual(importing, [join("notebook", "jupyter-display.ts")]);
});

test("an empty matrix can be recorded, and counts no numbers", () => {
  const { nb, last } = open(0, 0);
  nb.record("empty", zeros(0, 3));
  nb.close();
  assert.match(last()["text/plain"], /record: empty +0 numbers/);
});
