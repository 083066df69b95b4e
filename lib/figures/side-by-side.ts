import type { Figure } from "./figure";
import { baseLayout } from "./theme";

/** How figures stand beside each other. */
export interface SideBySideOptions {
  readonly title: string;
  /** A few words above each figure. */
  readonly names: readonly string[];
  readonly columns: number;
  /** In px: of each figure without its title; its own height unless given. */
  readonly height?: number;
  /** In px: of the whole, for which the names are laid out; 720 unless given. */
  readonly width?: number;
}

/** Figures' attributes as they are read here. */
type Attributes = { readonly [attribute: string]: unknown };
interface Panel {
  /** What is added to "x", "y", "xaxis" and so on: nothing for the first, then 2, 3, … */
  readonly suffix: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** In px: a figure's title and the space that the template gives to it; above all of them; below, for the legend. */
const ownTitle = 44;
const nameRoom = 26;
const above = 44;
const below = 44;
const margins = { l: 56, r: 16, t: 52, b: 52 };

/**
 * Several figures as one, in rows. What they have in common is shown once: the legend, and scales of colour.
 * @throws if there is not a name for each figure, or no figure
 * @example
 * import { lines } from "./lines"
 * const one = lines([{ name: "a", y: [1, 2] }], { title: "One", x: { title: "x" }, y: { title: "y" } })
 * const both = sideBySide([one, one], { title: "Both", names: ["first", "second"], columns: 2 })
 * both.data.map(({ xaxis }) => xaxis) // ["x", "x2"]
 * both.layout.xaxis2.anchor // "y2"
 */
export function sideBySide(figures: readonly Figure[], options: SideBySideOptions): Omit<Figure, "text"> {
  const { title, names, columns, width = 720 } = options;
  if (figures.length === 0 || names.length !== figures.length)
    throw new Error(`figure "${title}": ${names.length} names for ${figures.length} figures`);
  const margin = { ...margins, ...(figures[0].layout.margin as object | undefined) };
  const pad = { ...margin, t: margin.t - ownTitle + nameRoom };
  const own = options.height ?? Number(figures[0].layout.height) - ownTitle;
  const rows = Math.ceil(figures.length / columns);
  const plot = { width: width - 2 * 8, height: rows * (own + nameRoom) };
  const panels = figures.map((_, k): Panel => {
    const [left, top] = [((k % columns) * plot.width) / columns, Math.floor(k / columns) * (own + nameRoom)];
    const part = (px: number, of: number) => Number((px / of).toFixed(5));
    return {
      suffix: k === 0 ? "" : String(k + 1),
      x: [part(left + pad.l, plot.width), part(left + plot.width / columns - pad.r, plot.width)],
      y: [
        part(plot.height - top - own - nameRoom + pad.b, plot.height),
        part(plot.height - top - pad.t, plot.height),
      ],
    };
  });
  const legend = figures[0].layout.showlegend !== false;
  const base = baseLayout(title, 0, { showlegend: legend });
  const top = Math.max(above, (base as { margin?: { t: number } }).margin?.t ?? 0);
  return {
    data: figures.flatMap(({ data }, k) => data.map((trace) => movedTrace(trace, panels[k], k === 0))),
    layout: {
      ...base,
      width,
      height: Math.round(plot.height + top + (legend ? below : 8)),
      margin: { l: 8, r: 8, t: top, b: legend ? below : 8 },
      ...(legend ? { legend: { y: 0, yanchor: "top" } } : {}),
      ...Object.assign({}, ...figures.map(({ layout }, k) => axes(layout, panels[k]))),
      shapes: figures.flatMap(({ layout }, k) => placed(layout.shapes, panels[k])),
      annotations: [
        ...names.map((name, k) => nameAbove(name, panels[k], plot.height, pad.t)),
        ...figures.flatMap(({ layout }, k) => placed(layout.annotations, panels[k])),
      ],
    },
  };
}

function movedTrace(trace: Attributes, { suffix }: Panel, first: boolean): Attributes {
  const shared = first ? {} : { showlegend: false, ...("colorbar" in trace ? { showscale: false } : {}) };
  const named = "name" in trace && !("legendgroup" in trace) ? { legendgroup: trace.name } : {};
  return { ...trace, ...named, ...shared, xaxis: `x${suffix}`, yaxis: `y${suffix}` };
}

function axes(layout: Attributes, { suffix, x, y }: Panel): Attributes {
  const axis = (letter: "x" | "y", domain: readonly [number, number]) => {
    const given = (layout[`${letter}axis`] ?? {}) as Attributes;
    const tied = given.scaleanchor ? { scaleanchor: `${given.scaleanchor}${suffix}` } : {};
    return { ...given, ...tied, domain, anchor: `${letter === "x" ? "y" : "x"}${suffix}` };
  };
  return { [`xaxis${suffix}`]: axis("x", x), [`yaxis${suffix}`]: axis("y", y) };
}

/** Annotations or shapes: what refers to the page refers to the panel now. */
function placed(list: unknown, { suffix, x, y }: Panel): Attributes[] {
  const within = ([low, high]: readonly [number, number], part: number) =>
    Number((low + part * (high - low)).toFixed(5));
  return ((list ?? []) as Attributes[]).map((one) => {
    const moved: { [attribute: string]: unknown } = { ...one };
    for (const [letter, range] of [
      ["x", x],
      ["y", y],
    ] as const) {
      if (one[`${letter}ref`] !== "paper") moved[`${letter}ref`] = `${letter}${suffix}`;
      else
        for (const name of [letter, `${letter}0`, `${letter}1`])
          if (typeof one[name] === "number") moved[name] = within(range, one[name] as number);
    }
    return moved;
  });
}

function nameAbove(name: string, { x, y }: Panel, height: number, room: number): Attributes {
  return {
    x: Number(((x[0] + x[1]) / 2).toFixed(5)),
    y: Number((y[1] + (room - nameRoom) / height).toFixed(5)),
    xref: "paper",
    yref: "paper",
    yanchor: "bottom",
    text: `<b>${name}</b>`,
    showarrow: false,
    font: { size: 12 },
  };
}
