import type { AdamUpdate, MomentumUpdate } from "../../../lib/assignment/cases/optimizers";
import type { Matrix } from "../../../lib/matrix";
import { adam, type Optimizer, sgd } from "../../../lib/optimizers";
import type { Make } from "./slip-sheet";

/** The states of lib's optimizers and of those that are wrong: lists of matrices, some of them by name. */
type LibState = readonly (readonly Matrix[])[] | Readonly<Record<string, readonly Matrix[]>>;

/** Momentum of lib by its update; what it keeps may have another name, or none. */
export const momentumAnswer = (make: Make): [MomentumUpdate] => [
  (gradient, { v }, theta, step, { rate, momentum }) => {
    const settings = { momentum, rate: () => rate };
    // as a function, 0 is a coefficient like any other
    const right = { ...sgd(rate, { momentum: () => momentum }), settings };
    const optimizer = make(right) as unknown as Optimizer<LibState>;
    const empty = optimizer.init(theta);
    const [name] = Object.keys(empty);
    const state = Array.isArray(empty) ? [[v]] : { [name]: [v] };
    const next = optimizer.update(gradient, state, theta, step);
    const [[moved]] = Object.values(next.state);
    return { theta: next.params, state: { v: moved } };
  },
];

/** Adam of lib by its update. */
export const adamAnswer = (make: Make): [AdamUpdate] => [
  (gradient, { m, v }, theta, step, { rate, ...rest }) => {
    const right = { ...adam(() => rate, rest), settings: { ...rest, weightDecay: 0, rate: () => rate } };
    const optimizer = make(right) as unknown as Optimizer<LibState>;
    const hasNames = !Array.isArray(optimizer.init(theta));
    // null where amsgrad would keep something
    const state = hasNames ? ({ m: [m], v: [v], largest: null } as unknown as LibState) : [[m], [v]];
    const next = optimizer.update(gradient, state, theta, step);
    const [[newM], [newV]] = Object.values(next.state);
    return { theta: next.params, state: { m: newM, v: newV } };
  },
];
