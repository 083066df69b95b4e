import type { Activation } from "../activations";
import type { Initializer } from "../initializers";
import type { Layer } from "../layer";
import type { Loss } from "../losses";
import type { Optimizer } from "../optimizers";
import type { Schedule } from "../schedules";
import type { OptimizerSubject } from "./tuned-optimizers";

/** Where a thing is tried for its gradients; "three samples", "one sample" and "all zero" are for checks alone. */
export type Place =
  | "generic"
  | "square shapes"
  | "three samples"
  | "one sample"
  | "all zero"
  | "zeros and kinks"
  | "extremes";

/** A layer of three inputs. */
export interface LayerSubject<L = Layer> {
  readonly kind: "layer";
  readonly id: string;
  /** The right layer; with square shapes all its widths are 3. */
  right(square: boolean): L;
  /** Its outputs where the shapes are not square. */
  readonly outputs: number;
  /** The places at which it is tried, besides generic ones and square shapes. */
  readonly places: readonly Place[];
}

/** A loss of three rows. */
export interface LossSubject<L = Loss> {
  readonly kind: "loss";
  readonly id: string;
  readonly right: L;
  readonly targets: "numbers" | "classes" | "0 or 1" | "−1 or 1";
  readonly places: readonly Place[];
}

/** An activation. */
export interface ActivationSubject {
  readonly kind: "activation";
  readonly id: string;
  readonly right: Activation;
  readonly places: readonly Place[];
}

/** An initializer and what its standard deviation is to be. */
export interface InitializerSubject {
  readonly kind: "initializer";
  readonly id: string;
  readonly right: Initializer;
  deviation(fanIn: number, fanOut: number): number;
  /** Its entry in data/references/initializers.json. */
  readonly reference: string;
}

/** A schedule. */
export interface ScheduleSubject {
  readonly kind: "schedule";
  readonly id: string;
  readonly right: Schedule;
  /** Its entry in data/references/schedules.json. */
  readonly reference: string;
}

/** A right thing with what is needed to try it, and whatever is put in its place. */
export type Subject =
  | LayerSubject
  | LossSubject
  | ActivationSubject
  | OptimizerSubject
  | InitializerSubject
  | ScheduleSubject;

/** The right thing of a subject. */
export type RightOf<S extends Subject> = S extends LayerSubject | OptimizerSubject
  ? ReturnType<S["right"]>
  : S["right"];

/**
 * Makes something of a subject's right thing, by the same contract: a mutation does, and so does a student's answer.
 */
export type MakeOf<S extends Subject> = (
  right: RightOf<S>,
) => S extends OptimizerSubject ? Optimizer : RightOf<S>;
