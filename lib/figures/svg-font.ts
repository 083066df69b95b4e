/** Widths of text in the bundled font, in px for a size in px; ascent and descent as parts of the size. */
export interface TextFont {
  readonly ascent: number;
  readonly descent: number;
  width(text: string, size: number, bold: boolean): number;
}

/**
 * DejaVu Sans and its bold from the npm package, under names of our own. No font of the system is loaded, so that
 * widths, and with them the drawings, are the same everywhere. Characters that the font lacks are as wide as its box.
 * @throws if the font file cannot be read
 * @example
 * loadFont().width("epoch", 2048, false) // ≈ 6237.0
 */
export function loadFont(): TextFont {
  const { createCanvas, GlobalFonts } = loadCanvas();
  const file = (name: string) => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
  const regular = "Figure Regular";
  const bold = "Figure Bold";
  for (const [name, path] of [
    [regular, file("DejaVuSans")],
    [bold, file("DejaVuSans-Bold")],
  ])
    if (!GlobalFonts.registerFromPath(path, name)) throw new Error(`figures: cannot load the font ${path}`);
  const context = createCanvas(1, 1).getContext("2d");
  const unitSize = 100;
  const widths = new Map<string, number>();
  const unitWidth = (text: string, family: string) => {
    const key = family + text;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = `${unitSize}px "${family}"`;
      width = context.measureText(text).width as number;
      widths.set(key, width);
    }
    return width;
  };
  return {
    ascent: 0.928,
    descent: 0.236,
    width: (text, size, isBold) => (unitWidth(text, isBold ? bold : regular) * size) / unitSize,
  };
}

/**
 * The canvas package, told not to look for the system's fonts.
 * @example
 * loadCanvas().createCanvas(2, 1).width // 2
 */
export function loadCanvas() {
  const name = "DISABLE_SYSTEM_FONTS_LOAD";
  const before = process.env[name];
  process.env[name] = "1";
  try {
    return require("@napi-rs/canvas");
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
