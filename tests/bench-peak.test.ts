import assert from "node:assert/strict";
import test from "node:test";
import { type CompiledLoop, compileLoops } from "../scripts/bench/peak/compile";
import { type FloatType, type Loop, loops } from "../scripts/bench/peak/loops";

let compiled: Promise<CompiledLoop[]> | undefined;

/** Every loop in both precisions beside its compiled form, compiled once. */
async function cases(): Promise<{ loop: Loop; code: CompiledLoop; title: string }[]> {
  compiled ??= compileLoops(loops);
  return (await compiled).map((code) => {
    const loop = loops.find(({ name }) => name === code.name) as Loop;
    return { loop, code, title: `${code.name}, ${code.type}` };
  });
}

/** What the registers hold after so many rounds, and how many operations on single numbers that took. */
function simulate({ registers, pass, passes }: Loop, type: FloatType, rounds: number) {
  const values = new Map(registers);
  let operations = 0;
  const rounded = (x: number) => {
    operations++;
    return type === "f32" ? Math.fround(x) : x;
  };
  const at = (name: string) => values.get(name) as number;
  for (let k = 0; k < rounds * passes; k++)
    for (const one of pass) {
      if ("times" in one) values.set(one.target, rounded(at(one.a) * at(one.times)));
      else {
        const added =
          typeof one.plus === "string" ? at(one.plus) : rounded(at(one.plus[0]) * at(one.plus[1]));
        values.set(one.target, rounded(at(one.a) + added));
      }
    }
  return { values, operations };
}

test("the compiled loops have the bits of the same operations in plain arithmetic, in every lane", async () => {
  for (const { loop, code, title } of await cases())
    for (const rounds of [0, 1, 3]) {
      code.fill();
      code.run(rounds);
      const { values } = simulate(loop, code.type, rounds);
      for (const [name, lanes] of code.registers())
        assert.deepEqual(
          lanes,
          Array(code.type === "f32" ? 4 : 2).fill(values.get(name)),
          `${title}: ${name}`,
        );
    }
});

test("the operations that are counted are those that are done", async () => {
  for (const { loop, code, title } of await cases()) {
    const width = code.type === "f32" ? 4 : 2;
    assert.equal(code.flopsOfRound, simulate(loop, code.type, 1).operations * width, title);
  }
});

test("after as many rounds as are timed: the limits of the recurrences, the sums of the others, no small number", async () => {
  const rounds = 1_000_000;
  for (const { loop, code, title } of await cases()) {
    code.fill();
    code.run(rounds);
    for (const [name, lanes] of code.registers())
      for (const value of lanes) {
        assert.ok(Number.isFinite(value) && Math.abs(value) > 1e-30, `${title}: ${name} is ${value}`);
        const first = loop.registers.get(name) as number;
        // c/(1 − c) for c = 3/4, up to rounding, which in float32 stops the approach early
        if (loop.registers.has("c") && name !== "c")
          assert.ok(Math.abs(value - 3) < 2e-6, `${title}: ${name} is ${value}`);
        // an even number of passes: every product has been added and subtracted
        else if (loop.registers.has("x0") && loop.registers.has("y0"))
          assert.equal(value, first, `${title}: ${name}`);
        else if (name.startsWith("s") && code.type === "f64")
          assert.equal(value, first + (rounds * loop.passes) / 4, `${title}: ${name}`);
      }
  }
});

test("every loop has at least eight accumulators, and 8, 10 and 12 are tried", () => {
  assert.ok(loops.every(({ accumulators }) => accumulators >= 8));
  for (const count of [8, 10, 12]) assert.ok(loops.some(({ accumulators }) => accumulators === count));
  assert.equal(new Set(loops.map(({ name }) => name)).size, loops.length);
});
