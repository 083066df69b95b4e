import type { Bundle } from "./display";

/** What may stand in a table; null is an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** How a table is shown. */
export interface TableOptions {
  /** One line above the table that says what it shows. */
  readonly caption?: string;
  /** Decimals of all numbers, or of each column's (null: six significant digits). Integers stay integers. */
  readonly decimals?: number | readonly (number | null)[];
  /** Whether the first cell of each row names the row; by default if it is text in every row. */
  readonly rowHeaders?: boolean;
}

/**
 * A table as one output: HTML with a caption and headers that a screen reader can follow, and aligned text.
 * @throws if a row has more or fewer cells than there are headers
 * @example
 * tableBundle(["layer", "loss"], [["first", 0.5]], {}).data["text/plain"] // "layer  loss\n-----  ----\nfirst   0.5"
 */
export function tableBundle(
  headers: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions,
): Bundle {
  rows.forEach((row, i) => {
    if (row.length !== headers.length)
      throw new Error(
        `table: row ${i} has ${row.length} cells for ${headers.length} headers (${headers.join(", ")})`,
      );
  });
  const text = rows.map((row) => row.map((cell, j) => shown(cell, decimalsOf(options, j))));
  const numeric = headers.map(
    (_, j) =>
      rows.length > 0 && rows.every((row) => typeof row[j] !== "string" && typeof row[j] !== "boolean"),
  );
  const named = options.rowHeaders ?? (rows.length > 0 && rows.every((row) => typeof row[0] === "string"));
  return {
    data: {
      "text/html": html(headers, text, numeric, named, options.caption),
      "text/plain": plain(headers, text, numeric, options.caption),
    },
  };
}

function decimalsOf({ decimals }: TableOptions, column: number): number | null {
  return typeof decimals === "number" ? decimals : (decimals?.[column] ?? null);
}

function shown(cell: Cell, decimals: number | null): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "string") return cell;
  if (Number.isInteger(cell) || !Number.isFinite(cell)) return String(cell);
  return decimals === null ? String(Number(cell.toPrecision(6))) : cell.toFixed(decimals);
}

function html(
  headers: readonly string[],
  rows: string[][],
  numeric: boolean[],
  named: boolean,
  caption?: string,
): string {
  // JupyterLab aligns all cells to the right, GitHub none and drops styles: text needs the one, numbers the other.
  const align = (j: number) => (numeric[j] ? ' align="right"' : ' style="text-align:left"');
  const head = headers.map((header, j) => `<th scope="col"${align(j)}>${escapeHtml(header)}</th>`).join("");
  const body = rows.map((row) => {
    const cells = row.map((cell, j) =>
      named && j === 0
        ? `<th scope="row"${align(j)}>${escapeHtml(cell)}</th>`
        : `<td${align(j)}>${escapeHtml(cell)}</td>`,
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  return [
    "<table>",
    ...(caption ? [`<caption>${escapeHtml(caption)}</caption>`] : []),
    `<thead><tr>${head}</tr></thead>`,
    "<tbody>",
    ...body,
    "</tbody>",
    "</table>",
  ].join("\n");
}

function plain(headers: readonly string[], rows: string[][], numeric: boolean[], caption?: string): string {
  const widths = headers.map((header, j) => Math.max(...[header, ...rows.map((row) => row[j])].map(width)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, j) => {
        const blank = " ".repeat(widths[j] - width(cell));
        return numeric[j] ? blank + cell : cell + blank;
      })
      .join("  ")
      .trimEnd();
  return [
    ...(caption ? [caption] : []),
    line(headers),
    line(widths.map((n) => "-".repeat(n))),
    ...rows.map(line),
  ].join("\n");
}

/** Characters as a reader counts them: combining marks (ŷ written as y and a circumflex) take no place. */
function width(text: string): number {
  return [...text.replace(/\p{M}/gu, "")].length;
}

/**
 * Text as it must stand in HTML.
 * @example
 * escapeHtml("a < b") // "a &lt; b"
 */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
