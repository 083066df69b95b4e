import { readFileSync } from "node:fs";
import path from "node:path";
import subsetFont from "subset-font";
import { ROOT } from "../run/paths";

const FONT = path.join(
  ROOT,
  "node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2",
);

/**
 * A style that gives formulas the glyphs they use, from STIX Two Math. Without a font that has OpenType's MATH table
 * (Android and many Linux systems have none) brackets do not grow with what they enclose. "" for a page without
 * formulas.
 */
export async function mathFont(html: string): Promise<string> {
  const characters = mathCharacters(html);
  if (characters === "") return "";
  const font = await subsetFont(readFileSync(FONT), characters, { targetFormat: "woff2", noHinting: true });
  const address = `data:font/woff2;base64,${font.toString("base64")}`;
  return (
    `@font-face { font-family: "Report Math"; src: url("${address}") format("woff2"); }\n` +
    `math { font-family: "Report Math", "Cambria Math", "STIX Two Math", math; }`
  );
}

/** Every character in the page's MathML, and the slanted form in which a browser sets a single letter. */
export function mathCharacters(html: string): string {
  const found = new Set<string>();
  for (const [math] of html.matchAll(/<math\b.*?<\/math>/gs)) {
    const shown = math.replace(/<annotation\b.*?<\/annotation>/gs, "").replace(/<[^>]*>/g, "");
    for (const character of decoded(shown)) found.add(character).add(italic(character));
    if (/<m(sqrt|root)\b/.test(math)) found.add("√"); // the sign stands in no text: the element draws it
  }
  return [...found].sort().join("");
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };

const decoded = (text: string) =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(lt|gt|amp|quot);/g, (_, name) => ENTITIES[name]);

/** First letters of the ranges that MathML sets in italic, with where Unicode's italic forms of them begin. */
const RANGES = [
  { from: "A", to: "Z", italic: 0x1d434 },
  { from: "a", to: "z", italic: 0x1d44e },
  { from: "Α", to: "Ω", italic: 0x1d6e2 },
  { from: "α", to: "ω", italic: 0x1d6fc },
];
const SINGLE: Record<string, string> = {
  h: "ℎ",
  "∂": "𝜕",
  ϵ: "𝜖",
  ϑ: "𝜗",
  ϰ: "𝜘",
  ϕ: "𝜙",
  ϱ: "𝜚",
  ϖ: "𝜛",
  "∇": "𝛻",
};

function italic(character: string): string {
  const range = RANGES.find(({ from, to }) => character >= from && character <= to);
  if (SINGLE[character] || !range) return SINGLE[character] ?? character;
  return String.fromCodePoint(range.italic + character.charCodeAt(0) - range.from.charCodeAt(0));
}
