import { formulasToMathML } from "../../report/formulas";
import { mathCharacters, mathFont } from "../../report/math-font";
import { mathStyles, requireSelfContained } from "../../report/page";

/** The font's glyphs are the same for all students of an assignment, but for what their comments say. */
const fonts = new Map<string, Promise<string>>();

/**
 * nbgrader's feedback page with its formulas as MathML, which browsers draw without a script.
 * @throws BadInput where a formula cannot be drawn, or the page would load anything
 */
export async function finishedPage(html: string, notebook: string): Promise<string> {
  const page = formulasToMathML(html, notebook);
  const characters = mathCharacters(page);
  let font = fonts.get(characters);
  if (!font) {
    font = mathFont(page);
    fonts.set(characters, font);
  }
  requireSelfContained(page, notebook);
  const styles = `${mathStyles()}\n${await font}\n${ownStyles}`;
  return page.replace("</head>", () => `<style>\n${styles}\n</style>\n</head>`);
}

const ownStyles = `.formula-block { display: block; overflow: auto hidden; padding: 0.2em 0; margin: 0.6em 0; }
.rendered_html th, .rendered_html td { padding: 0.1em 0.6em; }
div.output_area pre { white-space: pre-wrap; overflow-wrap: break-word; word-break: normal; }`;
