import { COLLECTION, generator, POLICY } from "./facts";

/** A page that is no notebook's: the index, the glossary or the ledger. */
export interface ListPage {
  title: string;
  description: string;
  byline: string[];
  /** HTML. */
  main: string;
  foot: string;
  /** For a table that needs more than the text's column. */
  wide?: boolean;
}

/** The whole page, its styles still to be put in. */
export function listPage({ title, description, byline, main, foot, wide }: ListPage): string {
  const kicker =
    title === COLLECTION ? "" : `<p class="kicker"><a href="index.html">${escapeHtml(COLLECTION)}</a></p>\n`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="description" content="${escapeHtml(description)}">
<meta name="generator" content="${generator()}">
<title>${escapeHtml(title === COLLECTION ? title : `${title} – ${COLLECTION}`)}</title>
<style>@@report:styles@@</style>
</head>
<body>
<a class="skip" href="#main">Skip to the list</a>
<header class="masthead">
${kicker}<h1>${escapeHtml(title)}</h1>
<p class="byline">${byline.map((item) => `<span>${item}</span>`).join("")}</p>
</header>
<div class="page index${wide ? " wide" : ""}">
<main id="main" tabindex="-1">
${main}
</main>
</div>
<footer class="colophon">
<p>${foot}</p>
</footer>
@@report:scripts@@
</body>
</html>
`;
}

export const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] as string,
  );

/** Chinese text, marked as such for fonts and speech. */
export const chinese = (text: string) => `<span lang="zh">${escapeHtml(text)}</span>`;
