import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import { type TorchGenerator, torchGenerator } from "../lib/random/torch";
import { distanceInUlp } from "./support/ulp-distance";

type Precision = "float64" | "float32";
interface Call {
  call: "rand" | "randn" | "uniform_" | "normal_" | "bernoulli_" | "randint" | "randperm" | "random_";
  arguments: (number | Precision)[];
  result: number[];
}
const reference: {
  seeds: { seed: number; calls: Call[] }[];
  millions: {
    call: "normal_" | "uniform_";
    precision: Precision;
    arguments: [number, number];
    sha256: string;
  }[];
  permutations: { seed: number; size: number; sha256: string }[];
} = JSON.parse(readFileSync("data/references/torch-generator.json", "utf8"));

function draw(generator: TorchGenerator, { call, arguments: values }: Call): number[] {
  const [first, second, third] = values as number[];
  const target = () => (values[0] === "float32" ? new Float32Array(second) : new Float64Array(second));
  switch (call) {
    case "rand":
      return Array.from(generator.fillUniform(target(), 0, 1));
    case "randn":
      return Array.from(generator.fillNormal(target(), 0, 1));
    case "uniform_":
      return Array.from(generator.fillUniform(target(), third, values[3] as number));
    case "normal_":
      return Array.from(generator.fillNormal(target(), third, values[3] as number));
    case "bernoulli_":
      return Array.from(generator.fillBernoulli(target(), third));
    case "randint":
      return Array.from(generator.integers(first, second, third));
    case "randperm":
      return Array.from(generator.permutation(first));
    case "random_":
      return [generator.seed()];
  }
}

for (const { seed, calls } of reference.seeds)
  test(`torchGenerator(${seed}) draws what PyTorch's generator draws`, () => {
    assert.ok(calls.length >= 42);
    const generator = torchGenerator(seed);
    let [normals, beyondOne] = [0, 0];
    calls.forEach((call, index) => {
      const place = `call ${index}: ${call.call}(${call.arguments})`;
      const ours = draw(generator, call);
      const hasFunctions = call.call === "randn" || call.call === "normal_";
      if (!(hasFunctions && call.arguments[0] === "float64")) {
        assert.deepEqual(ours, call.result, place);
        return;
      }
      assert.equal(ours.length, call.result.length, place);
      ours.forEach((value, i) => {
        const distance = distanceInUlp(value, call.result[i]);
        assert.ok(distance <= 2, `${place}[${i}]: ours ${value}, PyTorch ${call.result[i]}, ${distance} ulp`);
        normals += 1;
        if (distance > 1) beyondOne += 1;
      });
    });
    // where PyTorch's logarithm, sine or cosine is not the nearest number, two units are possible: 2 in 10,000 draws
    assert.ok(beyondOne <= 2 && normals >= 130, `${beyondOne} of ${normals} differ by two units`);
  });

for (const { call, precision, arguments: values, sha256 } of reference.millions)
  test(`a million draws of ${call}(${values}) in ${precision} are PyTorch's bits`, () => {
    const target = new { float32: Float32Array, float64: Float64Array }[precision](1000001);
    const generator = torchGenerator(11);
    if (call === "normal_") generator.fillNormal(target, ...values);
    else generator.fillUniform(target, ...values);
    assert.equal(createHash("sha256").update(new Uint8Array(target.buffer)).digest("hex"), sha256);
  });

for (const { seed, size, sha256 } of reference.permutations)
  test(`the permutation of ${size} from seed ${seed} is PyTorch's`, () => {
    const order = torchGenerator(seed).permutation(size);
    assert.equal(createHash("sha256").update(Buffer.from(order.buffer)).digest("hex"), sha256);
  });

test("the methods of Random are the draws that PyTorch's functions make", () => {
  const [ours, direct] = [torchGenerator(3), torchGenerator(3)];
  assert.deepEqual(ours.uniforms(3), direct.fillUniform(new Float64Array(3), 0, 1));
  assert.equal(ours.uniform(), direct.fillUniform(new Float64Array(1), 0, 1)[0]);
  assert.deepEqual(ours.normals(20), direct.fillNormal(new Float64Array(20), 0, 1));
  assert.equal(ours.normal(), direct.fillNormal(new Float64Array(1), 0, 1)[0]);
  assert.deepEqual(
    ours.permuted(["a", "b", "c"]),
    Array.from(direct.permutation(3), (i) => "abc"[i]),
  );
  const items = [10, 20, 30, 40];
  ours.shuffle(items);
  assert.deepEqual(items, direct.permuted([10, 20, 30, 40]));
  assert.deepEqual(ours.choice(9, 4), direct.integers(0, 9, 4));
  assert.deepEqual(ours.choice(9, 4, false), direct.permutation(9).slice(0, 4));
});

test("distances in units in the last place are counted", () => {
  assert.equal(distanceInUlp(-1, -1 - 3 * 2 ** -52), 3);
  assert.equal(distanceInUlp(1, 1 - 2 ** -53), 1);
  assert.equal(distanceInUlp(1, 1 + 2 ** -23, "float32"), 1);
  assert.equal(distanceInUlp(1e-300, -1e-300), Number.POSITIVE_INFINITY);
  assert.equal(distanceInUlp(Number.NaN, 1), Number.POSITIVE_INFINITY);
});

test("what PyTorch's generator has not, and wrong arguments, are named", () => {
  const generator = torchGenerator(0);
  assert.throws(() => generator.stream("a"), /no streams by name, asked for was "a"/);
  assert.throws(
    () => generator.choice(2, 1, true, [0.5, 0.5]),
    /choice with probabilities is torch.multinomial/,
  );
  assert.throws(() => generator.choice(2, 3, false), /cannot choose 3 different ones from 2 numbers/);
  assert.throws(() => generator.fillBernoulli(new Float64Array(1), 1.5), /fillBernoulli: p is 1.5/);
  assert.throws(() => generator.fillUniform(new Float64Array(1), 1, 0), /low is 1, high is 0/);
  assert.throws(() => generator.fillNormal(new Float64Array(1), 0, Number.NaN), /the deviation is NaN/);
  assert.throws(() => generator.integers(3, 3, 1), /low is 3, high is 3/);
  assert.throws(() => generator.permutation(-1), /permutation: the number of draws is -1/);
  for (const seed of [0.5, Number.NaN, 2 ** 53])
    assert.throws(() => torchGenerator(seed), { message: new RegExp(`the seed is ${seed} \\(it must be`) });
});
