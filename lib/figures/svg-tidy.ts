/**
 * A smaller, named SVG: coordinates to a hundredth of a pixel, without Plotly's editing hooks, with the title and
 * the description that a screen reader reads out.
 */
export function tidySvg(svg: string, { title, text }: { title: string; text: string }): string {
  const body = svg
    .replace(/(\d+\.\d{2})\d+/g, (_, kept: string) => kept)
    .replace(/ (?:data-unformatted|data-math|data-notex|pointer-events|class)="[^"]*"/g, "")
    .replace(/ ?(?:pointer-events|cursor): [^;"]*;/g, "")
    .replace(/ ?(?:fill-|stroke-)?opacity: 1;/g, "")
    .replace(/ style=""/g, "")
    .replace(/<(defs|g)(?: id="[^"]*")?><\/\1>|<g\/>/g, "");
  const label = escapeXml(text);
  return body.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) =>
      `<svg${attributes} role="img" aria-label="${label}"><title>${escapeXml(title)}</title>`,
  );
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
