import type { SweepOutcome } from "./run-plan";

const shown = 5;

/** The runs that failed, by name, each with its reason; at most some of them. */
export function failureWords(title: string, failures: SweepOutcome["failures"]): string {
  const lines = failures
    .slice(0, shown)
    .map(({ run, message }) => `  ${run}: ${message.split("\n").slice(0, 3).join("\n    ")}`);
  if (failures.length > shown) lines.push(`  … and ${failures.length - shown} more`);
  const runs = failures.length === 1 ? "1 run" : `${failures.length} runs`;
  return [
    `${title}: ${runs} failed, so no table was written:`,
    ...lines,
    "The other runs are finished and kept: the same command computes only what failed.",
  ].join("\n");
}
