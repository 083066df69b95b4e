import type { Landscape } from "../landscapes/landscape";
import { column, fromData, type Matrix } from "../matrix";
import { type ContourOptions, type ContourPath, landscapeContour } from "./contours";
import { brief, counted, type Figure } from "./figure";
import { frames } from "./frames";
import { optimizerStyles } from "./meanings";

/** The ways of several optimizers, and the steps of an animation. */
export interface TrajectoriesOptions extends Omit<ContourOptions, "paths"> {
  /** A path whose name is that of an optimizer ("adam") has its style, unless it brings its own. */
  readonly paths: readonly ContourPath[];
  /** After how many steps the animation shows the paths, in ascending order; without it nothing moves. */
  readonly steps?: readonly number[];
  /** How the paths' names are written, where their own are short: { sgd: "gradient descent" }. */
  readonly names?: { readonly [name: string]: string };
}

/**
 * The paths of several optimizers over the contours of a landscape, each in the style that stands for it everywhere; with
 * `steps` an animation, in which all have taken as many steps as the slider says. A path that ends before stays at its
 * end.
 * @throws if there is no path, steps are not ascending whole numbers, or what `landscapeContour` throws
 * @example
 * import { saddle } from "../landscapes/classics"
 * const paths = [{ name: "sgd", points: matrix([[0.5, 0.25], [0.5, 0.75]]) }]
 * const options = { title: "Saddle", x: [-1, 1], y: [-1, 1], scale: "linear", resolution: 5, paths }
 * trajectories(saddle, options).data[1].line.color // "#707070"
 * trajectories(saddle, { ...options, steps: [0, 1] }).layout.meta.player.notes // ["sgd 0", "sgd -0.5"]
 * trajectories(saddle, { ...options, steps: [0, 1] }).text // "Saddle. Animation of 1 path over the contours of saddle, after 0, 1 steps. Values: sgd: 1 step, from 0 to -0.5."
 */
export function trajectories(f: Landscape, options: TrajectoriesOptions): Figure {
  const { paths, steps, names = {}, ...rest } = options;
  const wrong = (problem: string) => new Error(`figure "${options.title}": ${problem}`);
  if (paths.length === 0) throw wrong("there are no paths");
  const styled = paths.map((path) => ({
    ...path,
    name: names[path.name] ?? path.name,
    style: path.style ?? (optimizerStyles as { [name: string]: ContourPath["style"] })[path.name],
  }));
  if (steps === undefined) return landscapeContour(f, { ...rest, paths: styled });
  if (steps.some((step, k) => !(Number.isInteger(step) && step >= 0 && (k === 0 || step > steps[k - 1]))))
    throw wrong(`the steps are ${steps.join(", ")} (whole numbers from 0 on, in ascending order)`);
  return frames({
    title: options.title,
    step: "step",
    frames: steps.map((step) => {
      const cut = styled.map((path) => ({ ...path, points: firstColumns(path.points, step + 1) }));
      return {
        name: String(step),
        note: cut.map(({ name, points }) => `${name} ${brief(f.value(lastColumn(points)))}`).join(", "),
        figure: landscapeContour(f, { ...rest, paths: cut }),
      };
    }),
    // the whole paths say on paper what the animation says
    still: { frames: [steps.length - 1] },
    text: inWords(f, options.title, steps, styled),
  });
}

/** Where each path starts and ends; the notes beside the slider tell what is between. */
function inWords(
  f: Landscape,
  title: string,
  steps: readonly number[],
  paths: readonly ContourPath[],
): string {
  const most = steps[steps.length - 1];
  const ways = paths.map(({ name, points }) => {
    const taken = Math.min(most, points.cols - 1);
    const value = (columns: number) => brief(f.value(lastColumn(firstColumns(points, columns))));
    return `${name}: ${counted(taken, "step")}, from ${value(1)} to ${value(taken + 1)}`;
  });
  return `${title}. Animation of ${counted(paths.length, "path")} over the contours of ${f.name}, after ${steps.join(", ")} steps. Values: ${ways.join("; ")}.`;
}

function firstColumns({ rows, cols, data }: Matrix, n: number): Matrix {
  const kept = Math.min(n, cols);
  const entries = Float64Array.from(
    { length: rows * kept },
    (_, k) => data[Math.floor(k / kept) * cols + (k % kept)],
  );
  return fromData(rows, kept, entries);
}

const lastColumn = ({ rows, cols, data }: Matrix) =>
  column(Array.from({ length: rows }, (_, i) => data[(i + 1) * cols - 1]));
