/** One output of a cell: the same content in several MIME types, of which a front end shows the richest it knows. */
export interface Bundle {
  readonly data: { readonly [mimeType: string]: unknown };
  readonly metadata?: { readonly [mimeType: string]: unknown };
}

/** Where bundles go. With an id a later bundle replaces the earlier one of the same id. */
export type Display = (bundle: Bundle, placement?: { readonly id: string; readonly update: boolean }) => void;

/** Outside Jupyter: the text of each bundle, on standard output. Of a progress line only the last state is wanted. */
export const printText: Display = (bundle, placement) => {
  if (!placement) console.log(bundle.data["text/plain"]);
};

/** Text that Jupyter renders as Markdown. */
export function markdownBundle(text: string): Bundle {
  return { data: { "text/markdown": text, "text/plain": text } };
}

/** A displayed formula in TeX, with its source for those who see no formulas. */
export function formulaBundle(tex: string): Bundle {
  const source = tex.trim();
  return { data: { "text/latex": `$$\n${source}\n$$`, "text/plain": source } };
}

export function textBundle(text: string): Bundle {
  return { data: { "text/plain": text } };
}

/** The part of tslab's public API that takes any MIME type. */
export interface PublicDisplay {
  raw(mimeType: string, content: unknown): void;
}

const everywhere = ["image/svg+xml", "text/html", "text/markdown", "text/latex", "text/plain"];

/** One MIME type per bundle, the richest that every front end can show, for a display that takes no bundles. */
export function publicDisplay(tslab: { display: PublicDisplay; newDisplay(): PublicDisplay }): Display {
  const lines = new Map<string, PublicDisplay>();
  return (bundle, placement) => {
    const type = everywhere.find((mimeType) => mimeType in bundle.data) ?? "text/plain";
    const target = placement ? (lines.get(placement.id) ?? tslab.newDisplay()) : tslab.display;
    if (placement) lines.set(placement.id, target);
    target.raw(type, bundle.data[type]);
  };
}
