import { counted, type Figure, sixDigits } from "./figure";
import { withNarrow } from "./narrow";
import { spread } from "./spread";
import { wrapText } from "./text-width";
import { baseLayout, seriesStyles } from "./theme";

/** Something that happened. */
export interface TimelineEvent {
  /** In years, also with a fraction. */
  readonly date: number;
  readonly text: string;
  /** The date as it is written, if not as the year: "since 2012". */
  readonly when?: string;
  /** What it belongs to: events of one group have one colour and one marker. */
  readonly group?: string;
}

/** A timeline's title and events, in any order. */
export interface TimelineOptions {
  readonly title: string;
  readonly events: readonly TimelineEvent[];
}

/** In px. */
const textSize = 12.5;
const textLine = 16;
const between = 9;
const axisRoom = 74;
const textFrom = 34;
const top = 52;
const legendRoom = 40;
/** In px: how long lines may get on a page, and on a phone, and from which width of the figure on. */
const wideLine = 520;
const phoneLine = 222;
const wideFrom = 600;

/**
 * Dated events from top to bottom: a point at each date, true to scale, and beside it the text, moved up or down where
 * texts would overlap, with a line to its point. On a narrow page the lines of text are shorter.
 * @throws if there are fewer than two dates, a date is not a number, or a text is empty
 * @example
 * timeline({ title: "History", events: [{ date: 1986, text: "backpropagation" }, { date: 1958, text: "perceptron" }] }).text // "History. 2 events from 1958 to 1986. 1958: perceptron. 1986: backpropagation."
 */
export function timeline({ title, events }: TimelineOptions): Figure {
  for (const { date, text } of events)
    if (!Number.isFinite(date) || text.trim() === "")
      throw new Error(`figure "${title}": the event "${text}" of ${date} needs a date in years and a text`);
  const sorted = [...events].sort((a, b) => a.date - b.date);
  if (sorted.length === 0 || sorted[0].date === sorted[sorted.length - 1].date)
    throw new Error(`figure "${title}": ${counted(sorted.length, "event")}, a timeline needs two dates`);
  const when = ({ date, when: written }: TimelineEvent) => written ?? String(date);
  const each = sorted.map((event) => {
    const group = event.group ? ` (${event.group})` : "";
    return `${when(event)}${group}: ${event.text.replace(/[.\s]+$/, "")}.`;
  });
  const ends = `${when(sorted[0])} to ${when(sorted[sorted.length - 1])}`;
  const text = `${title}. ${counted(sorted.length, "event")} from ${ends}. ${each.join(" ")}`;
  const [wide, narrow] = [wideLine, phoneLine].map((most) => ({ ...drawn(title, sorted, most), text }));
  return withNarrow(wide, narrow, wideFrom);
}

function drawn(title: string, events: readonly TimelineEvent[], most: number): Omit<Figure, "text"> {
  const labels = events.map(({ date, when = String(date), text }) => {
    // bold letters are a tenth wider
    const [first, ...rest] = wrapText(`${when}  ${text}`, 0.96 * most, textSize);
    const head = first.startsWith(when) ? `<b>${when}</b>${first.slice(when.length)}` : first;
    return [head, ...rest];
  });
  const sizes = labels.map((lines) => textLine * lines.length + between);
  const [first, last] = [events[0].date, events[events.length - 1].date];
  const pixels = sizes.reduce((sum, size) => sum + size, 0) / (last - first);
  const places = spread(
    events.map(({ date }) => (date - first) * pixels),
    sizes,
  );
  const edge = (k: number, side: 1 | -1) => places[k] + (side * sizes[k]) / 2;
  const start = Math.min(-textLine, edge(0, -1));
  const end = Math.max((last - first) * pixels + textLine, edge(events.length - 1, 1));
  const year = (px: number) => sixDigits(first + px / pixels) as number;
  const groups = [...new Set(events.map(({ group = "" }) => group))];
  const named = groups.some(Boolean);
  const bottom = named ? legendRoom : 10;
  const base = baseLayout(title, 0, { showlegend: named });
  const above = (base as { margin?: { t: number } }).margin?.t ?? top;
  return {
    data: groups.map((group, k) =>
      pointTrace(
        group,
        events.filter((event) => (event.group ?? "") === group),
        k,
      ),
    ),
    layout: {
      ...base,
      height: Math.round(end - start) + above + bottom,
      margin: { l: axisRoom, r: 8, t: above, b: bottom },
      ...(named ? { legend: { y: 0, yanchor: "top" } } : {}),
      xaxis: { visible: false, fixedrange: true, range: [0, 1] },
      yaxis: {
        title: { text: "year", standoff: 4 },
        range: [year(end), year(start)],
        fixedrange: true,
        showgrid: false,
        tickformat: "d",
        automargin: false,
      },
      shapes: events.map(({ date }, k) => ({
        type: "path",
        // from the point level, then slanted, to the text: in px to the right of the axis, in years downwards
        path: `M2,${date}L9,${date}L24,${year(places[k])}L30,${year(places[k])}`,
        xsizemode: "pixel",
        xanchor: 0,
        line: { color: "#8A8A8A", width: 1 },
        layer: "below",
      })),
      annotations: labels.map((lines, k) => ({
        x: 0,
        y: year(places[k]),
        xshift: textFrom,
        xanchor: "left",
        text: lines.join("<br>"),
        align: "left",
        showarrow: false,
        borderpad: 0,
        font: { size: textSize },
      })),
    },
  };
}

function pointTrace(group: string, events: readonly TimelineEvent[], k: number) {
  const { colour, symbol } = seriesStyles[k % seriesStyles.length];
  return {
    type: "scatter",
    mode: "markers",
    name: group || "events",
    x: events.map(() => 0),
    y: events.map(({ date }) => sixDigits(date)),
    text: events.map(({ text }) => text),
    marker: { color: colour, symbol, size: 10, line: { color: "#FFFFFF", width: 1 } },
    cliponaxis: false,
    hoverinfo: "skip",
  };
}
