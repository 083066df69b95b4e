/** More of a text than this helps nobody; what platforms take at once is limited too. */
const longest = 4000;

/**
 * Text as it may go into any page or database: without the control characters by which terminals are coloured and
 * moved, halves of characters, and marks that turn the direction of writing; cut where it is too long.
 */
export function plainText(text: string): string {
  const clean = text
    .replace(/\r\n?/g, "\n")
    .replace(/\p{Cc}/gu, (control) => (control === "\n" || control === "\t" ? control : ""))
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\p{Cs}/gu, "\ufffd");
  return clean.length > longest ? `${clean.slice(0, longest)} …` : clean;
}
