/** Advance widths of ASCII from the space on, in hundredths of the size: DejaVu Sans, from its hmtx table. */
const ascii = [
  ...[32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64],
  ...[64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79],
  ...[60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63],
  ...[63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84],
];
/** Of other characters, by their place in Unicode: up to which code point, and how wide. */
const others: readonly (readonly [upTo: number, width: number])[] = [
  [0xb1, 84],
  [0xbb, 50], // ² ³ · ¹
  [0xbe, 97], // fractions
  [0x36f, 68], // accented letters, ×
  [0x1cff, 68], // Greek, Cyrillic
  [0x1eff, 60], // raised letters, letters with two marks
  [0x206f, 60], // dashes, quotation marks
  [0x20ff, 43], // raised and lowered digits
  [0x2bff, 84], // arrows, operators
  [Number.POSITIVE_INFINITY, 100],
];

/**
 * How wide a text is, about: exact for ASCII in DejaVu Sans, an estimate for other characters and fonts. Without the
 * font file, so that a layout needs no canvas and is the same in a browser.
 * @param size in px
 * @returns px
 * @example
 * textWidth("epoch", 100) // 304
 * textWidth("η∇E", 100) // 215
 */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    width += ascii[code - 32] ?? others.find(([upTo]) => code <= upTo)?.[1];
  }
  return (width * size) / 100;
}

/**
 * A text in lines of at most `most` px where its spaces allow it; its own line breaks stay. An operator between spaces
 * begins a line rather than ends it; a no-break space (U+00A0) holds a formula together.
 * @example
 * wrapText("weighted sum\nz", 100, 13) // ["weighted sum", "z"]
 * wrapText("weighted sum", 70, 13) // ["weighted", "sum"]
 * wrapText("z = wᵀx + b", 60, 13) // ["z = wᵀx", "+ b"]
 */
export function wrapText(text: string, most: number, size: number): string[] {
  return text.split("\n").flatMap((given) => {
    const lines: string[] = [];
    for (const word of given.split(/ (?<!(?:^|[ \u00a0])[=+−·×⊙⊗←→<>≤≥≠∈≈/∧∨] )/)) {
      const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
      if (lines.length > 0 && textWidth(longer, size) <= most) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}
