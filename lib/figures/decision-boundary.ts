import type { Matrix } from "../matrix";
import { type Area, areaOf } from "./decision-area";
import { type BoundaryLine, lineTraces } from "./decision-lines";
import { brief, counted, type Figure, percent, rounded } from "./figure";
import { axisLayout, baseLayout, classes } from "./theme";

/** Samples, and the model or the lines that divide them. */
export interface DecisionBoundaryOptions {
  /** The samples, one per column: 2×N. */
  readonly X: Matrix;
  /** The class of each sample: 0, 1, 2, … */
  readonly labels: ArrayLike<number>;
  /**
   * What the model says of each column of a 2×M matrix: a 1×M matrix or a list of probabilities of class 1, a list of
   * classes, or a K×M matrix of scores, of which the largest counts. Left out, only samples and lines are drawn.
   */
  readonly predict?: (X: Matrix) => Matrix | ArrayLike<number>;
  readonly title?: string;
  readonly features?: readonly [string, string];
  /** What the text calls the features in the boundary's equation, x₁ and x₂ if left out. */
  readonly symbols?: readonly [string, string];
  readonly classNames?: readonly string[];
  /** Points of the grid along each side. */
  readonly resolution?: number;
  /** Straight boundaries; several show the path of a perceptron, the last is drawn thick. */
  readonly lines?: readonly BoundaryLine[];
  /** Distance of the margin's two edges from the last line, in the units of the features. */
  readonly margin?: number;
  /** Draws a unit of both features equally long, so that circles look round. */
  readonly equalUnits?: boolean;
  readonly height?: number;
}

/**
 * Samples of two features over the regions that a model assigns to the classes. With two classes the areas shade
 * from class 0 to class 1 by probability and a line marks 0.5.
 * @throws if X has not two rows, or the labels are not one class for each column
 * @example
 * decisionBoundary({ X: matrix([[0, 1], [0, 1]]), labels: [0, 1], predict: (P) => Array.from(P.data.subarray(0, P.cols), (x) => (x > 0.5 ? 1 : 0)) }).text // "Decision boundary. 2 samples: 1 of class 0, 1 of class 1. The model puts 2 of 2 samples (100.00 %) in their class; 50.00 % of the area shown is class 0, 50.00 % class 1."
 */
export function decisionBoundary(options: DecisionBoundaryOptions): Figure {
  const { X, labels, title = "Decision boundary", features = ["x₁", "x₂"], resolution = 80 } = options;
  const count = checkSamples(X, labels);
  const names = Array.from({ length: count }, (_, k) => options.classNames?.[k] ?? `class ${k}`);
  const [xs, ys] = [X.data.subarray(0, X.cols), X.data.subarray(X.cols)];
  const [x, y] = [extent(xs), extent(ys)];
  const area = options.predict
    ? areaOf(options.predict, X, x, y, { resolution, count, outlined: !options.lines })
    : undefined;
  const straight = (options.lines ?? []).flatMap((line, k, all) =>
    lineTraces(line, x, y, k === all.length - 1, options.margin),
  );
  return {
    data: [...(area ? [area.trace] : []), ...straight, ...sampleTraces(xs, ys, labels, names)],
    layout: baseLayout(title, options.height ?? 460, {
      xaxis: axisLayout(
        { title: features[0], range: x },
        { showgrid: false, ...(options.equalUnits ? { constrain: "domain" } : {}) },
      ),
      yaxis: axisLayout(
        { title: features[1], range: y },
        { showgrid: false, ...(options.equalUnits ? { scaleanchor: "x", constrain: "domain" } : {}) },
      ),
    }),
    text: [
      `${title}.`,
      samplesInWords(labels, names),
      area && fitInWords(options, area, names),
      linesInWords(options),
    ]
      .filter(Boolean)
      .join(" "),
  };
}

function checkSamples(X: Matrix, labels: ArrayLike<number>): number {
  if (X.rows !== 2)
    throw new Error(`decisionBoundary: X is ${X.rows}×${X.cols}, it needs 2 rows (one per feature)`);
  if (X.cols === 0 || labels.length !== X.cols)
    throw new Error(
      `decisionBoundary: ${labels.length} labels for ${X.cols} columns of X (one label per column)`,
    );
  let count = 2;
  for (let j = 0; j < labels.length; j++) {
    if (!(Number.isInteger(labels[j]) && labels[j] >= 0 && labels[j] < classes.length))
      throw new Error(
        `decisionBoundary: labels[${j}] is ${labels[j]}, allowed are 0 to ${classes.length - 1}`,
      );
    count = Math.max(count, labels[j] + 1);
  }
  return count;
}

/** The range of the values with a tenth to spare on either side. */
function extent(values: ArrayLike<number>): [number, number] {
  let [low, high] = [values[0], values[0]];
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) throw new Error(`decisionBoundary: X holds ${values[k]} in column ${k}`);
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  const spare = 0.1 * (high - low) || 1;
  return rounded([low - spare, high + spare]) as [number, number];
}

function sampleTraces(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  labels: ArrayLike<number>,
  names: string[],
) {
  return names.map((name, k) => {
    const mine = Array.from(labels, (_, j) => j).filter((j) => labels[j] === k);
    return {
      type: "scatter",
      mode: "markers",
      name,
      x: rounded(mine.map((j) => xs[j])),
      y: rounded(mine.map((j) => ys[j])),
      marker: {
        color: classes[k].colour,
        symbol: classes[k].symbol,
        size: mine.length > 200 ? 6 : 9,
        line: { color: "#FFFFFF", width: 1 },
      },
    };
  });
}

function samplesInWords(labels: ArrayLike<number>, names: string[]): string {
  const counts = names.map(
    (name, k) => `${Array.from(labels).filter((label) => label === k).length} of ${name}`,
  );
  return `${counted(labels.length, "sample")}: ${counts.join(", ")}.`;
}

function fitInWords({ X, labels }: DecisionBoundaryOptions, area: Area, names: string[]): string {
  const own = area.classOfSamples;
  const right = own.filter((k, j) => k === labels[j]).length;
  const shares = names.map((name, k) => {
    const share = percent(area.classOf.filter((c) => c === k).length / area.classOf.length);
    return k === 0 ? `${share} of the area shown is ${name}` : `${share} ${name}`;
  });
  return `The model puts ${right} of ${X.cols} samples (${percent(right / X.cols)}) in their class; ${shares.join(", ")}.`;
}

/** Lines that all have names stand side by side; without names they are a path, of which the last one counts. */
function linesInWords({ lines = [], margin, symbols = ["x₁", "x₂"] }: DecisionBoundaryOptions): string {
  if (lines.length === 0) return "";
  const equation = ({ weights, bias }: BoundaryLine) =>
    `${brief(weights[0])} ${symbols[0]} ${signed(weights[1])} ${symbols[1]} ${signed(bias)} = 0`;
  const last = lines[lines.length - 1];
  const edges = margin ? `, with a margin of ${brief(margin)}` : "";
  if (lines.length > 1 && lines.every(({ name }) => name))
    return `The boundaries: ${lines.map((line) => `${line.name}, ${equation(line)}`).join("; ")}${edges}.`;
  const path = lines.length > 1 ? ` after ${counted(lines.length - 1, "earlier line")}` : "";
  return `The boundary${path} is ${equation(last)}${edges}.`;
}

const signed = (value: number) => (value < 0 ? `- ${brief(-value)}` : `+ ${brief(value)}`);
