import { type Display, printText, publicDisplay } from "./display";

/**
 * Where outputs go in a notebook; outside Jupyter to standard output, as text.
 * tslab's public display sends one MIME type per output. The function behind it takes a whole bundle; where a version
 * of tslab hides it, the richest static type goes out through the public one.
 * @example
 * jupyterDisplay() === printText // true
 */
export function jupyterDisplay(): Display {
  if (!("__tslab__" in globalThis)) return printText;
  const jupyter = require("tslab/dist/jupyter");
  if (typeof jupyter.lastWriteDisplayData !== "function") return publicDisplay(require("tslab"));
  return (bundle, placement) =>
    // Looked up at every call: tslab sets it anew for each cell.
    jupyter.lastWriteDisplayData(
      {
        data: bundle.data,
        metadata: bundle.metadata ?? {},
        transient: placement ? { display_id: placement.id } : {},
      },
      placement?.update ?? false,
    );
}
