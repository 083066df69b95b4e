/**
 * A smaller, named SVG: coordinates to a hundredth of a pixel, without Plotly's editing hooks, with the title and
 * the description that a screen reader reads out.
 * @example
 * tidySvg('<svg><path d="M0.1234,1" class="js"/></svg>', { title: "T", text: "a < b" }) // '<svg role="img" aria-label="a &lt; b"><title>T</title><path d="M0.12,1"/></svg>'
 */
export function tidySvg(svg: string, { title, text }: { title: string; text: string }): string {
  const body = withoutEmpty(svg.replace(/<[^>]+>/g, tidyTag));
  const label = escapeXml(text);
  return body.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) =>
      `<svg${attributes} role="img" aria-label="${label}"><title>${escapeXml(title)}</title>`,
  );
}

/** Groups that hold nothing, and then those that held only such groups. */
function withoutEmpty(svg: string): string {
  const smaller = svg.replace(/<(g|defs)(?: id="[^"]*")?><\/\1>|<(?:g|path)\/>/g, "");
  return smaller === svg ? svg : withoutEmpty(smaller);
}

/** Only between < and >: the text of a figure keeps all its digits. */
function tidyTag(tag: string): string {
  return tag
    .replace(/(\d+\.\d{2})\d+/g, (_, kept: string) => kept)
    .replace(/ (?:data-unformatted|data-math|data-notex|pointer-events|class)="[^"]*"/g, "")
    .replace(/ ?(?:pointer-events|cursor): [^;"]*;/g, "")
    .replace(/ ?(?:fill-|stroke-)?opacity: 1;/g, "")
    .replace(/ style=""/g, "");
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
