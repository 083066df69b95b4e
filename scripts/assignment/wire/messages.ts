/**
 * What goes over a sandbox's channel: data and nothing else, as JSON, a message to a line. Numbers keep all their bits.
 * The same types are used on both sides; nothing here runs on either.
 */

/** A value as data. */
export type Wire =
  | null
  | boolean
  | string
  | number
  /** A number that JSON has no form for. */
  | { readonly number: "NaN" | "Infinity" | "-Infinity" | "-0" }
  | { readonly undefined: true }
  /** The entries are little-endian in base64. */
  | {
      readonly matrix: readonly [
        rows: number,
        cols: number,
        precision: "float64" | "float32",
        entries: string,
      ];
    }
  | { readonly list: readonly Wire[] }
  | { readonly record: Readonly<Record<string, Wire>> }
  /** Anything else, in words: "a function", "a Promise". */
  | { readonly other: string };

/** Part of what an earlier call returned, by the call's number from 0: the cache of a forward, a method of a layer. */
export interface Earlier {
  readonly call: number;
  readonly at: readonly string[];
}

/** An export of the lib that is inside the sandbox. */
export interface FromLib {
  readonly lib: string;
  readonly name: string;
}

/** What is called: a name that the cells define, part of an earlier result, or an export of lib. */
export type Target = { readonly defined: string } | Earlier | FromLib;

/** An argument: data, or something that exists only inside. */
export type Argument =
  | { readonly data: Wire }
  | { readonly target: Target }
  /** A generator that is made inside from this seed. */
  | { readonly seed: number }
  | { readonly record: Readonly<Record<string, Argument>> }
  | { readonly list: readonly Argument[] };

/** A cell's code as the notebook's kernel compiles it. */
export interface CompiledCell {
  readonly name: string;
  readonly code: string;
  readonly awaits: boolean;
}

/** What the process in the sandbox is asked. */
export type Request =
  | { readonly cells: readonly CompiledCell[] }
  /** `want` names the parts of the result that come back; an empty path is all of it. */
  | {
      readonly call: Target;
      readonly arguments: readonly Argument[];
      readonly want: readonly (readonly string[])[];
    };

/** What it answers. */
export type Response =
  | { readonly ran: number }
  | { readonly values: readonly Wire[] }
  | { readonly threw: string; readonly cell?: string };

/** A cell as its author wrote it. */
export interface SourceCell {
  readonly name: string;
  readonly source: string;
}

/** Why a cell does not compile; lines count from 1. */
export interface CompileErrors {
  readonly name: string;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

/** What the compiling process is asked: the names in a source, its tokens, or the compilation of cells. */
export type CompileRequest =
  | { readonly names: string }
  | { readonly tokens: string }
  | { readonly compile: readonly SourceCell[] };

/** What it answers. */
export type CompileResponse =
  | { readonly names: { readonly defines: readonly string[]; readonly uses: readonly string[] } }
  | { readonly tokens: readonly string[] }
  | { readonly compiled: readonly (CompiledCell | CompileErrors)[] }
  | { readonly failed: string };
