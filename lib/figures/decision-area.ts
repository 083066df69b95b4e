import { fromData, type Matrix } from "../matrix";
import { argmaxColumns } from "../matrix-entries";
import { packed } from "./figure";
import { classes, roles } from "./theme";

/** The regions of the classes over a grid, and the classes of the samples themselves. */
export interface Area {
  readonly trace: { readonly [attribute: string]: unknown };
  readonly classOf: Int32Array;
  readonly classOfSamples: Int32Array;
}

/**
 * The regions over the rectangle x by y: by probability for two classes, else by class.
 * @throws if predict's answers are NaN, of another number than the columns, or neither probabilities nor classes
 * @example
 * const left = (P) => Array.from(P.data.subarray(0, P.cols), (x) => (x < 0.5 ? 0 : 1))
 * const options = { resolution: 2, count: 2, outlined: true }
 * areaOf(left, matrix([[0], [0]]), [0, 1], [0, 1], options).classOf.join() // "0,1,0,1"
 */
export function areaOf(
  predict: (X: Matrix) => Matrix | ArrayLike<number>,
  X: Matrix,
  x: [number, number],
  y: [number, number],
  { resolution, count, outlined }: { resolution: number; count: number; outlined: boolean },
): Area {
  const step = (range: [number, number]) => (range[1] - range[0]) / (resolution - 1);
  const grid = new Float64Array(2 * resolution * resolution);
  for (let i = 0; i < resolution; i++)
    for (let j = 0; j < resolution; j++) {
      grid[i * resolution + j] = x[0] + j * step(x);
      grid[resolution * resolution + i * resolution + j] = y[0] + i * step(y);
    }
  const predicted = classify(
    predict(fromData(2, resolution * resolution, grid)),
    resolution * resolution,
    count,
  );
  const probability = count === 2 ? predicted.probability : undefined;
  const z = probability
    ? Float64Array.from(probability, (p) => Math.round(p * 1000) / 1000)
    : predicted.classOf;
  const [from, to] = [classes[0], classes[1]];
  const look = probability
    ? {
        type: "contour",
        colorscale: [
          [0, from.tint],
          [0.5, "#FFFFFF"],
          [1, to.tint],
        ],
        contours: { coloring: "heatmap", start: 0.5, end: 0.5, size: 1 },
        line: { color: roles.boundary, width: outlined ? 2 : 0, smoothing: 0 },
        zmax: 1,
      }
    : {
        type: "heatmap",
        colorscale: classes.slice(0, count).flatMap(({ tint }, k) => [
          [k / count, tint],
          [(k + 1) / count, tint],
        ]),
        zmax: count - 1,
      };
  return {
    classOf: predicted.classOf,
    classOfSamples: classify(predict(X), X.cols, count).classOf,
    trace: {
      ...look,
      z: packed(z, resolution, resolution, probability ? "f4" : "u1"),
      x0: x[0],
      dx: Number(step(x).toPrecision(12)),
      y0: y[0],
      dy: Number(step(y).toPrecision(12)),
      zmin: 0,
      showscale: false,
      hoverinfo: "skip",
    },
  };
}

/** Class and, where there is one, probability of class 1, of what a `predict` may return. */
function classify(answer: Matrix | ArrayLike<number>, expected: number, count: number) {
  const matrix = "rows" in answer ? answer : fromData(1, answer.length, Float64Array.from(answer));
  if (matrix.cols !== expected)
    throw new Error(`decisionBoundary: predict gave ${matrix.cols} answers for ${expected} columns`);
  const nan = matrix.data.findIndex((value) => Number.isNaN(value));
  if (nan >= 0) throw new Error(`decisionBoundary: predict gave NaN for column ${nan % expected}`);
  if (matrix.rows > 1) return { classOf: argmaxColumns(matrix), probability: secondOfTwo(matrix) };
  const values = matrix.data;
  if (values.every((p) => p >= 0 && p <= 1))
    return { classOf: Int32Array.from(values, (p) => (p > 0.5 ? 1 : 0)), probability: values };
  const wrong = values.findIndex((k) => !(Number.isInteger(k) && k >= 0 && k < count));
  if (wrong >= 0)
    throw new Error(
      `decisionBoundary: predict gave ${values[wrong]} for column ${wrong}, neither a probability nor one of ${count} classes`,
    );
  return { classOf: Int32Array.from(values), probability: undefined };
}

/** The second row of a 2×M matrix whose columns are probabilities that add up to 1. */
function secondOfTwo(P: Matrix): Float64Array | Float32Array | undefined {
  if (P.rows !== 2) return undefined;
  const second = P.data.subarray(P.cols);
  return second.every((p, j) => p >= 0 && p <= 1 && Math.abs(p + P.data[j] - 1) < 1e-5) ? second : undefined;
}
