import type { SweepPlan } from "../../lib/sweeps/plan";
import { type Job, withProgress } from "../run/progress";
import type { Registered } from "./registry";
import { type RunPlanOptions, runPlan, type SweepOutcome, type SweepState } from "./run-plan";

/** How a command shows what it does. */
export interface Screen {
  /** One line that is redrawn, instead of plain lines. */
  live: boolean;
  write(text: string): void;
}

/** The time that is left if the rest goes as fast as what was done so far; "" as long as nobody can say. */
export function timeLeft(began: number, { share }: Pick<SweepState, "share">): string {
  const elapsed = Date.now() - began;
  if (share <= 0 || share >= 1 || elapsed < 2000) return "";
  const seconds = Math.ceil((elapsed * (1 - share)) / share / 1000);
  return seconds < 100 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
}

/** Runs a plan under a progress line. */
export async function runPlanWithProgress(
  title: string,
  registered: Registered,
  plan: SweepPlan,
  options: RunPlanOptions,
  screen: Screen,
): Promise<SweepOutcome> {
  const began = Date.now();
  let outcome: SweepOutcome | undefined;
  let problem: unknown;
  const job: Job = {
    name: title,
    unit: "run",
    async run(line) {
      const onState = (state: SweepState) => {
        const failed = state.failed > 0 ? `${state.failed} failed` : "";
        line.at(state.done, state.total, [failed, timeLeft(began, state)].filter(Boolean).join(", "));
      };
      try {
        outcome = await runPlan(registered, plan, { ...options, onState });
      } catch (error) {
        problem = error;
        throw error;
      }
      const words = summary(outcome, plan.runs.length, began);
      if (outcome.failures.length > 0 || options.signal.aborted) throw new Error(words);
      return words;
    },
  };
  await withProgress([job], screen.live, screen.write);
  if (outcome === undefined) throw problem;
  return outcome;
}

function summary({ results, failures, kept }: SweepOutcome, total: number, began: number): string {
  const done = results.filter((rows) => rows !== undefined).length;
  const parts = [
    `${done} of ${total} runs`,
    kept > 0 ? `${kept} of them kept from before` : "",
    failures.length > 0 ? `${failures.length} failed` : "",
    `${((Date.now() - began) / 1000).toFixed(1)} s`,
  ];
  return parts.filter(Boolean).join(", ");
}
