import type { TrainDigits } from "../../../lib/assignment/cases/digits";
import type { Initialize } from "../../../lib/assignment/cases/initializers";
import type { AdamUpdate, MomentumUpdate } from "../../../lib/assignment/cases/optimizers";
import { questions } from "../../../lib/assignment/questions/a5";
import {
  heNormal,
  type Initializer,
  lecunNormal,
  uniformInit,
  xavierNormal,
  xavierUniform,
} from "../../../lib/initializers";
import { type Matrix, scale } from "../../../lib/matrix";
import { trainedByLib } from "../parts/digits-by-lib";
import { adamAnswer, momentumAnswer } from "./a5-answers";
import type { Make, SlipSheet } from "./slip-sheet";

const initializerAnswer =
  (right: Initializer) =>
  (make: Make): [Initialize] => [(random, rows, cols) => make(right)(random, rows, cols)];

const [rightMomentum] = momentumAnswer((thing) => thing);
const [rightAdam] = adamAnswer((thing) => thing);

const note = 'note 004, "Momentum"';
const algorithm = "D. P. Kingma, J. Ba, ICLR 2015, algorithm 1";
const initialization = 'note 004, "Parameter initialization"';

const inPlace = {
  en: "The arguments are changed: the numbers are right, but the old parameters and state are overwritten by the new ones.",
  zh: "改动了传入的参数：数值正确，但旧的参数和状态被新的覆盖了。",
};

/** Writes the new values over the old ones. */
function overwrite(old: Readonly<Record<string, Matrix>>, next: Readonly<Record<string, Matrix>>): void {
  for (const name in old) old[name].data.set(next[name].data);
}

const trainDigits: TrainDigits = (X, T, options) => ({ params: trainedByLib(X, T, options) });

/** The known mistakes of A5. */
export const a5Slips: SlipSheet = {
  assignment: "A5",
  questions,
  fromMutations: [
    {
      question: "momentum",
      answers: momentumAnswer,
      mutations: {
        "momentum/uphill": "梯度以正号进入速度：参数沿损失上升的方向走。",
        "momentum/velocity-sign": "旧速度以负号进入：它起刹车作用，而不是保持前进。",
        "momentum/rate-twice": "学习率出现了两次：在速度里一次，在移动参数时又一次。",
        "momentum/velocity-not-kept": "速度没有从一步保留到下一步，因此这就是普通的梯度下降。",
        "momentum/gradient-damped": "速度成了滑动平均，梯度前有 1 − γ；笔记中的动量没有这个因子。",
        "momentum/old-velocity": "参数按上一步的速度移动；速度更新得太晚。",
        "momentum/rate-scales-velocity":
          "每一步都用最新的学习率乘整个速度，PyTorch 就是这样；在笔记的形式里，每个梯度保留自己那一步的学习率。",
      },
    },
    {
      question: "adam",
      answers: adamAnswer,
      mutations: {
        "adam/correction-multiplied": "偏差修正应当除，这里却是乘：矩估计离起点零更近了。",
        "adam/correction-missing": "矩估计从零开始，却没有修正。",
        "adam/second-moment-not-corrected": "只修正了一阶矩从零开始的偏差，二阶矩没有修正。",
        "adam/correction-stored": "修正后的矩被保存到下一步，于是又被修正一次。",
        "adam/step-off-by-one": "偏差修正多数了一步。",
        "adam/epsilon-inside-root": "ε 放在了根号里面，在梯度很小时它显得大得多。",
        "adam/root-forgotten": "步长除以的是二阶矩本身，而不是它的平方根。",
        "adam/betas-swapped": "两个衰减率互换了。",
        "adam/square-of-first-moment": "二阶矩累积的是一阶矩的平方，而不是梯度的平方。",
      },
    },
    {
      question: "heNormal",
      answers: initializerAnswer(heNormal()),
      mutations: {
        "heNormal/outputs-for-inputs": "方差取决于输出个数，而应取决于输入个数；方阵看不出来。",
        "heNormal/factor-two-forgotten": "缺少因子 2，它用来补偿 ReLU 截去的一半。",
        "heNormal/bias-counted-as-input": "偏置也被算作一个输入，可是它从 0 开始，不增加方差。",
        "heNormal/all-units-alike": "这一层的所有单元权重相同，梯度也就相同：它们永远一样。",
      },
    },
    {
      question: "xavierUniform",
      answers: initializerAnswer(xavierUniform),
      mutations: {
        "xavierUniform/deviation-for-bound":
          "把标准差当作均匀分布的端点，而均匀分布的方差只有端点平方的三分之一。",
        "xavierUniform/one-sided": "权重取在 0 与端点之间，而不是在 0 的两侧：全部是正数。",
      },
    },
  ],
  own: [
    {
      question: "momentum",
      id: "momentum/velocity-opposite",
      wrong: {
        en: "The parameters move as they should, but the velocity that is kept has the opposite sign: it points to where they come from.",
        zh: "参数的移动是对的，但保存的速度符号相反：它指向参数来的方向。",
      },
      read: note,
      answers: (): [MomentumUpdate] => [
        (gradient, { v }, theta, step, settings) => {
          const next = rightMomentum(gradient, { v: scale(v, -1) }, theta, step, settings);
          return { theta: next.theta, state: { v: scale(next.state.v, -1) } };
        },
      ],
    },
    {
      question: "momentum",
      id: "momentum/in-place",
      wrong: inPlace,
      read: note,
      answers: (): [MomentumUpdate] => [
        (gradient, state, theta, step, settings) => {
          const next = rightMomentum(gradient, state, theta, step, settings);
          overwrite({ theta, ...state }, { theta: next.theta, ...next.state });
          return { theta, state };
        },
      ],
    },
    {
      question: "adam",
      id: "adam/in-place",
      wrong: inPlace,
      read: algorithm,
      answers: (): [AdamUpdate] => [
        (gradient, state, theta, step, settings) => {
          const next = rightAdam(gradient, state, theta, step, settings);
          overwrite({ theta, ...state }, { theta: next.theta, ...next.state });
          return { theta, state };
        },
      ],
    },
    {
      question: "heNormal",
      id: "heNormal/variance-for-deviation",
      wrong: {
        en: "The numbers are multiplied by the variance; a standard deviation, its root, belongs there.",
        zh: "随机数乘的是方差；应当乘标准差，即方差的平方根。",
      },
      read: `${initialization}: He`,
      answers: (): [Initialize] => [
        (random, rows, cols) => scale(lecunNormal(random, rows, cols), 2 / Math.sqrt(cols)),
      ],
    },
    {
      question: "heNormal",
      id: "heNormal/uniform-for-normal",
      wrong: {
        en: "The variance is right, but the distribution is uniform where a normal one is asked for.",
        zh: "方差是对的，但分布是均匀的，而要求的是正态分布。",
      },
      read: `${initialization}: He`,
      answers: (): [Initialize] => [
        (random, rows, cols) => uniformInit(-Math.sqrt(6 / cols), Math.sqrt(6 / cols))(random, rows, cols),
      ],
    },
    {
      question: "xavierUniform",
      id: "xavierUniform/inputs-alone",
      wrong: {
        en: "The bound follows the number of inputs alone; inputs and outputs count alike.",
        zh: "端点只取决于输入个数；输入和输出应当同等计入。",
      },
      read: `${initialization}: Xavier`,
      answers: (): [Initialize] => [
        (random, rows, cols) => uniformInit(-Math.sqrt(3 / cols), Math.sqrt(3 / cols))(random, rows, cols),
      ],
    },
    {
      question: "xavierUniform",
      id: "xavierUniform/normal-for-uniform",
      wrong: {
        en: "The variance is right, but the distribution is normal where a uniform one is asked for.",
        zh: "方差是对的，但分布是正态的，而要求的是均匀分布。",
      },
      read: `${initialization}: Xavier`,
      answers: (): [Initialize] => [(random, rows, cols) => xavierNormal(random, rows, cols)],
    },
  ],
  right: { digits: () => [trainDigits] },
};
