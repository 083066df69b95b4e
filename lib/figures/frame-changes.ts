import type { Figure, FigureFrame } from "./figure";

/**
 * The figures with as many annotations and shapes each, those that are missing invisible, and with the same attributes:
 * Plotly merges these lists entry by entry, so that what one step leaves out would stay from the step before.
 * @example
 * const [one, two] = aligned([{ data: [], layout: { shapes: [] }, text: "" }, { data: [], layout: { shapes: [{ type: "rect" }] }, text: "" }])
 * one.layout.shapes // [{ type: null, visible: false }]
 * two.layout.shapes // [{ type: "rect", visible: true }]
 */
export function aligned(figures: readonly Figure[]): Figure[] {
  type Entry = { readonly [attribute: string]: unknown };
  const full = (part: "annotations" | "shapes") => {
    const lists = figures.map(({ layout }) => (layout[part] ?? []) as readonly Entry[]);
    const longest = Math.max(...lists.map(({ length }) => length));
    const names = Array.from({ length: longest }, (_, k) => [
      ...new Set(lists.flatMap((one) => Object.keys(one[k] ?? {}))),
    ]);
    return lists.map((list) =>
      names.map((all, k) => ({
        ...Object.fromEntries(all.map((attribute) => [attribute, list[k]?.[attribute] ?? null])),
        visible: list[k] !== undefined,
      })),
    );
  };
  const [annotations, shapes] = [full("annotations"), full("shapes")];
  return figures.map((figure, k) => ({
    ...figure,
    layout: {
      ...figure.layout,
      ...(annotations[k].length > 0 ? { annotations: annotations[k] } : {}),
      ...(shapes[k].length > 0 ? { shapes: shapes[k] } : {}),
    },
  }));
}

/** Of each trace the attributes that are not the same in all frames; of the layout annotations and shapes. */
export interface Changes {
  readonly traces: readonly { readonly number: number; readonly attributes: readonly string[] }[];
  readonly layout: readonly string[];
}

/**
 * What differs between figures that have the same traces.
 * @example
 * changes([{ data: [{ x: [1], y: [2] }], layout: {}, text: "" }, { data: [{ x: [1], y: [3] }], layout: {}, text: "" }]) // { traces: [{ number: 0, attributes: ["y"] }], layout: [] }
 */
export function changes(figures: readonly Figure[]): Changes {
  const differing = (
    of: (figure: Figure) => { readonly [name: string]: unknown },
    names: readonly string[],
  ) => names.filter((name) => new Set(figures.map((figure) => JSON.stringify(of(figure)[name]))).size > 1);
  const traces = figures[0].data.map((_, number) => {
    const names = new Set(figures.flatMap(({ data }) => Object.keys(data[number])));
    return { number, attributes: differing(({ data }) => data[number], [...names]) };
  });
  return {
    traces: traces.filter(({ attributes }) => attributes.length > 0),
    layout: differing(({ layout }) => layout, ["annotations", "shapes"]),
  };
}

/**
 * A figure's step of an animation: of it only what differs.
 * @example
 * frameOf("1", { data: [{ x: [1], y: [2] }], layout: {}, text: "" }, { traces: [{ number: 0, attributes: ["y"] }], layout: [] }) // { name: "1", data: [{ y: [2] }], traces: [0] }
 */
export function frameOf(
  name: string,
  { data, layout }: Figure,
  { traces, layout: parts }: Changes,
): FigureFrame {
  const pick = (from: { readonly [attribute: string]: unknown }, names: readonly string[]) =>
    Object.fromEntries(names.map((attribute) => [attribute, from[attribute] ?? null]));
  return {
    name,
    data: traces.map(({ number, attributes }) => pick(data[number], attributes)),
    traces: traces.map(({ number }) => number),
    ...(parts.length > 0 ? { layout: pick(layout, parts) } : {}),
  };
}
