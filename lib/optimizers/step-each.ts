import { emptyLike, type Floats } from "../kernels/arena";
import { type Matrix, shape } from "../matrix";
import { flattenParams, mapParams, type Params } from "../params";

/** One matrix for each parameter, in the order of flattenParams; withMatrices(params, list) has their names. */
export type Moments = readonly Matrix[];

/**
 * One step of every parameter. `rule` gets the entries of θ, of ∂E/∂θ and of its moments, and λ (0 without `decay`);
 * it returns the new θ and the new moments.
 * @throws if there are no gradients, the trees differ in form or shape, or the moments are not those of such parameters
 * @example
 * const halve = (theta, g, [v]) => [theta.map((x, i) => x - g[i] * v[i]), v.map((x) => x / 2)]
 * const W = { weights: matrix([[5]]) }
 * const { params, moments } = stepEach("example", halve, W, { weights: matrix([[1]]) }, [[matrix([[2]])]])
 * params.weights.data[0] // 3
 * moments[0][0].data[0] // 1
 * stepEach("example", halve, W, W, [[]]) // throws /example.update: the state has 0 matrices, the parameters have more/
 */
export function stepEach<P extends Params>(
  name: string,
  rule: (theta: Floats, g: Floats, moments: Floats[], lambda: number) => Floats[],
  params: P,
  gradients: Params,
  moments: readonly Moments[],
  decay?: readonly number[],
): { params: P; moments: Matrix[][] } {
  if (gradients === undefined || gradients === null)
    throw new Error(`${name}.update: there are no gradients (backward returns { dInput, gradients })`);
  for (const list of moments)
    if (!Array.isArray(list))
      throw new Error(`${name}.update: the state is not its own (start with init(params))`);
  const next: Matrix[][] = moments.map(() => []);
  let k = 0;
  const stepped = mapParams(
    (theta, g) => {
      const own = moments.map((list) => momentOf(name, list, k, theta));
      const results = rule(theta.data, g.data, own, decay === undefined ? 0 : decay[k]);
      for (let i = 0; i < next.length; i++) next[i].push(like(theta, results[i + 1]));
      k++;
      return like(theta, results[0]);
    },
    params,
    gradients,
    { where: `${name}.update`, first: "params", second: "the gradients" },
  );
  for (const list of moments)
    if (list.length !== k)
      throw new Error(
        `${name}.update: the state has ${list.length} matrices, the parameters ${k} (use init(params))`,
      );
  return { params: stepped, moments: next };
}

function momentOf(name: string, list: Moments, k: number, theta: Matrix): Floats {
  const moment = list[k];
  if (moment === undefined)
    throw new Error(
      `${name}.update: the state has ${list.length} matrices, the parameters have more (use init(params))`,
    );
  if (moment.rows !== theta.rows || moment.cols !== theta.cols)
    throw new Error(
      `${name}.update: matrix ${k} of the state is ${shape(moment)}, its parameter ${shape(theta)} (use init(params))`,
    );
  return moment.data;
}

const like = ({ rows, cols }: Matrix, data: Floats): Matrix => ({ rows, cols, data });

/**
 * Moments that are 0.
 * @example
 * zeroMoments([matrix([[1, 2]])])[0].data // new Float64Array(2)
 */
export function zeroMoments(params: Params): Matrix[] {
  return flattenParams(params).map(({ value }) => like(value, emptyLike(value.data, value.data.length)));
}
