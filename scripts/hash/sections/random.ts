import { type Random, randomState } from "../../../lib/random";
import { fill } from "../../../lib/random/arguments";
import { boxMuller, normalsOfSixteen } from "../../../lib/random/box-muller";
import { cosineAndSine } from "../../../lib/random/cosine-and-sine";
import {
  dataLoaderOrder,
  epochInOrder,
  shuffledEpoch,
  shuffledEpochOfPassed,
} from "../../../lib/random/data-loader";
import {
  addPairs,
  dividePair,
  errorOfProduct,
  errorOfSum,
  multiplyPairs,
} from "../../../lib/random/double-double";
import { cosineAndSine32, log32 } from "../../../lib/random/float32-functions";
import { fusedMultiplyAdd32, fusedMultiplyAdd64 } from "../../../lib/random/fused-multiply-add";
import { mersenneTwister, mersenneTwisterOfKey } from "../../../lib/random/mersenne-twister";
import { torchGenerator } from "../../../lib/random/torch";
import { chooseWeighted } from "../../../lib/random/weighted-choice";
import { uniforms } from "../inputs";
import type { Note } from "../recorder";

/** Every draw of both generators, interleaved, and the arithmetic under them. */
export function randomSection(note: Note): void {
  for (const seed of [0, 1, 42, 4294967295]) {
    draws(note, `randomState(${seed})`, randomState(seed));
    draws(
      note,
      `stream of randomState(${seed})`,
      randomState(seed).stream("layer1/weights").stream("größer"),
    );
    const weighted = randomState(seed);
    note(`weighted choice, seed ${seed}`, [
      weighted.choice(5, 20, true, [0.1, 0.2, 0.3, 0.25, 0.15]),
      weighted.choice(5, 4, false, [0.1, 0.2, 0.3, 0.25, 0.15]),
      chooseWeighted((n) => weighted.uniforms(n), 3, 10, true, [0.5, 0.25, 0.25]),
    ]);
    const torch = torchGenerator(seed);
    draws(note, `torchGenerator(${seed})`, torch);
    note(`Bernoulli, seed ${seed}`, [torch.fillBernoulli(new Float32Array(50), 0.3), torch.seed()]);
    dataLoader(note, seed);
  }
  note("words", fill(new Float64Array(2000), mersenneTwister(5489).word));
  note(
    "words of a key",
    fill(new Float64Array(2000), mersenneTwisterOfKey([0x123, 0x234, 0x345, 0x456]).word),
  );
  arithmetic(note);
}

function draws(note: Note, name: string, random: Random): void {
  for (const n of [1, 7, 15, 16, 17, 40, 1000]) {
    note(`${name}, ${n} draws`, {
      uniform: random.uniform(),
      normal: random.normal(),
      uniforms: random.uniforms(n),
      normals: random.normals(n),
      fillUniform64: random.fillUniform(new Float64Array(n), -0.3, 0.7),
      fillUniform32: random.fillUniform(new Float32Array(n), -0.3, 0.7),
      fillNormal64: random.fillNormal(new Float64Array(n), 0.1, 0.3),
      fillNormal32: random.fillNormal(new Float32Array(n), 0, 1),
      integers: [random.integers(-3, 11, n), random.integers(-2147483648, 2147483647, n)],
      permutation: random.permutation(n),
      permuted: random.permuted(Array.from({ length: n }, (_, i) => i * i)),
      choice: [random.choice(n, n), random.choice(n, Math.ceil(n / 2), false)],
    });
    const list = Array.from({ length: n }, (_, i) => i);
    random.shuffle(list);
    note(`${name}, ${n} shuffled`, list);
  }
}

function dataLoader(note: Note, seed: number): void {
  const generator = torchGenerator(seed);
  const epochs = [shuffledEpoch(generator, 100)];
  epochInOrder(generator);
  epochs.push(shuffledEpoch(generator, 100), dataLoaderOrder(generator).permutation(50));
  note(`DataLoader, seed ${seed}`, [epochs, shuffledEpochOfPassed(generator, 30)]);
}

function arithmetic(note: Note): void {
  const [a, b, c] = ["a", "b", "c"].map((name) => uniforms(name, 500));
  note(
    "Box–Muller",
    Array.from(a, (x, k) => boxMuller((x + 1) / 2, (b[k] + 1) / 2)),
  );
  const sixteen = [Float64Array, Float32Array].map((type) => type.from(a.subarray(0, 16).map(Math.abs)));
  for (const data of sixteen) normalsOfSixteen(data, 0.5, 2);
  note("Box–Muller of sixteen", sixteen);
  note(
    "cosine and sine",
    Array.from(a, (x) => cosineAndSine(3 * (x + 1))),
  );
  note(
    "cosine and sine, float32",
    Array.from(a, (x) => cosineAndSine32(Math.fround(50 * (x + 1)))),
  );
  note(
    "log, float32",
    Array.from(a, (x) => log32(Math.fround(x + 1.000001))),
  );
  note(
    "fused",
    Array.from(a, (x, k) => fusedMultiplyAdd64(x, b[k], c[k])),
  );
  const [a32, b32, c32] = [a, b, c].map((x) => Float32Array.from(x));
  note(
    "fused, float32",
    Array.from(a32, (x, k) => fusedMultiplyAdd32(x, b32[k], c32[k])),
  );
  note(
    "errors",
    Array.from(a, (x, k) => [errorOfSum(x, b[k], x + b[k]), errorOfProduct(x, b[k], x * b[k])]),
  );
  const pairs = Array.from(a, (x, k) => [x, 1e-18 * b[k]] as const);
  note(
    "pairs",
    pairs.map((p, k) => [addPairs(p, pairs[k >> 1]), multiplyPairs(p, pairs[k >> 1]), dividePair(p, k + 1)]),
  );
}
