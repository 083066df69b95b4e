import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { type Random, randomState } from "../lib/random";
import { distanceInUlp } from "./support/ulp-distance";

type Call =
  | { call: "rand" | "randn"; arguments: [number]; result: number[] }
  | { call: "randint" | "uniform" | "normal"; arguments: [number, number, number]; result: number[] }
  | { call: "permutation"; arguments: [number | string[]]; result: number[] | string[] }
  | { call: "choice"; arguments: [number, number, boolean?, number[]?]; result: number[] }
  | { call: "shuffle"; arguments: [string[]]; result: string[] };
const reference: {
  seeds: { seed: number; calls: Call[] }[];
  streams: { seed: number; names: string[]; calls: Call[] }[];
} = JSON.parse(readFileSync("data/references/random-state.json", "utf8"));

function draw(random: Random, call: Call): ArrayLike<number | string> {
  switch (call.call) {
    case "rand":
      return random.uniforms(...call.arguments);
    case "randn":
      return random.normals(...call.arguments);
    case "uniform":
      return random.fillUniform(new Float64Array(call.arguments[2]), call.arguments[0], call.arguments[1]);
    case "normal":
      return random.fillNormal(new Float64Array(call.arguments[2]), call.arguments[0], call.arguments[1]);
    case "permutation": {
      const [items] = call.arguments;
      return typeof items === "number" ? random.permutation(items) : random.permuted(items);
    }
    case "randint":
      return random.integers(...call.arguments);
    case "choice":
      return random.choice(...call.arguments);
    case "shuffle": {
      const items = [...call.arguments[0]];
      random.shuffle(items);
      return items;
    }
  }
}

function assertSame(random: Random, calls: Call[], where: string): void {
  calls.forEach((call, index) => {
    const place = `${where}, call ${index}: ${call.call}`;
    const ours = Array.from(draw(random, call));
    if (call.call !== "randn" && call.call !== "normal") {
      assert.deepEqual(ours, call.result, place);
      return;
    }
    assert.equal(ours.length, call.result.length, place);
    call.result.forEach((value, i) => {
      const distance = distanceInUlp(ours[i] as number, value);
      assert.ok(distance <= 1, `${place}[${i}]: ours ${ours[i]}, NumPy ${value}, ${distance} ulp`);
    });
  });
}

for (const { seed, calls } of reference.seeds)
  test(`randomState(${seed}) draws what NumPy's RandomState draws`, () => {
    assert.equal(calls.length, 26);
    assertSame(randomState(seed), calls, `seed ${seed}`);
  });

for (const { seed, names, calls } of reference.streams)
  test(`stream ${names.map((name) => name.slice(0, 20)).join(" → ")} of seed ${seed} is RandomState(key)`, () => {
    const random = names.reduce((parent, name) => parent.stream(name), randomState(seed));
    assertSame(random, calls, `stream ${names}`);
  });

test("single draws and drawn arrays are the same sequence", () => {
  const [one, many] = [randomState(3), randomState(3)];
  const uniforms = many.uniforms(5);
  for (const value of uniforms) assert.equal(one.uniform(), value);
  const normals = many.normals(5);
  for (const value of normals) assert.equal(one.normal(), value);
});

test("a stream does not depend on what was drawn before, and draws nothing from its parent", () => {
  const [fresh, used] = [randomState(9), randomState(9)];
  const first = used.uniform();
  assert.equal(used.stream("a").uniform(), fresh.stream("a").uniform());
  assert.equal(fresh.uniform(), first);
  assert.notEqual(fresh.stream("ab").uniform(), fresh.stream("a").stream("b").uniform());
});

test("filled float32 arrays are the float64 numbers, rounded", () => {
  const [single, double] = [randomState(5), randomState(5)];
  const uniforms = double.fillUniform(new Float64Array(4), -1, 3);
  assert.deepEqual(single.fillUniform(new Float32Array(4), -1, 3), Float32Array.from(uniforms));
  const normals = double.fillNormal(new Float64Array(4), 2, 0.5);
  assert.deepEqual(single.fillNormal(new Float32Array(4), 2, 0.5), Float32Array.from(normals));
});

test("wrong arguments are named", () => {
  const random = randomState(0);
  for (const seed of [-1, 1.5, 2 ** 32, Number.NaN])
    assert.throws(() => randomState(seed), { message: new RegExp(`the seed is ${seed} \\(it must be`) });
  assert.throws(() => random.uniforms(-1), /uniforms: the number of draws is -1/);
  assert.throws(() => random.normals(1.5), /normals: the number of draws is 1.5/);
  assert.throws(() => random.integers(3, 3, 1), /integers: low is 3, high is 3 \(low must be smaller\)/);
  assert.throws(() => random.integers(0, 2 ** 31 + 1, 1), /whole numbers of 32 bits/);
  assert.throws(() => random.choice(3, 4, false), /cannot choose 4 different ones from 3/);
  assert.throws(() => random.choice(0, 1), /cannot choose 1 from 0/);
  assert.throws(() => random.choice(2, 1, true, [1]), /choice: p has 1 entries for 2 numbers/);
  assert.throws(() => random.choice(2, 1, true, [1.5, -0.5]), /choice: p\[1\] is -0.5/);
  assert.throws(() => random.choice(2, 1, true, [0.5, 0.4]), /choice: p sums to 0.9 \(the sum must be 1\)/);
  assert.throws(
    () => random.choice(3, 2, false, [1, 0, 0]),
    /cannot choose 2 different ones where 1 probabilities are positive/,
  );
  assert.throws(() => random.fillUniform(new Float64Array(1), 1, 0), /low is 1, high is 0/);
  assert.throws(() => random.fillNormal(new Float64Array(1), 0, -1), /the deviation is -1/);
  assert.throws(() => random.fillNormal(new Float64Array(1), Number.NaN, 1), /the mean is NaN/);
  assert.throws(() => random.stream(""), /the name is empty/);
  assert.throws(() => random.stream(undefined as unknown as string), /the name is empty/);
});
