import type { Layer } from "../layer";
import { fromData, type Matrix, zeros } from "../matrix";
import type { Random } from "../random";
import { dropoutFactors } from "./dropout-factors";
import type { Dual, DualArithmetic } from "./dual";
import { dualActivation } from "./dual-activations";
import { batchNormAt, layerNormAt } from "./dual-normalization";
import { NoCounterpart } from "./no-counterpart";

/** How each matrix of a point moves: the slopes of its entries; what is not in it stays. */
export type Direction = ReadonlyMap<Matrix, Matrix>;

/** A layer at one point: dual numbers with the values computed once and the slopes for any direction. */
export interface LayerAtPoint {
  readonly output: Matrix;
  /** Whether an entry stands exactly on a kink, so that the slopes of a direction and its opposite may differ. */
  readonly onKink: boolean;
  /**
   * The output's slopes where the parameters move in a direction and the input with slopes dA; undefined if it stays.
   */
  along(direction: Direction, dA: Matrix | undefined): Matrix | undefined;
}

/**
 * Computes a layer from its description alone, in float64, at a point.
 * @param params the layer's parameters, each matrix an object of its own, by which a direction names it
 * @param random what the layer draws from, where it is random, in the order of its own forward
 * @throws NoCounterpart if the layer or an activation has none
 * @example
 * import { dense } from "../layers"
 * import { dualArithmetic } from "./dual"
 * const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) }
 * const layer = layerAtPoint(dualArithmetic(), dense(2, 1), params, matrix([[1], [2]]))
 * layer.output // matrix([[16]])
 * layer.along(new Map([[params.weights, matrix([[1, 0]])]]), matrix([[0], [10]])) // matrix([[41]])
 * layerAtPoint(dualArithmetic(), { name: "mine" }, {}, matrix([[1]])) // throws /the layer "mine" has no description/
 */
export function layerAtPoint(
  arithmetic: DualArithmetic,
  layer: Pick<Layer, "name" | "description">,
  params: unknown,
  A: Matrix,
  random?: Random,
): LayerAtPoint {
  const { description } = layer;
  const inside = params as Record<string, Matrix>;
  switch (description?.kind) {
    case "dense":
      return denseAt(arithmetic, inside.weights, inside.bias, A);
    case "elementwise":
      return elementwiseAt(arithmetic, dualActivation(arithmetic, description.activation), A);
    case "batchNorm":
      return batchNormAt(arithmetic, description, inside, A);
    case "layerNorm":
      return layerNormAt(arithmetic, description, inside, A);
    case "dropout":
      return scaledAt(arithmetic, dropoutFactors(description.rate, A.data.length, random), A);
    case "serial": {
      const steps: LayerAtPoint[] = [];
      description.layers.forEach((inner, l) => {
        const input = l === 0 ? A : steps[l - 1].output;
        steps.push(layerAtPoint(arithmetic, inner, (params as unknown[])[l], input, random));
      });
      return {
        output: steps[steps.length - 1].output,
        onKink: steps.some(({ onKink }) => onKink),
        along: (direction, dA) => steps.reduce((slopes, step) => step.along(direction, slopes), dA),
      };
    }
    case "residual": {
      const branch = layerAtPoint(arithmetic, description.branch, inside.branch, A, random);
      const shortcut = layerAtPoint(arithmetic, description.shortcut, inside.shortcut, A, random);
      return {
        output: added(arithmetic, branch.output, shortcut.output) as Matrix,
        onKink: branch.onKink || shortcut.onKink,
        along: (direction, dA) =>
          added(arithmetic, branch.along(direction, dA), shortcut.along(direction, dA)),
      };
    }
    default:
      throw new NoCounterpart(`the layer "${layer.name}" has no description that dual numbers could follow`);
  }
}

/** Z = W A + b 1ᵀ; Z′ = W′ A + W A′ + b′ 1ᵀ. */
function denseAt(arithmetic: DualArithmetic, W: Matrix, b: Matrix, A: Matrix): LayerAtPoint {
  const Z = zeros(W.rows, A.cols);
  const addBias = (target: Matrix, bias: Matrix) => {
    for (let k = 0; k < target.data.length; k++)
      target.data[k] = arithmetic.round(target.data[k] + bias.data[Math.floor(k / target.cols)]);
  };
  addProduct(arithmetic, Z, W, A);
  addBias(Z, b);
  return {
    output: Z,
    onKink: false,
    along(direction, dA) {
      const [dW, db] = [direction.get(W), direction.get(b)];
      if (!dW && !db && !dA) return undefined;
      const dZ = zeros(W.rows, A.cols);
      if (dW) addProduct(arithmetic, dZ, dW, A);
      if (dA) addProduct(arithmetic, dZ, W, dA);
      if (db) addBias(dZ, db);
      return dZ;
    },
  };
}

/** C ← C + A B, without the products with a 0 of A or a row of zeros of B: a direction has many. */
function addProduct({ round }: DualArithmetic, C: Matrix, A: Matrix, B: Matrix): void {
  const m = B.cols;
  for (let k = 0; k < B.rows; k++) {
    const row = B.data.subarray(k * m, (k + 1) * m);
    if (row.every((entry) => entry === 0)) continue;
    for (let i = 0; i < A.rows; i++) {
      const a = A.data[i * A.cols + k];
      if (a === 0) continue;
      for (let j = 0; j < m; j++) C.data[i * m + j] = round(C.data[i * m + j] + round(a * row[j]));
    }
  }
}

/** A = φ(Z); A′ = φ′(Z) ⊙ Z′, with the derivative of the side to which Z′ leads. */
function elementwiseAt({ round }: DualArithmetic, form: (z: Dual) => Dual, Z: Matrix): LayerAtPoint {
  const [A, up, down] = [zeros(Z.rows, Z.cols), zeros(Z.rows, Z.cols), zeros(Z.rows, Z.cols)];
  let onKink = false;
  for (let k = 0; k < Z.data.length; k++) {
    const rising = form({ value: Z.data[k], slope: 1 });
    A.data[k] = rising.value;
    up.data[k] = rising.slope;
    down.data[k] = -form({ value: Z.data[k], slope: -1 }).slope;
    if (up.data[k] !== down.data[k]) onKink = true;
  }
  const slope = (dz: number, k: number) => (dz === 0 ? 0 : round(dz * (dz > 0 ? up : down).data[k]));
  return {
    output: A,
    onKink,
    along: (_direction, dZ) => dZ && fromData(Z.rows, Z.cols, (dZ.data as Float64Array).map(slope)),
  };
}

/** Y = A ⊙ F with constant factors F. */
function scaledAt({ round }: DualArithmetic, factors: Float64Array, A: Matrix): LayerAtPoint {
  const scaled = ({ data }: Matrix) =>
    fromData(
      A.rows,
      A.cols,
      factors.map((factor, k) => round(factor * data[k])),
    );
  return { output: scaled(A), onKink: false, along: (_direction, dA) => dA && scaled(dA) };
}

function added({ round }: DualArithmetic, A: Matrix | undefined, B: Matrix | undefined): Matrix | undefined {
  if (!A || !B) return A ?? B;
  return fromData(
    A.rows,
    A.cols,
    (A.data as Float64Array).map((a, k) => round(a + B.data[k])),
  );
}
