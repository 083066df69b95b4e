import type { Claim } from "./claims";
import type { Figure } from "./figures/figure";
import {
  type Checkable,
  gradientCells,
  gradientHeaders,
  gradientOutcome,
  isGradientTable,
  type NamedOutcome,
  outcomeOf,
} from "./notebook/check";
import { claimBundle, countVerdicts } from "./notebook/claim-cells";
import { type Display, formulaBundle, markdownBundle, textBundle } from "./notebook/display";
import { checkFailed, miscounted } from "./notebook/failures";
import { figureBundle } from "./notebook/figure-bundle";
import { float64Bytes, type Recordable, sha256 } from "./notebook/hash";
import { jupyterDisplay } from "./notebook/jupyter-display";
import { type Progress, startProgress } from "./notebook/progress";
import { type Summary, summaryBundle } from "./notebook/summary";
import { type Cell, type TableOptions, tableBundle } from "./notebook/table";

/** What a notebook shows, checks and records. One call, one output. */
export interface Notebook {
  /** A figure: interactive in JupyterLab, static elsewhere, with its text. */
  figure(figure: Figure): void;
  /** A table, numbers right, text left. */
  table(headers: readonly string[], rows: readonly (readonly Cell[])[], options?: TableOptions): void;
  /** A displayed formula, in TeX without dollar signs. */
  formula(tex: string): void;
  /** Markdown that depends on computed values. */
  markdown(text: string): void;
  /** A line that is rewritten in place. Close it with `done`. */
  progress(title: string, total: number): Progress;
  /**
   * Counts a check and shows that it held. What has its name, as `recompute` gives it, needs no other.
   * @throws CheckFailed, with the name and the numbers, if it did not
   */
  check(name: string, ok: Checkable): void;
  check(found: NamedOutcome): void;
  /** Shows judged claims and counts them. */
  claims(claims: readonly Claim[], options?: { caption?: string }): void;
  /** Adds float64 results to the notebook's hash. */
  record(name: string, value: Recordable): void;
  /**
   * Shows what was checked, judged and recorded.
   * @throws if the numbers of checks or claims are not the declared ones, or a progress line is still open
   */
  close(): void;
}

/** What a notebook declares at its start. */
export interface NotebookOptions {
  readonly title: string;
  /** How many checks the notebook executes: fewer, or more, is an error at its end. */
  readonly checks: number;
  readonly claims: number;
  /** Where outputs go; by default to Jupyter, and outside it as text to standard output. */
  readonly display?: Display;
}

/**
 * Opens the account of a notebook; prints nothing. A cell that is run again replaces what it checked, judged or
 * recorded under the same names.
 * @throws if a declared number is not a whole number from 0
 * @example
 * const nb = openNotebook({ title: "Trial", checks: 1, claims: 0, display: () => {} })
 * nb.check("one and one", { value: 1 + 1, expected: 2, tolerance: 0 }) // undefined
 * nb.check("loss falls", 0.5 < 0.4) // throws /check "loss falls" failed/
 * nb.close() // undefined
 */
export function openNotebook({
  title,
  checks,
  claims,
  display = jupyterDisplay(),
}: NotebookOptions): Notebook {
  for (const [name, n] of [
    ["checks", checks],
    ["claims", claims],
  ] as const)
    if (!(Number.isInteger(n) && n >= 0))
      throw new Error(`openNotebook: ${name} is ${n}, it must be a count`);
  const held = new Set<string>();
  const judged = new Map<string, Claim>();
  const recorded = new Map<string, { cell: number | null; bytes: Buffer }>();
  const open = new Set<string>();
  const repeated = new Set<string>();
  const note = (kind: string, known: { has(key: string): boolean }, name: string) => {
    if (known.has(name)) repeated.add(`${kind} "${name}"`);
  };

  function check(...[given, asked]: [string, Checkable] | [NamedOutcome]): void {
    const [name, ok] = typeof given === "string" ? [given, asked] : [given.name, given];
    if (typeof ok !== "boolean" && (typeof ok !== "object" || ok === null))
      throw checkFailed(name, `${String(ok)} is neither true nor false nor a comparison`);
    const isTable = isGradientTable(ok);
    if (isTable) display(tableBundle(gradientHeaders, gradientCells(ok), { caption: name }));
    const outcome = isTable ? gradientOutcome(ok) : outcomeOf(ok);
    if (!outcome.ok) throw checkFailed(name, outcome.detail);
    note("check", held, name);
    held.add(name);
    if (!isTable) display(textBundle(["✓ ", name, outcome.detail && `: ${outcome.detail}`].join("")));
  }

  return {
    figure: (figure) => display(figureBundle(figure)),
    table: (headers, rows, options = {}) => display(tableBundle(headers, rows, options)),
    formula: (tex) => display(formulaBundle(tex)),
    markdown: (text) => display(markdownBundle(text)),
    progress(name, total) {
      const line = startProgress(name, total, display);
      open.add(name);
      return {
        update: line.update,
        done(text) {
          open.delete(name);
          line.done(text);
        },
      };
    },
    check,
    claims(list, options = {}) {
      for (const claim of list) {
        note("claim", judged, claim.id);
        judged.set(claim.id, claim);
      }
      display(claimBundle(list, options.caption ?? `Claims of ${title}`));
    },
    record(name, value) {
      note("record", recorded, name);
      recorded.set(name, { cell: executionCount(), bytes: float64Bytes(value) });
    },
    close() {
      const problems = [
        ...miscounted("check", checks, held.size),
        ...miscounted("claim", claims, judged.size),
        ...[...open].map((name) => `the progress line "${name}" was not closed: call its done()`),
      ];
      if (problems.length > 0)
        throw new Error(
          `${title}: ${problems.join("; ")}${repeated.size > 0 ? `. Used more than once: ${[...repeated].join(", ")}` : ""}`,
        );
      const records = [...recorded].map(([name, { cell, bytes }]) => ({
        name,
        cell,
        length: bytes.length / 8,
        hash: sha256([bytes]),
      }));
      const summary: Summary = {
        title,
        checks: held.size,
        declaredChecks: checks,
        claims: judged.size,
        declaredClaims: claims,
        verdicts: countVerdicts(judged.values()),
        hash: sha256([...recorded.values()].map(({ bytes }) => bytes)),
        records,
      };
      display(summaryBundle(summary));
    },
  };
}

/** Set by our kernel before each cell; not there in other kernels or outside Jupyter. */
function executionCount(): number | null {
  return (
    (globalThis as { [key: symbol]: number | undefined })[Symbol.for("backpropagation.executionCount")] ??
    null
  );
}
