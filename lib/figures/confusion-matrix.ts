import type { Matrix } from "../matrix";
import { shape } from "../matrix";
import { counted, type Figure, percent, sixDigits } from "./figure";
import { namesOf } from "./heatmap";
import { axisLayout, baseLayout } from "./theme";

/** Title, names of the classes (0, 1, … by default) and height in px. */
export interface ConfusionMatrixOptions {
  readonly title?: string;
  readonly classNames?: readonly string[];
  readonly height?: number;
}

/** White to a tint that dark digits can be read on: blue for what is right, vermilion for what is not. */
const right = [
  [0, "#FFFFFF"],
  [1, "#8CBFDC"],
];
const wrong = [
  [0, "#FFFFFF"],
  [1, "#F0B78C"],
];

/**
 * How often class i (row) was taken for class j (column). Right answers are blue by their share of the row, mistakes
 * vermilion by their share of the most frequent mistake; cells with 0 stay empty.
 * @throws if the counts are not a square matrix of whole numbers from 0
 * @example
 * confusionMatrix(matrix([[8, 2], [1, 9]])).text // "Confusion matrix. 20 samples, 17 right (85.00 %), 3 wrong. Most frequent mistake: 0 taken for 1, 2 times. Least often recognised: 0, 8 of 10."
 */
export function confusionMatrix(counts: Matrix, options: ConfusionMatrixOptions = {}): Figure {
  const { title = "Confusion matrix" } = options;
  const n = counts.rows;
  if (n === 0 || counts.cols !== n)
    throw new Error(`confusionMatrix: the counts are ${shape(counts)}, not square`);
  const bad = counts.data.findIndex((c) => !(Number.isInteger(c) && c >= 0));
  if (bad >= 0)
    throw new Error(
      `confusionMatrix: entry (${Math.floor(bad / n)}, ${bad % n}) is ${counts.data[bad]}, not a count`,
    );
  const names = namesOf(options.classNames, n, "confusionMatrix: classes");
  const at = (i: number, j: number) => counts.data[i * n + j];
  const all = Array.from({ length: n }, (_, i) => i);
  const rowTotal = all.map((i) => all.reduce((sum, j) => sum + at(i, j), 0));
  const mistakes = all.flatMap((i) =>
    all.filter((j) => j !== i && at(i, j) > 0).map((j) => ({ i, j, times: at(i, j) })),
  );
  const worst = mistakes.reduce((a, b) => (b.times > a.times ? b : a), { i: 0, j: 0, times: 0 });
  const total = rowTotal.reduce((a, b) => a + b, 0);
  const hits = all.reduce((sum, i) => sum + at(i, i), 0);
  const layer = (colour: (i: number, j: number) => number | null, colorscale: unknown) => ({
    type: "heatmap",
    x: names,
    y: names,
    z: all.map((i) => all.map((j) => colour(i, j))),
    text: all.map((i) => all.map((j) => (colour(i, j) === null ? "" : String(at(i, j))))),
    texttemplate: "%{text}",
    hovertemplate: "true %{y}, predicted %{x}: %{text}<extra></extra>",
    hoverongaps: false,
    colorscale,
    zmin: 0,
    zmax: 1,
    xgap: 1,
    ygap: 1,
    showscale: false,
  });
  return {
    data: [
      layer((i, j) => (i === j && at(i, j) > 0 ? sixDigits(at(i, j) / rowTotal[i]) : null), right),
      layer((i, j) => (i !== j && at(i, j) > 0 ? sixDigits(at(i, j) / worst.times) : null), wrong),
    ],
    layout: baseLayout(title, options.height ?? (n > 5 ? 520 : 400), {
      showlegend: false,
      xaxis: axisLayout({ title: "predicted class" }, { type: "category", showgrid: false }),
      yaxis: axisLayout(
        { title: "true class" },
        { type: "category", showgrid: false, autorange: "reversed" },
      ),
    }),
    text: `${title}. ${counted(total, "sample")}, ${hits} right (${percent(hits / total)}), ${total - hits} wrong.${details()}`,
  };

  function details(): string {
    if (worst.times === 0) return "";
    const times = counted(worst.times, "time");
    const recall = (i: number) => (rowTotal[i] > 0 ? at(i, i) / rowTotal[i] : 1);
    const least = all.reduce((a, b) => (recall(b) < recall(a) ? b : a));
    return ` Most frequent mistake: ${names[worst.i]} taken for ${names[worst.j]}, ${times}. Least often recognised: ${names[least]}, ${at(least, least)} of ${rowTotal[least]}.`;
  }
}
