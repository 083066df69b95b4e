import { adam, type Optimizer, sgd } from "../optimizers";
import { adagrad } from "../optimizers/adagrad";
import { amsgrad } from "../optimizers/amsgrad";
import { rmsprop } from "../optimizers/rmsprop";

/**
 * The rules that race, by name, each a function of its learning rate: γ = 0.9 in both forms of momentum, all else as
 * lib/optimizers has it by default.
 * @example
 * const [rule, w] = [optimizerRules.momentum(0.5), matrix([[3]])]
 * rule.update(matrix([[1]]), rule.init(w), w, 1).params // matrix([[2.5]])
 */
export const optimizerRules = {
  sgd: (rate: number) => sgd(rate),
  momentum: (rate: number) => sgd(rate, { momentum: 0.9 }),
  nesterov: (rate: number) => sgd(rate, { momentum: 0.9, nesterov: true }),
  adagrad: (rate: number) => adagrad(rate),
  rmsprop: (rate: number) => rmsprop(rate),
  adam: (rate: number) => adam(rate),
  amsgrad: (rate: number) => amsgrad(rate),
} as const satisfies { readonly [name: string]: (rate: number) => Optimizer };
