import { relu, tanh } from "../../activations";
import { gelu } from "../../activations/gelu";
import {
  type ActivationBackward,
  chainCase,
  type DenseBackward,
  denseCase,
  genericCase,
  jacobianCase,
  reluAtZero,
  type SerialBackward,
  type SoftmaxJacobian,
} from "../cases/layers";
import { firstStep, learned, type TrainOnRings } from "../cases/rings";
import type { Question } from "../question";

const layersOfNote = 'note 004, "Local sensitivity of other layers"';

/** The questions of A3: the layers. */
export const questions = {
  dense: {
    subject: "denseBackward",
    equation: "dW = Δ Aᵀ, db = Δ 1, dA = Wᵀ Δ with Δ = ∂E/∂Z",
    read: `${layersOfNote}: the fully connected layer`,
    hints: {
      en: [
        "Every gradient has the shape of what it belongs to: dW that of W, db that of b, dA that of A. Which products of Δ, A and W have these shapes?",
        "A weight wᵢⱼ meets every sample: its gradient is a sum over samples of the error behind it times the input before it.",
        "The bias is added to every sample, so its gradient is the sum of Δ over the columns; 1/m stands in the loss and nowhere here.",
      ],
      zh: [
        "每个梯度的形状与它所属的量相同：dW 同 W，db 同 b，dA 同 A。Δ、A、W 的哪些乘积具有这些形状？",
        "权重 wᵢⱼ 遇到每一个样本：它的梯度是对样本求和，每一项是它后面的误差乘以它前面的输入。",
        "偏置加在每个样本上，所以它的梯度是 Δ 按列求和；1/m 只出现在损失里，不出现在这里。",
      ],
    },
    cases: [denseCase(3, 2, 5), denseCase(4, 4, 3), denseCase(3, 2, 1)],
  } satisfies Question<[DenseBackward]>,

  tanh: {
    subject: "tanhBackward",
    equation: "dZ = dA ⊙ (1 − tanh² Z)",
    read: `${layersOfNote}: the derivatives of the activations`,
    hints: {
      en: [
        "Each entry depends on its own z alone, so the Jacobian is diagonal and backward is a product entry by entry.",
        "The derivative of tanh can be written with tanh itself; take it at Z, which is the input of the activation.",
      ],
      zh: [
        "每个元素只依赖于它自己的 z，所以雅可比矩阵是对角的，反向就是逐元素相乘。",
        "tanh 的导数可以用 tanh 本身表示；在激活函数的输入 Z 处取值。",
      ],
    },
    cases: [genericCase(tanh)],
  } satisfies Question<[ActivationBackward]>,

  relu: {
    subject: "reluBackward",
    equation: "dZ = dA where Z > 0, else 0",
    read: `${layersOfNote}: the derivatives of the activations`,
    hints: {
      en: [
        "Where ReLU lets z through, it lets the error through unchanged; elsewhere nothing comes back.",
        "At z = 0 there is no derivative; take 0, as the notes, PyTorch and TensorFlow do.",
      ],
      zh: [
        "ReLU 放行 z 的地方，误差原样通过；其余地方没有误差返回。",
        "z = 0 处没有导数；按笔记、PyTorch 和 TensorFlow 的约定取 0。",
      ],
    },
    cases: [genericCase(relu), reluAtZero],
  } satisfies Question<[ActivationBackward]>,

  gelu: {
    subject: "geluBackward",
    equation: "dZ = dA ⊙ (Φ(Z) + Z ⊙ φ(Z)), Φ and φ those of the standard normal distribution",
    read: "D. Hendrycks, K. Gimpel, arXiv:1606.08415, section 2",
    hints: {
      en: [
        "GELU is a product of two functions of z, so its derivative has two terms.",
        "The derivative of Φ is the density φ(z) = exp(−z²/2)/√(2π). For large |z| take Φ by erfc, which keeps its digits.",
      ],
      zh: [
        "GELU 是 z 的两个函数的乘积，所以导数有两项。",
        "Φ 的导数是密度 φ(z) = exp(−z²/2)/√(2π)。|z| 很大时用 erfc 求 Φ，才能保住有效数字。",
      ],
    },
    cases: [genericCase(gelu)],
  } satisfies Question<[ActivationBackward]>,

  softmaxJacobian: {
    subject: "softmaxJacobian",
    equation: "∂aᵢ/∂zⱼ = aᵢ (1[i = j] − aⱼ)",
    read: 'note 004, "Local sensitivity of other layers": softmax',
    hints: {
      en: [
        "Every output depends on every logit through the sum in the denominator: the matrix is full, not diagonal.",
        "Its rows and columns sum to 0, and it is symmetric: two tests that need no formula.",
      ],
      zh: [
        "每个输出都通过分母中的和依赖于每个 logit：矩阵是满的，不是对角的。",
        "它的每行、每列之和为 0，并且是对称的：这两个检验不需要任何公式。",
      ],
    },
    cases: [jacobianCase(3, 0), jacobianCase(5, 0), jacobianCase(3, 1000)],
  } satisfies Question<[SoftmaxJacobian]>,

  serial: {
    subject: "serialBackward",
    equation: "Δ⁽ˡ⁻¹⁾ = what layer l returns as dInput for Δ⁽ˡ⁾, from the last layer to the first",
    read: 'note 004, "The core idea of the backward computation"',
    hints: {
      en: [
        "Each layer knows its own backward. What it needs from the others is only ∂E/∂ of its own output.",
        "That is the dInput of the layer after it; of the last layer it is dOutput. So in which order are the layers asked?",
        "Layer l is asked with its own params[l] and caches[l]; its gradients have the same place in the list.",
      ],
      zh: [
        "每一层都知道自己的反向。它只需要从别处得到误差对自己输出的导数。",
        "那就是后一层的 dInput；对最后一层则是 dOutput。那么应按什么顺序询问各层？",
        "询问第 l 层时用它自己的 params[l] 和 caches[l]；它的梯度放在列表的同一位置。",
      ],
    },
    cases: [chainCase(3, 4), chainCase(3, 1)],
  } satisfies Question<[SerialBackward]>,

  rings: {
    subject: "trainOnRings",
    equation: "θ ← θ − ∂E/∂θ, by denseBackward, tanhBackward and serialBackward",
    read: 'note 004, experiment 1 ("实验1:二维平面点分类")',
    hints: {
      en: [
        "There is nothing to write here: the training runs on denseBackward, tanhBackward and serialBackward. Check those first.",
        "If each of them holds by itself, look at what they keep between calls: they must be functions of their arguments alone.",
      ],
      zh: [
        "这里没有要写的代码：训练用的是 denseBackward、tanhBackward 和 serialBackward。先检查它们。",
        "如果它们各自都正确，再看它们在两次调用之间保存了什么：结果只能由参数决定。",
      ],
    },
    cases: [firstStep, learned],
  } satisfies Question<[TrainOnRings]>,
};
