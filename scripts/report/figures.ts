import { joined, type NotebookFile } from "../run/notebook";

const PLOTLY = "application/vnd.plotly.v1+json";

/** The placeholders that the template leaves for the two forms of a figure: cell from 1, output from 0. */
const PLACEHOLDER = /@@report:(static|plotly):(\d+):(\d+)@@/g;

/** The bytes that one figure takes on the page, for the message when a page is too large. */
export interface FigureSize {
  place: string;
  bytes: number;
}

/** Puts the static drawing (as an image address) and the Plotly figure (as JSON) in place of their placeholders. */
export function insertFigures(html: string, notebook: NotebookFile): { html: string; sizes: FigureSize[] } {
  const bytes = new Map<string, number>();
  const filled = html.replace(PLACEHOLDER, (_, form: string, cell: string, output: string) => {
    const data = notebook.json.cells[Number(cell) - 1].outputs?.[Number(output)].data ?? {};
    const text = form === "plotly" ? scriptJson(data[PLOTLY]) : staticAddress(data);
    const place = `cell ${cell}, output ${Number(output) + 1}`;
    bytes.set(place, (bytes.get(place) ?? 0) + Buffer.byteLength(text));
    return text;
  });
  return { html: filled, sizes: [...bytes].map(([place, size]) => ({ place, bytes: size })) };
}

/**
 * The drawing as a data address. An image keeps the ids of its clip paths to itself; pasted into the page, those of
 * two figures would collide.
 */
function staticAddress(data: Record<string, unknown>): string {
  const svg = data["image/svg+xml"] as string | string[] | undefined;
  if (svg !== undefined) return `data:image/svg+xml,${escapeForAddress(joined(svg))}`;
  return `data:image/png;base64,${joined(data["image/png"] as string | string[]).replace(/\s/g, "")}`;
}

/** Escapes what a double-quoted data address cannot hold; a quarter shorter than base64 for SVG. */
function escapeForAddress(svg: string): string {
  return svg
    .trim()
    .replace(
      /[%#"&<>\r\n\t]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
    );
}

/** JSON that is safe between script tags: no "<" can close the element or open a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
