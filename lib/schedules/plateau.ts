import type { Schedule } from "../schedules";
import { expectFactor, expectOneOf, expectRate } from "./checks";

/** Where a rule for plateaus stands. */
export interface PlateauState {
  /** The learning rate now. */
  readonly rate: number;
  /** The best metric so far. */
  readonly best: number;
  /** Metrics since the best one, or since the last reduction. */
  readonly stale: number;
  /** Metrics left during which none is counted as stale. */
  readonly cooldown: number;
}

/** When to reduce, and how far; the defaults are PyTorch's but for the factor, which is 0.1 there. */
export interface PlateauOptions {
  readonly factor?: number;
  /** So many metrics in a row may fail to be better; one more reduces the rate. Default 10. */
  readonly patience?: number;
  /** What counts as better: below best (1 − threshold) or, if absolute, below best − threshold. Default 1e-4. */
  readonly threshold?: number;
  readonly absolute?: boolean;
  /**
   * "max" for metrics that should rise, as an accuracy: above best (1 + threshold) or best + threshold. Default "min".
   */
  readonly goal?: "min" | "max";
  /** Metrics after a reduction that are not counted as stale; default 0. */
  readonly cooldown?: number;
  /** The rate goes no lower; default 0. A reduction by less than 1e-8 is not made. */
  readonly minimum?: number;
}

/** A rule as a pure state machine: one metric in, the next state out. */
export interface PlateauRule {
  init(): PlateauState;
  next(state: PlateauState, metric: number): PlateauState;
}

/**
 * Halves the learning rate when a metric, the loss on held-out samples of each epoch for example, stops getting better:
 * α ← max(½ α, minimum) once more than `patience` metrics in a row were not better than the best one. Note 004 lowers
 * it when two epochs in a row differ by less than a threshold: { patience: 0, absolute: true, threshold }, as long as
 * the loss does not rise.
 * @throws if a setting is out of range (α finite and ≥ 0, 0 < factor ≤ 1, the others ≥ 0) or the goal is unknown; next
 * throws if the metric is NaN
 * Source: note 004, "learning rate"; PyTorch 2.13, torch.optim.lr_scheduler.ReduceLROnPlateau.
 * @example
 * const rule = halveOnPlateau(0.1, { patience: 1 })
 * [1, 0.8, 0.8, 0.8, 0.7].reduce(rule.next, rule.init()) // { rate: 0.05, best: 0.7, stale: 0, cooldown: 0 }
 * rule.next(rule.init(), NaN) // throws /halveOnPlateau: the metric is NaN/
 */
export function halveOnPlateau(
  learningRate: number,
  {
    factor = 0.5,
    patience = 10,
    threshold = 1e-4,
    absolute = false,
    goal = "min",
    cooldown = 0,
    minimum = 0,
  }: PlateauOptions = {},
): PlateauRule {
  expectRate("halveOnPlateau: the learning rate", learningRate);
  expectFactor("halveOnPlateau: factor", factor);
  for (const [name, value] of Object.entries({ patience, threshold, cooldown, minimum }))
    expectRate(`halveOnPlateau: ${name}`, value);
  expectOneOf("halveOnPlateau: goal", goal, ["min", "max"]);
  const sign = goal === "min" ? 1 : -1;
  const isBetter = (metric: number, best: number) =>
    sign * metric < sign * (absolute ? best - sign * threshold : best * (1 - sign * threshold));
  return {
    init: () => ({ rate: learningRate, best: sign * Number.POSITIVE_INFINITY, stale: 0, cooldown: 0 }),

    next({ rate, best, stale, cooldown: waiting }, metric) {
      if (Number.isNaN(metric)) throw new Error("halveOnPlateau: the metric is NaN");
      const better = isBetter(metric, best);
      const count = better || waiting > 0 ? 0 : stale + 1;
      const state = { rate, best: better ? metric : best, stale: count, cooldown: Math.max(0, waiting - 1) };
      if (count <= patience) return state;
      const lower = Math.max(rate * factor, minimum);
      return { ...state, rate: rate - lower > 1e-8 ? lower : rate, stale: 0, cooldown };
    },
  };
}

/** A rule for plateaus with its state: what an optimizer reads, and what moves it. */
export interface Plateau {
  /** The learning rate now, whatever the step: a schedule for an optimizer. */
  readonly schedule: Schedule;
  /** Tells the rule of the next metric, for example at the end of each epoch, and returns the new state. */
  observe(metric: number): PlateauState;
}

/**
 * A rule for plateaus in a training: `optimizer: sgd(plateau.schedule)` and
 * `onEpoch({ loss }) { plateau.observe(loss); }`. This is the only schedule with a state of its own: a training that
 * starts again needs a new one.
 * @throws observe throws what the rule's next throws
 * @example
 * const plateau = onPlateau(halveOnPlateau(0.1, { patience: 0 }))
 * plateau.observe(1).rate // 0.1
 * plateau.observe(1).rate // 0.05
 * plateau.schedule(7) // 0.05
 */
export function onPlateau(rule: PlateauRule): Plateau {
  let state = rule.init();
  return {
    schedule: () => state.rate,
    observe(metric) {
      state = rule.next(state, metric);
      return state;
    },
  };
}
