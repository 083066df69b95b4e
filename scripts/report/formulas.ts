import temml from "temml/dist/temml.cjs";
import { BadInput } from "../run/bad-input";

const PLACEHOLDER =
  /<report-formula data-cell="(\d+)" data-display="(block|inline)" data-tex="([A-Za-z0-9+/=]*)"><\/report-formula>/g;

/**
 * Replaces the formula placeholders that the exporter left (python/renderer.py) by MathML, which browsers draw
 * without any script. The TeX of an unnumbered formula stays inside as an annotation.
 *
 * @throws BadInput naming notebook, cell and formula when Temml rejects the TeX.
 */
export function formulasToMathML(html: string, notebook: string): string {
  return html.replace(PLACEHOLDER, (_, cell: string, display: string, encoded: string) => {
    const tex = Buffer.from(encoded, "base64").toString("utf8");
    const math = texToMathML(tex, display === "block", `${notebook}, cell ${cell}`);
    return display === "block" ? `<span class="formula-block">${math}</span>` : math;
  });
}

/** One formula as MathML; `place` goes into the error. */
export function texToMathML(tex: string, display: boolean, place: string): string {
  // Inline formulas may break after a relation or operator, as in TeX; displayed ones scroll in their box.
  const options = { displayMode: display, throwOnError: true, wrap: display ? "none" : "tex" } as const;
  try {
    const math = temml.renderToString(tex, options);
    // The annotation's wrapper would keep a numbered formula from spreading over the line.
    return NUMBERED.test(math) ? math : temml.renderToString(tex, { ...options, annotate: true });
  } catch (error) {
    // Temml repeats the formula below its first line, underlined by combining characters.
    const reason = (error instanceof Error ? error.message : String(error)).trim().split("\n")[0];
    throw new BadInput(`${place}: this formula cannot be turned into MathML: ${tex}\n  ${reason}`);
  }
}

const NUMBERED = /class="tml-(?:tag|eqn)"/;
