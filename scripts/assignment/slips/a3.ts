import { type Activation, relu, softmaxJacobian, tanh } from "../../../lib/activations";
import { gelu } from "../../../lib/activations/gelu";
import type { DenseBackward, SerialBackward, SoftmaxJacobian } from "../../../lib/assignment/cases/layers";
import { ringsNetwork, type TrainOnRings } from "../../../lib/assignment/cases/rings";
import { questions } from "../../../lib/assignment/questions/a3";
import { type DenseParams, dense, elementwise, serial } from "../../../lib/layers";
import { softmaxCrossEntropy } from "../../../lib/losses";
import { type Matrix, scale, subtract } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { mapParams } from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { ownSlip } from "./own-slip";
import type { Make, SlipSheet } from "./slip-sheet";

/** One layer for each shape: a mistake may lie in what is kept between calls. */
function denseAnswer(make: Make): [DenseBackward] {
  const layers = new Map<string, ReturnType<typeof dense>>();
  return [
    (params, cache, dZ) => {
      const { rows, cols } = params.weights;
      const layer = layers.get(`${rows}×${cols}`) ?? make(dense(cols, rows));
      layers.set(`${rows}×${cols}`, layer);
      return layer.backward(params, cache, dZ);
    },
  ];
}

const serialAnswer = (make: Make): [SerialBackward] => [
  (layers, params, caches, dOutput) => make(serial(...layers)).backward(params as never, caches, dOutput),
];

const ofActivation = (right: Activation) => (make: Make) => {
  const made = make(right);
  return [(Z: Matrix, dA: Matrix) => made.backward(Z, dA)];
};

const ofElementwise = (right: Activation) => (make: Make) => {
  const made = make(elementwise(right));
  return [(Z: Matrix, dA: Matrix) => made.backward({}, { Z }, dA).dInput];
};

/** As the notebook trains, by lib's own network. */
const trainOnRings: TrainOnRings = (X, T, seed, steps) => {
  const network = ringsNetwork();
  let params = network.init(randomState(seed));
  for (let step = 0; step < steps; step++) {
    const { output, cache } = network.forward(params, X);
    const dOutput = softmaxCrossEntropy.backward(softmaxCrossEntropy.forward(output, T).cache);
    params = mapParams(subtract, params, network.backward(params, cache, dOutput).gradients);
  }
  return { params };
};

const elementwiseSlips = {
  "elementwise/derivative-forgotten": "误差像穿过恒等函数一样穿过激活函数：缺少它的导数。",
  "elementwise/error-forgotten": "只有激活函数的导数：没有乘上从后面传来的误差。",
  "elementwise/function-for-derivative": "误差乘的是激活函数本身，而不是它的导数。",
  "elementwise/added-not-multiplied": "误差与激活函数的导数相加了；链式法则要求相乘。",
};

const inDense = ownSlip<DenseBackward>(
  "dense",
  'note 004, "Layer decomposition", pitfalls: collecting over the batch',
);

const inJacobian = ownSlip<SoftmaxJacobian>(
  "softmaxJacobian",
  'note 004, "Softmax layer (with cross-entropy)": the Jacobian of softmax',
);

/** The right answer with other gradients of its parameters, made from the right ones and the number of samples. */
const changedDense =
  (change: (gradients: DenseParams, m: number) => DenseParams): DenseBackward =>
  (params, cache, dZ) => {
    const { gradients, dInput } = denseAnswer((right) => right)[0](params, cache, dZ);
    return { gradients: change(gradients, dZ.cols), dInput };
  };

/** The known mistakes of A3. */
export const a3Slips: SlipSheet = {
  assignment: "A3",
  questions,
  fromMutations: [
    {
      question: "dense",
      answers: denseAnswer,
      mutations: {
        "dense/input-gradient-untransposed":
          "误差直接乘以权重矩阵传回去，没有转置；只有输入与输出个数相同时才看不出来。",
        "dense/weight-gradient-transposed":
          "权重的梯度是正确结果的转置：写成了输入乘误差，而不是误差乘输入。",
        "dense/weight-gradient-of-output": "权重的梯度用的是这一层自己的输出，而不是进入这一层的量。",
        "dense/bias-gradient-missing": "偏置没有梯度，因此永远停在初始值。",
        "dense/error-passed-unchanged": "误差原样传回输入，好像这一层没有权重。",
        "dense/bias-of-last-sample": "偏置的梯度只是最后一个样本的；其他样本的没有加上。",
        "dense/bias-not-summed": "偏置的梯度对每个样本各有一列：没有对批量求和。",
        "dense/bias-over-units": "偏置的梯度沿错误的方向求和：对单元求和，结果每个样本一个数。",
        "dense/bias-averaged": "偏置的梯度对批量取了平均，而权重的梯度是求和。",
        "dense/averaged-twice": "这里又把梯度除以样本数，而损失本身已经是平均值：1/m 出现了两次。",
        "dense/assigned-not-accumulated": "每个样本的梯度覆盖了前一个样本的，而不是累加；只剩下最后一个。",
        "dense/last-sample-left-out": "对样本的循环少了一次：缺少最后一个样本的梯度。",
        "dense/gradients-not-reset": "梯度加到了上一个批量的梯度上，因为两次之间没有清零。",
      },
    },
    {
      question: "tanh",
      answers: ofActivation(tanh),
      mutations: {
        "tanh/square-forgotten": "导数中从 1 里减去的输出没有平方。",
        "tanh/output-formula-at-input": "用输出表示的导数公式里代入的是输入。",
      },
    },
    { question: "tanh", answers: ofElementwise(tanh), mutations: elementwiseSlips },
    {
      question: "relu",
      answers: ofActivation(relu),
      mutations: { "relu/one-at-zero": "在没有导数的 0 处取了 1；本项目、笔记和 TensorFlow 都取 0。" },
    },
    { question: "relu", answers: ofElementwise(relu), mutations: elementwiseSlips },
    {
      question: "gelu",
      answers: ofActivation(gelu),
      mutations: {
        "gelu/product-rule-forgotten": "乘积中只对一个因子求了导，缺少另一项。",
        "gelu/derivative-of-approximation": "函数是精确的 GELU，导数却是它的 tanh 近似的导数。",
        "gelu/sigmoid-approximation": "函数与导数彼此一致，但属于 sigmoid 近似，而不是 GELU。",
      },
    },
    { question: "gelu", answers: ofElementwise(gelu), mutations: elementwiseSlips },
    {
      question: "serial",
      answers: serialAnswer,
      mutations: {
        "serial/activation-of-next-layer": "差了一层：一层的权重用到的是这一层之后的激活，而不是之前的。",
        "serial/weights-of-layer-before": "差了一层：误差是通过前一层的权重传回去的。",
        "serial/weights-already-updated":
          "误差传回之前每层的权重已经更新：前一层得到的是另一组权重下的误差。",
        "serial/first-layer-first": "反向按前向的顺序访问各层，从第一层到最后一层。",
        "serial/activation-skipped": "误差穿过隐藏层的激活时没有乘它的导数。",
        "serial/same-error-everywhere": "每一层得到的都是输出的误差；误差没有逐层传回。",
        "serial/depth-from-elsewhere": "层数来自外部为较浅网络设置的变量：最前面的层没有梯度。",
      },
    },
  ],
  own: [
    inDense(
      "weights-averaged",
      "The gradient of the weights is averaged over the batch where that of the bias is summed; 1/m stands in the loss already.",
      "权重的梯度对批量取了平均，而偏置的梯度是求和；1/m 已经在损失里了。",
      changedDense(({ weights, bias }, m) => ({ weights: scale(weights, 1 / m), bias })),
    ),
    inDense(
      "gradients-reversed",
      "The gradients of weights and bias have the wrong sign: descent would go uphill.",
      "权重和偏置的梯度符号反了：梯度下降会往上走。",
      changedDense(({ weights, bias }) => ({ weights: scale(weights, -1), bias: scale(bias, -1) })),
    ),
    inJacobian(
      "diagonal",
      "Softmax is treated as if each output depended on its own logit alone: the terms off the diagonal are missing.",
      "把 softmax 当作每个输出只依赖自己的 logit：缺少对角线以外的项。",
      (z) => mapEntries(softmaxJacobian(z), (x, i, j) => (i === j ? x : 0)),
    ),
    inJacobian(
      "off-diagonal-sign",
      "The terms off the diagonal have the wrong sign: a larger logit takes probability from the others.",
      "对角线以外的项符号错了：一个 logit 变大会从其他类别夺走概率。",
      (z) => mapEntries(softmaxJacobian(z), (x, i, j) => (i === j ? x : -x)),
    ),
  ],
  right: { softmaxJacobian: () => [softmaxJacobian], rings: () => [trainOnRings] },
};
