/** One output of a cell: the same content in several MIME types, of which a front end shows the richest it knows. */
export interface Bundle {
  readonly data: { readonly [mimeType: string]: unknown };
  readonly metadata?: { readonly [mimeType: string]: unknown };
}

/** Where bundles go. With an id a later bundle replaces the earlier one of the same id. */
export type Display = (bundle: Bundle, placement?: { readonly id: string; readonly update: boolean }) => void;

/**
 * Outside Jupyter: the text of each bundle, on standard output; of progress lines nothing.
 * @example
 * printText({ data: { "text/plain": "50 %" } }, { id: "p", update: true }) // undefined
 */
export const printText: Display = (bundle, placement) => {
  if (!placement) console.log(bundle.data["text/plain"]);
};

/**
 * Text that Jupyter renders as Markdown.
 * @example
 * markdownBundle("**a**").data["text/plain"] // "**a**"
 */
export function markdownBundle(text: string): Bundle {
  return { data: { "text/markdown": text, "text/plain": text } };
}

/**
 * A displayed formula in TeX, with its source for those who see no formulas.
 * @example
 * formulaBundle("a = \\tanh z").data["text/latex"] // "$$\na = \\tanh z\n$$"
 */
export function formulaBundle(tex: string): Bundle {
  const source = tex.trim();
  return { data: { "text/latex": `$$\n${source}\n$$`, "text/plain": source } };
}

/**
 * Plain text as one output.
 * @example
 * textBundle("done").data // { "text/plain": "done" }
 */
export function textBundle(text: string): Bundle {
  return { data: { "text/plain": text } };
}

/** The part of tslab's public API that takes any MIME type. */
export interface PublicDisplay {
  raw(mimeType: string, content: unknown): void;
}

const everywhere = ["image/svg+xml", "text/html", "text/markdown", "text/latex", "text/plain"];

/**
 * One MIME type per bundle, the richest that every front end can show, for a display that takes no bundles.
 * @example
 * const sent = []
 * const display = publicDisplay({ display: { raw: (type) => void sent.push(type) } })
 * display({ data: { "text/html": "<b>a</b>", "text/plain": "a" } }) // undefined
 * sent // ["text/html"]
 */
export function publicDisplay(tslab: { display: PublicDisplay; newDisplay(): PublicDisplay }): Display {
  const lines = new Map<string, PublicDisplay>();
  return (bundle, placement) => {
    const type = everywhere.find((mimeType) => mimeType in bundle.data) ?? "text/plain";
    const target = placement ? (lines.get(placement.id) ?? tslab.newDisplay()) : tslab.display;
    if (placement) lines.set(placement.id, target);
    target.raw(type, bundle.data[type]);
  };
}
