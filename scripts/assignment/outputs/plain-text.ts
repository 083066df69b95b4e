/** More of a text than this helps nobody; what platforms take at once is limited too. */
const longest = 4000;

/** As `cleanText`, without marks that turn the direction of writing, and cut where it is too long. */
export function plainText(text: string): string {
  const clean = text.replace(/\r\n?/g, "\n").replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
  return cleanText(clean.length > longest ? `${clean.slice(0, longest)} …` : clean);
}

/**
 * Text as it may go into any page, file or database: without the control characters by which terminals are coloured and
 * moved, and without halves of characters, which UTF-8 has no bytes for.
 */
export const cleanText = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, (control) => (control === "\n" || control === "\t" ? control : ""))
    .replace(/\p{Cs}/gu, "\ufffd");
