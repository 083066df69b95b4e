import { readFileSync } from "node:fs";
import { join } from "node:path";
import { relu, sigmoid, tanh } from "../../lib/activations";
import type { Layer } from "../../lib/layer";
import { dense, elementwise, serial } from "../../lib/layers";
import { batchNorm } from "../../lib/layers/batch-norm";
import { dropout } from "../../lib/layers/dropout";
import { layerNorm } from "../../lib/layers/layer-norm";
import { residual } from "../../lib/layers/residual";
import { matrix } from "../../lib/matrix";
import type { Params } from "../../lib/params";

/** A network as data/references/normalization.py writes it, for example ["serial", ["dense", 3, 4], ["tanh"]]. */
export type NetworkList = [kind: string, ...args: (number | NetworkList | null)[]];

/** The layer that a list stands for. */
export function layerOf([kind, ...args]: NetworkList): Layer {
  const [first, second] = args as number[];
  const inner = () => args.map((list) => layerOf(list as NetworkList));
  const kinds: Record<string, () => unknown> = {
    dense: () => dense(first, second),
    batchNorm: () => batchNorm(first),
    layerNorm: () => layerNorm(first),
    dropout: () => dropout(first),
    serial: () => serial(...inner()),
    residual: () => (args[1] ? residual(inner()[0], inner()[1]) : residual(layerOf(args[0] as NetworkList))),
    tanh: () => elementwise(tanh),
    relu: () => elementwise(relu),
    sigmoid: () => elementwise(sigmoid),
  };
  return kinds[kind]() as Layer;
}

/** Lists and records of number tables, as JSON holds them. */
export type Tables = number[][] | Tables[] | { [name: string]: Tables };

/** The tree with a matrix for each table of numbers. */
export function paramsOf(tables: Tables): Params {
  if (!Array.isArray(tables))
    return Object.fromEntries(Object.entries(tables).map(([name, inner]) => [name, paramsOf(inner)]));
  const isTable = Array.isArray(tables[0]) && typeof tables[0][0] === "number";
  return isTable ? matrix(tables as number[][]) : (tables as Tables[]).map(paramsOf);
}

/** Output and gradients of Σ R ⊙ output. */
interface Result {
  output: number[][];
  gradients: Tables;
  dX: number[][];
}

/** data/references/normalization.json. */
export const normalization: {
  cases: {
    name: string;
    layer: NetworkList;
    /** Of the generator from which the masks are drawn. */
    seed: number;
    parameters: Tables;
    X: number[][];
    R: number[][];
    training: Result;
    /** The parameters after this forward in training, with which `inference` is computed. */
    observed: Tables;
    inference: Result;
  }[];
  runningStatistics: { X: number[][]; runningMean: number[][]; runningVariance: number[][] }[];
  training: {
    layer: NetworkList;
    seed: number;
    rate: number;
    momentum: number;
    epochs: number;
    batchSize: number;
    start: Tables;
    X: number[][];
    labels: number[];
    losses: number[];
    parameters: Tables;
    inference: number[][];
  };
} = JSON.parse(readFileSync(join(__dirname, "../../data/references/normalization.json"), "utf8"));
