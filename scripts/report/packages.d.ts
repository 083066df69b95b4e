// Types of packages that bring none, or none that are found for the file we use.

declare module "temml/dist/temml.cjs" {
  interface Options {
    displayMode?: boolean;
    throwOnError?: boolean;
    annotate?: boolean;
    wrap?: "none" | "tex" | "=";
  }
  const temml: { version: string; renderToString(tex: string, options?: Options): string };
  export default temml;
}

declare module "subset-font" {
  function subsetFont(
    font: Buffer,
    text: string,
    options?: { targetFormat?: "woff2" | "truetype"; noHinting?: boolean },
  ): Promise<Buffer>;
  export default subsetFont;
}
