import { readFileSync } from "node:fs";
import path from "node:path";
import { darkTemplate } from "../../lib/figures/theme";
import { BadInput } from "../run/bad-input";
import { ROOT } from "../run/paths";
import { scriptJson } from "./figures";

const TEMPLATE = path.join(__dirname, "templates", "report");
const PACKAGES = path.join(ROOT, "node_modules");

/** Our style sheets, in the order in which they may overrule each other. */
const SHEETS = ["text", "layout", "code", "outputs", "phone", "index", "ledger", "print"];

/** What figures do on a page; the last one uses the others. */
const FIGURE_SCRIPTS = ["figure-csv", "figure-player", "figure-fit", "figures"];

const own = (file: string) => readFileSync(path.join(TEMPLATE, file), "utf8");
const packaged = (file: string) => readFileSync(path.join(PACKAGES, file), "utf8");

/** Style sheets of the page: those of formulas, ours, and `more`. */
export function styles(more = ""): string {
  return `\n${mathStyles()}\n${SHEETS.map((name) => own(`${name}.css`)).join("\n")}\n${more}`;
}

/** Temml's style sheet, with its small font of primes and script letters inside. */
export function mathStyles(): string {
  const font = readFileSync(path.join(PACKAGES, "temml/dist/Temml.woff2")).toString("base64");
  return packaged("temml/dist/Temml-Local.css").replace(
    "url('Temml.woff2')",
    `url("data:font/woff2;base64,${font}")`,
  );
}

/** Scripts of the page. Plotly is kept as text, which figures.js runs when the first figure comes near. */
export function scripts(withFigures: boolean): string {
  const parts = ["page", "table-filter"].map((name) => `<script>\n${own(`${name}.js`)}</script>`);
  if (withFigures) {
    const plotly = packaged("plotly.js-cartesian-dist-min/plotly-cartesian.min.js");
    if (/<\/script|<!--/i.test(plotly))
      throw new Error("plotly.js cannot be inlined: it holds a closing tag");
    parts.push(
      `<script type="text/plain" id="plotly-source">${plotly}</script>`,
      `<script type="application/json" id="dark-template">${scriptJson(darkTemplate)}</script>`,
      ...FIGURE_SCRIPTS.map((name) => `<script>\n${own(`${name}.js`)}</script>`),
    );
  }
  return parts.join("\n");
}

/** Scripts of the ledger's page. */
export function ledgerScripts(): string {
  return `<script>\n${own("page.js")}</script>\n<script>\n${own("ledger.js")}</script>`;
}

const FETCHED = [
  /<(?:img|script|iframe|embed|source|track|audio|video|input|image|use)\b[^>]*?\s(?:src|srcset|href|xlink:href|poster|data)\s*=\s*(["'])(?!data:|#|@@report:)(.*?)\1/gi,
  /<(link)\b[^>]*?\shref\s*=\s*["']([^"']*)["']/gi,
  /<(object)\b[^>]*?\sdata\s*=\s*["']([^"']*)["']/gi,
  /(url)\(\s*["']?(?!data:|#)([^"')\s]+)/gi,
  /(@import)\s+["']([^"']+)["']/gi,
];

/**
 * Throws BadInput when the HTML would fetch something: an image that was not found and so not embedded, a script or
 * a style sheet in an HTML output. To be called before our own scripts go in. Links that a reader follows are free.
 */
export function requireSelfContained(html: string, place: string): void {
  const shownCode = html.replace(
    /<pre\b[\s\S]*?<\/pre>|<script type="application\/json"[\s\S]*?<\/script>/gi,
    "",
  );
  const wanted = FETCHED.flatMap((pattern) => [...shownCode.matchAll(pattern)].map((found) => found[2]));
  if (wanted.length === 0) return;
  throw new BadInput(
    `${place}: the page would load ${[...new Set(wanted)].join(", ")} from outside itself. ` +
      "Images must lie beside the notebook, or in a folder beside its own; outputs must carry what they show.",
  );
}
