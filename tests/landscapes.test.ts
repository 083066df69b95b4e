import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { evaluateExpression, symbolicDerivative } from "../lib/gradients/symbolic";
import { quadraticRavine, rosenbrock } from "../lib/landscapes";
import { beale, himmelblau, saddle } from "../lib/landscapes/classics";
import type { Landscape } from "../lib/landscapes/landscape";
import { followGradient } from "../lib/landscapes/path";
import { column, matrix } from "../lib/matrix";
import { frobeniusNorm, takeColumns, toPrecision } from "../lib/matrix-entries";
import { adam, sgd } from "../lib/optimizers";
import { assertClose } from "./support/assert-close";

interface Case {
  x: number[];
  value: number;
  gradient: number[];
  hessian: number[][];
}
type Settings = { a: number; b: number; curvatures: number[]; rotation: number };
const references: Record<"rosenbrock" | "beale" | "himmelblau" | "saddle", Case[]> &
  Record<"rosenbrock a b" | "ravine", (Case & Settings)[]> & {
    "himmelblau minima": number[][];
    descent: { curvatures: number[]; rate: number; path: number[][] };
  } = JSON.parse(readFileSync("data/references/landscapes.json", "utf8"));

function expectCase(f: Landscape, { x, value, gradient, hessian }: Case): void {
  const at = `${f.name} at ${x}`;
  assertClose(`value of ${at}`, matrix([[f.value(column(x))]]), matrix([[value]]), 4e-15);
  assertClose(`gradient of ${at}`, f.gradient(column(x)), column(gradient), 1e-14);
  assertClose(`Hessian of ${at}`, f.hessian(column(x)), matrix(hessian), 1e-14);
}

test("Rosenbrock in two, three and five dimensions is SciPy's", () => {
  for (const one of references.rosenbrock) expectCase(rosenbrock({ dimensions: one.x.length }), one);
});

test("Rosenbrock with other a and b, and the ravines: value, gradient and Hessian are PyTorch's", () => {
  for (const one of references["rosenbrock a b"]) expectCase(rosenbrock({ a: one.a, b: one.b }), one);
  for (const one of references.ravine)
    expectCase(quadraticRavine(one.curvatures, { rotation: one.rotation }), one);
});

test("Beale, Himmelblau and the saddle: value, gradient and Hessian are PyTorch's", () => {
  for (const one of references.beale) expectCase(beale, one);
  for (const one of references.himmelblau) expectCase(himmelblau, one);
  for (const one of references.saddle) expectCase(saddle, one);
});

const formulas: [Landscape, string][] = [
  [rosenbrock(), "100 * (y - x^2)^2 + (1 - x)^2"],
  [rosenbrock({ a: -2, b: 7 }), "7 * (y - x^2)^2 + (-2 - x)^2"],
  [quadraticRavine([0.2, 4]), "(0.2 * x^2 + 4 * y^2) / 2"],
  [beale, "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2"],
  [himmelblau, "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"],
  [saddle, "x^2 - y^2"],
];

for (const [f, formula] of formulas)
  test(`${f.name}: first and second derivatives are mathjs's of ${formula}`, () => {
    const variables = ["x", "y"] as const;
    for (const [x, y] of [
      [-1.2, 1],
      [0.5, -0.75],
      [2, 1.5],
    ]) {
      const scope = { x, y };
      const at = (expression: string) => evaluateExpression(expression, scope);
      const first = variables.map((by) => symbolicDerivative(formula, by).text);
      const second = first.map((row) => variables.map((by) => symbolicDerivative(row, by).at(scope)));
      expectCase(f, { x: [x, y], value: at(formula), gradient: first.map(at), hessian: second });
    }
  });

test("at its minima the gradient vanishes, the value is the lowest, the Hessian positive definite", () => {
  const list = [
    rosenbrock(),
    rosenbrock({ a: -0.5, b: 4 }),
    rosenbrock({ dimensions: 4 }),
    beale,
    himmelblau,
  ];
  for (const f of [...list, quadraticRavine([3, 0.5], { rotation: 1 })]) {
    assert.ok(f.minima.length > 0);
    for (const x of f.minima) {
      assert.ok(Math.abs(f.value(x) - f.lowest) < 1e-27, `${f.name}: ${f.value(x)}`);
      assert.ok(frobeniusNorm(f.gradient(x)) < 1e-13, f.name);
      const H = f.hessian(x).data;
      if (f.dimensions === 2) assert.ok(H[0] > 0 && H[0] * H[3] - H[1] * H[2] > 0, f.name);
    }
  }
  assert.deepEqual(
    himmelblau.minima,
    references["himmelblau minima"].map((x) => column(x)),
  );
  assert.equal(saddle.minima.length, 0);
});

test("gradient descent on the ravine is NumPy's path", () => {
  const { curvatures, rate, path } = references.descent;
  const found = followGradient(quadraticRavine(curvatures), sgd(rate), column(path[0]), path.length - 1);
  for (const [k, place] of path.entries())
    assertClose(`step ${k}`, takeColumns(found.points, [k]), column(place), 1e-15);
  assert.equal(found.values.length, path.length);
});

test("on the ravine steps below 2/λmax converge, above they diverge", () => {
  const f = quadraticRavine([0.2, 4]);
  const last = (rate: number) => Array.from(followGradient(f, sgd(rate), column([1, 1]), 2000).values).pop();
  assert.ok((last(0.99 * 0.5) as number) < 1e-15);
  assert.ok((last(1.01 * 0.5) as number) > 1e15);
});

test("a path stops where the value overflows", () => {
  const { points, values } = followGradient(rosenbrock(), sgd(1), column([-1.2, 1]), 100);
  assert.ok(values.length < 20 && values.every((value) => Number.isFinite(value)));
  assert.equal(points.cols, values.length);
});

test("Adam finds the floor of Rosenbrock's valley", () => {
  const { values } = followGradient(rosenbrock(), adam(0.02), column([-1.2, 1]), 3000);
  assert.ok(values[3000] < 1e-5, `${values[3000]}`);
});

test("float32 in, float32 out", () => {
  const x = toPrecision(column([-1.2, 1]), "float32");
  assert.ok(rosenbrock().gradient(x).data instanceof Float32Array);
  assertClose("gradient", toPrecision(rosenbrock().gradient(x), "float64"), column([-215.6, -88]), 1e-6);
});

test("bad input is refused by name", () => {
  const refusals: [() => unknown, RegExp][] = [
    [() => rosenbrock({ dimensions: 1 }), /dimensions is 1/],
    [() => rosenbrock({ b: 0 }), /b is 0/],
    [() => rosenbrock({ a: Number.NaN }), /a is NaN/],
    [() => rosenbrock({ a: 2, dimensions: 3 }), /a is 2 in 3 dimensions/],
    [() => rosenbrock().value(column([1])), /Rosenbrock: x is 1×1, expected 2×1/],
    [() => himmelblau.gradient(matrix([[1, 2]])), /Himmelblau: x is 1×2, expected 2×1/],
    [() => quadraticRavine([]), /at least one curvature/],
    [() => quadraticRavine([1, 0]), /curvature 1 is 0/],
    [() => quadraticRavine([1, 2, 3], { rotation: 1 }), /rotation is 1 in 3 dimensions/],
    [() => followGradient(saddle, sgd(0.1), column([1, 1]), -1), /steps is -1/],
  ];
  for (const [act, message] of refusals) assert.throws(act, message);
});
