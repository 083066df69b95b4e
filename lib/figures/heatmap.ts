import type { Matrix } from "../matrix";
import { shape } from "../matrix";
import { brief, type Figure, rounded } from "./figure";
import { axisLayout, baseLayout, diverging, sequential } from "./theme";

/** Cells of more columns than this touch. */
const mostGaps = 40;

/** Title, names of rows and columns, and whether the numbers are written out. */
export interface HeatmapOptions {
  readonly title: string;
  readonly rowTitle: string;
  readonly colTitle: string;
  readonly rowNames?: readonly string[];
  readonly colNames?: readonly string[];
  /** Decimals of the numbers written into the cells; without it none are written. */
  readonly decimals?: number;
  readonly height?: number;
}

/** In px, so that no name is left out or cut: a column with its name upright, a letter, the axes' titles and the scale. */
const columnWidth = 19;
const letterWidth = 7.4;
const besides = 130;

/**
 * A matrix as coloured cells, the first row on top: vermilion below zero, white at zero, blue above. A matrix without
 * negative entries runs from white to blue. With more than ten named columns it says how wide it must be for all names.
 * @throws if the matrix is empty, or there are not as many names as rows or columns
 * @example
 * heatmap(matrix([[1, -2], [0, 4]]), { title: "Jacobian", rowTitle: "i", colTitle: "j" }).text // "Jacobian. 2×2 values from -2 (row 0, column 1) to 4 (row 1, column 1)."
 */
export function heatmap(A: Matrix, options: HeatmapOptions): Figure {
  const { title, decimals } = options;
  if (A.data.length === 0) throw new Error(`figure "${title}": the matrix is ${shape(A)}`);
  const rowNames = namesOf(options.rowNames, A.rows, `figure "${title}": rows`);
  const colNames = namesOf(options.colNames, A.cols, `figure "${title}": columns`);
  const rows = Array.from({ length: A.rows }, (_, i) => A.data.slice(i * A.cols, (i + 1) * A.cols));
  const finite = Array.from(A.data.keys()).filter((k) => Number.isFinite(A.data[k]));
  if (finite.length === 0) throw new Error(`figure "${title}": no entry of the matrix is finite`);
  const low = finite.reduce((best, k) => (A.data[k] < A.data[best] ? k : best));
  const high = finite.reduce((best, k) => (A.data[k] > A.data[best] ? k : best));
  const bound = Math.max(Math.abs(A.data[low]), Math.abs(A.data[high])) || 1;
  const signed = A.data[low] < 0;
  const place = (k: number) =>
    `${brief(A.data[k])} (row ${rowNames[Math.floor(k / A.cols)]}, column ${colNames[k % A.cols]})`;
  // Between many narrow cells the gaps are what is seen, on a phone nothing else.
  const gap = A.cols > mostGaps ? 0 : 1;
  const written =
    decimals === undefined
      ? {}
      : { text: rows.map((row) => Array.from(row, (v) => v.toFixed(decimals))), texttemplate: "%{text}" };
  const crowded = A.cols > 10 && colNames.some((name) => /\p{L}/u.test(name));
  const longest = Math.max(...rowNames.map((name) => name.length));
  const least = Math.ceil(columnWidth * A.cols + letterWidth * longest + besides);
  return {
    data: [
      {
        type: "heatmap",
        x: colNames,
        y: rowNames,
        z: rows.map(rounded),
        ...written,
        colorscale: signed ? diverging : sequential,
        zmin: signed ? -bound : 0,
        zmax: bound,
        xgap: gap,
        ygap: gap,
        colorbar: { thickness: 12, outlinewidth: 0 },
      },
    ],
    layout: baseLayout(title, options.height ?? 400, {
      showlegend: false,
      ...(crowded ? { meta: { leastWidth: least } } : {}),
      xaxis: axisLayout({ title: options.colTitle }, { type: "category", showgrid: false }),
      yaxis: axisLayout(
        { title: options.rowTitle },
        { type: "category", showgrid: false, autorange: "reversed" },
      ),
    }),
    text: `${title}. ${shape(A)} values from ${place(low)} to ${place(high)}.`,
  };
}

/**
 * The names given, or the numbers from 0.
 * @throws if there are not n names
 * @example
 * namesOf(undefined, 2, "rows") // ["0", "1"]
 * namesOf(["a"], 2, "rows") // throws /rows: 1 names for 2/
 */
export function namesOf(names: readonly string[] | undefined, n: number, what: string): string[] {
  if (names && names.length !== n) throw new Error(`${what}: ${names.length} names for ${n}`);
  return names ? [...names] : Array.from({ length: n }, (_, k) => String(k));
}
