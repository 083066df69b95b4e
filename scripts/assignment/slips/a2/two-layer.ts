import { relu, softmax } from "../../../../lib/activations";
import {
  type ForwardValues,
  type TwoLayerBackward,
  type TwoLayerForward,
  upToLogits,
} from "../../../../lib/assignment/cases/two-layer";
import type { Layer } from "../../../../lib/layer";
import { dense, elementwise, serial } from "../../../../lib/layers";
import { scale, subtract } from "../../../../lib/matrix";
import { columnSums, mapEntries } from "../../../../lib/matrix-entries";
import type { Params } from "../../../../lib/params";
import { backwardByLib, forwardByLib, type Pieces } from "../../parts/two-layer-by-lib";
import type { FromMutations, OwnSlip } from "../slip-sheet";

const asBatch = ({ u1, y1, u2, y2 }: ForwardValues) => ({ Z1: u1, A1: y1, Z2: u2, Y: y2 });

const backwardBy =
  (pieces: Partial<Pieces> = {}): TwoLayerBackward =>
  (params, x, values, target) =>
    backwardByLib(params, x, asBatch(values), target, pieces);

/** The chain by lib's network, of which something is made. */
const byNetwork =
  (ofNetwork: (right: Layer<Params[], readonly unknown[]>) => Layer<Params[], readonly unknown[]>) =>
  (): [TwoLayerBackward] => [
    (params, x, values, target) => {
      const { W1, b1, W2, b2 } = params;
      const layers = [dense(W1.cols, W1.rows), elementwise(relu), dense(W2.cols, W2.rows)] as Layer[];
      const network = ofNetwork(serial(...layers) as unknown as Layer<Params[], readonly unknown[]>);
      const { delta2 } = backwardBy()(params, x, values, target);
      const caches = [{ A: x }, { Z: values.u1 }, { A: values.y1 }];
      const list = [{ weights: W1, bias: b1 }, {}, { weights: W2, bias: b2 }] as Params[];
      const [first, , second] = network.backward(list, caches, delta2).gradients as (typeof list)[number][];
      const [{ weights: dW1, bias: db1 }, { weights: dW2, bias: db2 }] = [first, second] as {
        weights: typeof W1;
        bias: typeof b1;
      }[];
      // of one sample the error of a layer and the gradient of its bias are the same column
      return { delta2, delta1: db1, dW2, db2, dW1, db1 };
    },
  ];

/** Mistakes in the gradients of the third exercise. */
export const backwardMutations: readonly FromMutations[] = [
  {
    question: "twoLayerGradients",
    answers: (make) => [backwardBy({ ofLoss: make })],
    mutations: {
      "softmaxCrossEntropy/error-reversed": "误差符号反了：写成了目标减输出，下降变成了上升。",
      "softmaxCrossEntropy/gradient-by-probabilities":
        "这是对概率的梯度；从概率穿过 softmax 到 logit 的那一步缺失。",
      "softmaxCrossEntropy/jacobian-twice": "简单形式的误差已经包含 softmax 的雅可比矩阵，这里又乘了一次。",
      "softmaxCrossEntropy/true-class-only": "只有真实类别的 logit 得到误差；其他类别也必须被压低。",
    },
  },
  {
    question: "twoLayerGradients",
    answers: (make) => [backwardBy({ ofDense: make })],
    mutations: {
      "dense/input-gradient-untransposed":
        "误差直接乘以权重矩阵传回去，没有转置；只有输入与输出个数相同时才看不出来。",
      "dense/weight-gradient-transposed": "权重的梯度是正确结果的转置：写成了输入乘误差，而不是误差乘输入。",
      "dense/weight-gradient-of-output": "权重的梯度用的是这一层自己的输出，而不是进入这一层的量。",
      "dense/bias-gradient-missing": "偏置没有梯度，因此永远停在初始值。",
      "dense/error-passed-unchanged": "误差原样传回输入，好像这一层没有权重。",
    },
  },
  {
    question: "twoLayerGradients",
    answers: (make) => [backwardBy({ ofRelu: make })],
    mutations: {
      "elementwise/error-forgotten": "只有激活函数的导数：没有乘上从后面传来的误差。",
      "elementwise/function-for-derivative": "误差乘的是激活函数本身，而不是它的导数。",
      "elementwise/added-not-multiplied": "误差与激活函数的导数相加了；链式法则要求相乘。",
    },
  },
  {
    question: "twoLayerGradients",
    answers: (make) => byNetwork(make)(),
    mutations: {
      "serial/activation-of-next-layer": "差了一层：一层的权重用到的是这一层之后的激活，而不是之前的。",
      "serial/weights-of-layer-before": "差了一层：误差是通过前一层的权重传回去的。",
      "serial/weights-already-updated": "误差传回之前每层的权重已经更新：前一层得到的是另一组权重下的误差。",
      "serial/activation-skipped": "误差穿过隐藏层的激活时没有乘它的导数。",
      "serial/same-error-everywhere": "每一层得到的都是输出的误差；误差没有逐层传回。",
      "serial/depth-from-elsewhere": "层数来自外部为较浅网络设置的变量：最前面的层没有梯度。",
    },
  },
];

const exercise = 'note 004, "Layer decomposition", example 2 and exercise 3';

/** Mistakes in the gradients of the third exercise that lib has no mutation of. */
export const backwardSlips: readonly OwnSlip[] = [
  {
    question: "twoLayerGradients",
    id: "twoLayerGradients/logits-for-probabilities",
    wrong: {
      en: "The error of the output compares the target with the logits in place of the probabilities.",
      zh: "输出的误差是用 logit 与目标比较的，而不是用概率。",
    },
    read: 'note 004, "Layer decomposition", pitfalls: u and y mixed up',
    answers: () => {
      const answer: TwoLayerBackward = (params, x, values, target) =>
        backwardBy()(params, x, { ...values, y2: values.u2 }, target);
      return [answer];
    },
  },
];

/** By lib. */
export const forwardRight: TwoLayerForward = (params, X) => {
  const { Z1, A1, Z2, Y } = forwardByLib({ params, X });
  return { u1: Z1, y1: A1, u2: Z2, y2: Y };
};

/** The forward pass with the values of another one in the place of some of its own. */
const forwardSlip = (
  name: string,
  wrong: OwnSlip["wrong"],
  change: (right: ForwardValues, ...given: Parameters<TwoLayerForward>) => Partial<ForwardValues>,
): OwnSlip => ({
  question: "twoLayerForward",
  id: `twoLayerForward/${name}`,
  wrong,
  read: exercise,
  answers: () => {
    const answer: TwoLayerForward = (params, x) => {
      const right = forwardRight(params, x);
      return { ...right, ...change(right, params, x) };
    };
    return [answer];
  },
});

/** Mistakes in the forward pass. */
export const forwardSlips: readonly OwnSlip[] = [
  forwardSlip(
    "activation-forgotten",
    {
      en: "The hidden activation is missing: two linear layers in a row are one linear layer.",
      zh: "缺少隐藏层的激活函数：两个相连的线性层等于一个线性层。",
    },
    ({ u1 }, { W2, b2 }) => {
      const u2 = dense(W2.cols, W2.rows).forward({ weights: W2, bias: b2 }, u1).output;
      return { y1: u1, u2, y2: softmax(u2) };
    },
  ),
  forwardSlip(
    "relu-at-the-output",
    {
      en: "ReLU stands behind the second layer too: softmax must get the logits themselves, negative ones as well.",
      zh: "第二层之后也用了 ReLU：softmax 应直接得到 logit，包括负的。",
    },
    ({ u2 }) => ({ y2: softmax(relu.apply(u2)) }),
  ),
  forwardSlip(
    "softmax-forgotten",
    {
      en: "The logits are given as the outputs: softmax is missing.",
      zh: "把 logit 当作输出：缺少 softmax。",
    },
    ({ u2 }) => ({ y2: u2 }),
  ),
  forwardSlip(
    "exponential-forgotten",
    {
      en: "The logits are divided by their sum; softmax divides their exponentials, which are positive.",
      zh: "把 logit 除以它们的和；softmax 是用它们的指数相除，指数都是正的。",
    },
    ({ u2 }) => ({ y2: scale(u2, 1 / columnSums(u2).data[0]) }),
  ),
  forwardSlip(
    "sigmoid-at-the-output",
    {
      en: "Each output has a sigmoid of its own: the outputs do not sum to 1.",
      zh: "每个输出各用一个 sigmoid：输出之和不是 1。",
    },
    ({ u2 }) => ({
      y2: mapEntries(u2, (u) => softmax({ rows: 2, cols: 1, data: Float64Array.of(u, 0) }).data[0]),
    }),
  ),
  forwardSlip(
    "bias-forgotten",
    { en: "The biases are missing.", zh: "缺少偏置。" },
    (_, { W1, b1, W2, b2 }, X) => {
      const params = { W1, b1: subtract(b1, b1), W2, b2: subtract(b2, b2) };
      const { Z1, A1, Z2 } = upToLogits({ params, X });
      return { u1: Z1, y1: A1, u2: Z2, y2: softmax(Z2) };
    },
  ),
];
