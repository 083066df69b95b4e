/** The value of a cell's last expression as a MIME bundle. */
import { inspect } from "node:util";

const DISPLAY = Symbol.for("Jupyter.display");

export interface Bundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** A value may bring its own bundle under `Symbol.for("Jupyter.display")`, as an object or as a method. */
export function resultBundle(value: unknown): Bundle {
  const own = (value as Record<symbol, unknown> | null)?.[DISPLAY];
  const data = typeof own === "function" ? own.call(value) : own;
  if (typeof data === "object" && data !== null) {
    return { data: data as Record<string, unknown>, metadata: {} };
  }
  return { data: { "text/plain": inspect(value) }, metadata: {} };
}
