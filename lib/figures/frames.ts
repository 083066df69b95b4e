import { counted, type Figure } from "./figure";
import { aligned, changes, frameOf } from "./frame-changes";
import { sideBySide } from "./side-by-side";
import { baseLayout } from "./theme";

/** One step of an animation. */
export interface Frame {
  /** The number of the step, or another short name: "10", "after sample 3". */
  readonly name: string;
  readonly figure: Figure;
  /** A few words about this step, shown beside the slider; a reader who cannot see the figure hears them. */
  readonly note?: string;
}

/** An animation's title, its steps, and its static drawing. */
export interface FramesOptions {
  readonly title: string;
  /** What the slider counts: "epoch", "step". */
  readonly step: string;
  readonly frames: readonly Frame[];
  /** In ms: for how long a step is shown when played; 500 by default. */
  readonly duration?: number;
  /** The static drawing: the places of the frames that it shows, and how they stand. Up to six by default; one stands alone. */
  readonly still?: {
    readonly frames?: readonly number[];
    readonly columns?: number;
    readonly height?: number;
    readonly width?: number;
  };
  /** In place of a text about the first and the last step. */
  readonly text?: string;
}

/** In px: of the slider and the button below the figure. */
const controls = 78;
const manyStills = 6;

/**
 * An animation: figures of one kind, played by a button or chosen by a slider; it never starts by itself, and steps
 * follow each other without transition. It shows the last step until then. A static drawing shows some of the steps side
 * by side. The text tells the first and the last step, and all notes.
 * The figures need the same traces in the same order, and axes with fixed ranges, else they jump.
 * @throws if there are fewer than two frames, names are not different, or the figures have other traces than the first
 * @example
 * import { lines } from "./lines"
 * const after = (epochs) => lines([{ name: "E", y: [9, 5, 4].slice(0, epochs) }], { title: "E", x: { title: "epoch", range: [0, 3] }, y: { title: "E", range: [0, 9] } })
 * const figure = frames({ title: "Loss", step: "epoch", frames: [1, 2, 3].map((k) => ({ name: String(k), figure: after(k) })) })
 * figure.frames.map(({ name, data }) => [name, data[0].y]) // [["1", [9]], ["2", [9, 5]], ["3", [9, 5, 4]]]
 * figure.text // "Loss. Animation of 3 frames by epoch: 1, 2, 3. First: E over epoch: 9 at 1; lowest 9 at 1, highest 9 at 1. Last: E over epoch: 9 at 1, 4 at 3; lowest 4 at 3, highest 9 at 1."
 */
export function frames(options: FramesOptions): Figure {
  const { title, step, frames: list, duration = 500 } = options;
  check(options);
  const figures = aligned(list.map(({ figure }) => figure));
  const last = figures[figures.length - 1];
  const changing = changes(figures);
  const { narrow: _wideOnly, ...meta } = (last.layout.meta ?? {}) as { [name: string]: unknown };
  return {
    data: last.data,
    layout: {
      ...withControls(withoutNulls(last.layout), options),
      meta: { ...meta, player: { step, duration, controls, notes: list.map(({ note = "" }) => note) } },
    },
    frames: list.map(({ name }, k) => frameOf(name, figures[k], changing)),
    still: stillOf(options),
    text: options.text ?? inWords(title, step, list),
  };
}

function check({ title, frames: list }: FramesOptions): void {
  const wrong = (problem: string) => new Error(`figure "${title}": ${problem}`);
  if (list.length < 2) throw wrong(`${counted(list.length, "frame")}, an animation needs two`);
  if (new Set(list.map(({ name }) => name)).size < list.length) throw wrong("two frames have the same name");
  const kinds = ({ figure }: Frame) => figure.data.map(({ type }) => type).join(", ");
  for (const frame of list)
    if (kinds(frame) !== kinds(list[0]))
      throw wrong(
        `frame "${frame.name}" has the traces ${kinds(frame)}, frame "${list[0].name}" has ${kinds(list[0])}`,
      );
}

/** The first drawing merges with nothing, and needs no nulls. */
function withoutNulls(layout: Figure["layout"]): Figure["layout"] {
  const clean = (part: "annotations" | "shapes") =>
    layout[part] === undefined
      ? {}
      : {
          [part]: (layout[part] as object[]).map((one) =>
            Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)),
          ),
        };
  return { ...layout, ...clean("annotations"), ...clean("shapes") };
}

/** The layout with title, button and slider; a page with controls of its own takes these away again. */
function withControls(
  layout: Figure["layout"],
  { title, step, frames: list, duration = 500 }: FramesOptions,
) {
  const { title: drawnTitle, margin: own } = baseLayout(title, 0) as {
    title: object;
    margin?: { t: number };
  };
  const more = (own?.t ?? 52) - 52;
  const height = Number(layout.height) + more;
  const { b = 52, t: given = 52 } = (layout.margin ?? {}) as { b?: number; t?: number };
  const t = given + more;
  const bottom = b + (layout.showlegend === false || drawnInside(layout) ? 0 : 36);
  const y = Number((-bottom / (height - t - bottom)).toFixed(3));
  const at = (milliseconds: number) => ({
    mode: "immediate",
    frame: { duration: milliseconds, redraw: true },
    transition: { duration: 0 },
  });
  return {
    ...layout,
    title: drawnTitle,
    height: height + controls,
    margin: { ...(layout.margin as object | undefined), t, b: bottom + controls },
    updatemenus: [
      {
        type: "buttons",
        direction: "left",
        showactive: false,
        x: 0,
        xanchor: "left",
        y,
        yanchor: "top",
        pad: { t: 24 },
        buttons: [
          { label: "Play", method: "animate", args: [null, { ...at(duration), fromcurrent: false }] },
          { label: "Pause", method: "animate", args: [[null], at(0)] },
        ],
      },
    ],
    sliders: [
      {
        active: list.length - 1,
        x: 0.25,
        len: 0.75,
        y,
        pad: { t: 12 },
        currentvalue: { prefix: `${step} ` },
        steps: list.map(({ name }) => ({ label: name, method: "animate", args: [[name], at(0)] })),
      },
    ],
  };
}

/** A diagram's legend lies at the lower edge of its plot, above the margin. */
const drawnInside = ({ legend }: Figure["layout"]) => (legend as { y?: number } | undefined)?.y === 0;

function stillOf({ title, step, frames: list, still = {} }: FramesOptions): Figure["still"] {
  const count = Math.min(manyStills, list.length);
  const spread = Array.from({ length: count }, (_, k) => Math.round((k * (list.length - 1)) / (count - 1)));
  const shown = (still.frames ?? spread).map((k) => {
    if (list[k] === undefined)
      throw new Error(`figure "${title}": there is no frame ${k} to be drawn (0 to ${list.length - 1})`);
    return list[k];
  });
  if (shown.length === 1) {
    const { data, layout } = shown[0].figure;
    return { data, layout: { ...layout, title: (baseLayout(title, 0) as { title: object }).title } };
  }
  return sideBySide(
    shown.map(({ figure }) => figure),
    {
      title,
      names: shown.map(({ name }) => `${step} ${name}`),
      columns: still.columns ?? Math.min(3, shown.length),
      height: still.height ?? 190,
      width: still.width,
    },
  );
}

function inWords(title: string, step: string, list: readonly Frame[]): string {
  const own = ({ text, layout }: Figure) => {
    const drawn = (layout.title as { text: string }).text.replace(/<br>/g, " ");
    return text.startsWith(`${drawn}. `) ? text.slice(drawn.length + 2) : text;
  };
  const notes = list.flatMap(({ name, note }) => (note ? [`${step} ${name}: ${note}`] : []));
  return [
    `${title}. Animation of ${counted(list.length, "frame")} by ${step}: ${list.map(({ name }) => name).join(", ")}.`,
    ...(notes.length > 0 ? [`${notes.join("; ")}.`] : []),
    `First: ${own(list[0].figure)}`,
    `Last: ${own(list[list.length - 1].figure)}`,
  ].join(" ");
}
