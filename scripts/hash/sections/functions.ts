import { arccos } from "../../../lib/kernels/arccos";
import {
  cos,
  type Elementwise,
  erf,
  erfc,
  evaluate,
  evaluateDerivative,
  exp,
  expm1,
  log,
  log1p,
  operationCode,
  pow,
  sin,
  tanh,
} from "../../../lib/kernels/functions";
import { extremes, grid, uniforms } from "../inputs";
import type { Note } from "../recorder";

export const elementwise: readonly Elementwise[] = [
  "identity",
  "step",
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "elu",
  "gelu",
  "softplus",
];

/** The core's functions of one number or two. */
export function functionsSection(note: Note): void {
  for (const [name, f] of Object.entries({ exp, log, log1p, expm1, sin, cos, tanh, erf, erfc }))
    note(name, grid.map(f));
  note("arccos", [...grid, ...uniforms("cosines", 100).map((x) => 2 * x - 1)].map(arccos));
  const bases = [...extremes, ...uniforms("bases", 100).map((x) => 4 * x)];
  const exponents = [
    ...extremes,
    0.5,
    2,
    3,
    7,
    -7,
    0.1,
    1 / 3,
    ...uniforms("exponents", 20).map((x) => 8 * x),
  ];
  note("pow", Float64Array.from(bases.flatMap((x) => exponents.map((y) => pow(x, y)))));
  for (const name of elementwise) {
    note(`${name}: codes`, [operationCode(name, false), operationCode(name, true)]);
    for (const parameter of [0.25, 3]) {
      note(
        `${name}(${parameter})`,
        grid.map((z) => evaluate(name, z, parameter)),
      );
      note(
        `${name}(${parameter}): derivative`,
        grid.map((z) => evaluateDerivative(name, z, parameter)),
      );
    }
  }
}
