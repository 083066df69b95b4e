import { type Claim, type ClaimPlace, claimHead, type MeasuredPart, type Verdict } from "./claims";

/** A claim about behaviour to judge; metric, method and seeds are fixed before the runs. */
export interface BehaviourClaim extends ClaimPlace {
  readonly metric: string;
  readonly method: string;
  /** How many seeds. */
  readonly seeds: number;
  /** The number that was claimed, as printed, if there was one: "97%~98%+". */
  readonly printed?: string;
  readonly parts: readonly MeasuredPart[];
}

/**
 * Judges a claim about behaviour by its parts. A part holds if its whole interval lies on the claimed side of the
 * threshold, and fails if the whole interval lies on the other side. All hold: "holds"; all fail: "does not hold";
 * some hold and some fail: "holds in part"; otherwise "undecided".
 * @throws if there is no part, fewer than one seed, or an interval is not low ≤ high
 * @example
 * const claim = { note: "004", place: "5", name: "momentum", statement: "momentum is faster", metric: "epochs saved", method: "t", seeds: 20 }
 * judgeBehaviour({ ...claim, parts: [{ interval: [3, 5], threshold: 0, claimed: "above" }] }).verdict // "holds"
 * judgeBehaviour({ ...claim, parts: [{ interval: [-1, 5], threshold: 0, claimed: "above" }] }).verdict // "undecided"
 */
export function judgeBehaviour(claim: BehaviourClaim): Claim {
  const { metric, method, seeds, parts, printed } = claim;
  const head = claimHead(claim, "behaviour");
  const { id } = head;
  if (!Number.isInteger(seeds) || seeds < 1) throw new Error(`judgeBehaviour: ${id}: seeds is ${seeds}`);
  if (parts.length === 0) throw new Error(`judgeBehaviour: ${id} has no part`);
  const outcomes = parts.map(({ interval: [low, high], threshold, claimed }) => {
    if (!(low <= high)) throw new Error(`judgeBehaviour: ${id}: the interval is [${low}, ${high}]`);
    if (low > threshold) return claimed === "above" ? "holds" : "fails";
    if (high < threshold) return claimed === "below" ? "holds" : "fails";
    return "open";
  });
  const [some, all] = [
    (outcome: string) => outcomes.includes(outcome as "open"),
    (outcome: string) => outcomes.every((o) => o === outcome),
  ];
  const verdict: Verdict = all("holds")
    ? "holds"
    : all("fails")
      ? "does not hold"
      : some("holds") && some("fails")
        ? "holds in part"
        : "undecided";
  const measured = parts.map(
    ({ name = metric, interval, threshold, claimed }) =>
      `${name} in [${interval.map(fourDigits).join(", ")}], claimed ${claimed} ${threshold}`,
  );
  const runs = seeds === 1 ? "one seed" : `${seeds} seeds`;
  const arithmetic = `${metric}, ${runs}, ${method}: ${measured.join("; ")}`;
  const number = printed === undefined ? {} : { printed };
  return { ...head, ...number, verdict, arithmetic, metric, seeds, method, measured: parts };
}

const fourDigits = (x: number) => String(Number(x.toPrecision(4)));
