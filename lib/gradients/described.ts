import type { Layer } from "../layer";
import { type Matrix, shape } from "../matrix";

/** Where in a network a layer stands, e.g. "1.branch"; "" for the network itself. */
type Place = string;

/** What is asked of a layer: its name, its description and its place. */
interface Named extends Pick<Layer, "name" | "description"> {
  readonly place: Place;
}

/**
 * Checks what witnesses build a layer from: that each description in it has the fields of its kind, and that parameters
 * and input fit them. A layer without a description, or with one of another kind, is left to the witnesses, which say
 * that they have no counterpart of it.
 * @param outputRows rows of what the layer's forward returns, where that is known
 * @throws naming the layer and the field
 * @example
 * const layer = { name: "mine", description: { kind: "dense", inputs: 2, outputs: 1 } }
 * expectDescribed(layer, { weights: matrix([[3, 4]]), bias: matrix([[5]]) }, 2, 1) // undefined
 * expectDescribed(layer, { W: matrix([[3, 4]]) }, 2) // throws /the layer "mine": params.weights is undefined/
 * expectDescribed({ name: "mine", description: { kind: "elementwise" } }, {}, 2) // throws /description.activation is undefined/
 * expectDescribed({ name: "mine" }, {}, 2) // undefined
 */
export function expectDescribed(
  layer: Pick<Layer, "name" | "description">,
  params: unknown,
  inputRows: number,
  outputRows?: number,
): void {
  const rows = describedRows({ ...named(layer), place: "" }, params, inputRows);
  if (rows !== undefined && outputRows !== undefined && rows !== outputRows)
    throw new Error(
      `the layer "${layer.name}": its forward returns ${outputRows} rows, by its description (kind "${layer.description.kind}") there are ${rows} (a description says what forward computes)`,
    );
}

/** The rows of the output by the description; undefined if a layer on the way has none that is known. */
function describedRows(layer: Named, params: unknown, rows: number): number | undefined {
  const { description } = layer;
  const own = params as Record<string, unknown> | undefined;
  switch (description?.kind) {
    case "dense": {
      const { inputs, outputs } = description;
      expectField(layer, "inputs", inputs, isSize, "a whole number ≥ 1");
      expectField(layer, "outputs", outputs, isSize, "a whole number ≥ 1");
      expectInputRows(layer, "inputs", inputs, rows);
      expectParameter(layer, own, "weights", outputs, inputs);
      expectParameter(layer, own, "bias", outputs, 1);
      return outputs;
    }
    case "elementwise":
      expectField(
        layer,
        "activation",
        description.activation,
        (x) => typeof x?.name === "string",
        "an activation",
      );
      return rows;
    case "serial": {
      const { layers } = description;
      expectField(layer, "layers", layers, (x) => Array.isArray(x) && x.length > 0, "a list of layers");
      let output: number | undefined = rows;
      for (let l = 0; l < layers.length && output !== undefined; l++)
        output = describedRows(inner(layer, `layers[${l}]`, layers[l], l), own?.[l], output);
      return output;
    }
    case "residual": {
      const parts = (["branch", "shortcut"] as const).map((part) =>
        inner(layer, part, description[part], part),
      );
      const [F, P] = parts.map((part, k) => describedRows(part, [own?.branch, own?.shortcut][k], rows));
      return F === undefined || P === undefined ? undefined : F;
    }
    case "batchNorm":
    case "layerNorm": {
      const { features, epsilon } = description;
      expectField(layer, "features", features, isSize, "a whole number ≥ 1");
      expectField(layer, "epsilon", epsilon, (x) => x >= 0 && Number.isFinite(x), "a finite number ≥ 0");
      expectInputRows(layer, "features", features, rows);
      for (const name of ["gain", "shift"]) expectParameter(layer, own, name, features, 1);
      if (description.kind === "layerNorm") return rows;
      const { statistics } = description;
      const known = (x: unknown) => x === "batch" || x === "running";
      expectField(layer, "statistics", statistics, known, '"batch" or "running"');
      if (statistics === "running")
        for (const name of ["runningMean", "runningVariance"]) expectParameter(layer, own, name, features, 1);
      return rows;
    }
    case "dropout":
      expectField(layer, "rate", description.rate, (x) => x >= 0 && x < 1, "a number in [0, 1)");
      return rows;
    default:
      return undefined;
  }
}

const named = ({ name, description }: Pick<Layer, "name" | "description">) => ({ name, description });
const isSize = (x: number) => Number.isInteger(x) && x >= 1;
const called = ({ name, place }: Named) => `the layer "${name}"${place && ` (layer ${place})`}`;

/** The layer in a field of a description. */
function inner(outer: Named, field: string, layer: Layer, key: string | number): Named {
  expectField(outer, field, layer, (x) => typeof x === "object" && x !== null, "a layer");
  return { ...named(layer), place: outer.place ? `${outer.place}.${key}` : `${key}` };
}

function expectField<T>(
  layer: Named,
  field: string,
  value: T,
  isRight: (x: T) => boolean,
  needed: string,
): void {
  if (isRight(value)) return;
  const given = typeof value === "string" ? `"${value}"` : String(value);
  throw new Error(
    `${called(layer)}: description.${field} is ${given} (kind "${layer.description.kind}" needs ${needed})`,
  );
}

function expectInputRows(layer: Named, field: string, size: number, rows: number): void {
  if (size !== rows)
    throw new Error(
      `${called(layer)}: description.${field} is ${size}, its input has ${rows} rows by the descriptions before it (a description says what forward computes)`,
    );
}

function expectParameter(
  layer: Named,
  params: Record<string, unknown> | undefined,
  name: string,
  rows: number,
  cols: number,
): void {
  const value = params?.[name] as Matrix | undefined;
  const given = value?.data === undefined ? String(value) : shape(value);
  if (given !== `${rows}×${cols}`)
    throw new Error(
      `${called(layer)}: params.${name} is ${given}, by description.kind "${layer.description.kind}" it is ${rows}×${cols} (without a description the layer is checked by finite differences alone)`,
    );
}
