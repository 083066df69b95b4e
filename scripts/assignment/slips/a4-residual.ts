import type { ResidualBackward, ResidualForward } from "../../../lib/assignment/cases/residual";
import { residual } from "../../../lib/layers/residual";
import { add, hadamard, type Matrix, scale } from "../../../lib/matrix";
import { ownSlip } from "./own-slip";
import type { OwnSlip } from "./slip-sheet";

const equations = "K. He, X. Zhang, S. Ren, J. Sun, CVPR (2016) 770, equations 1 and 2";

/** The forward that puts together the two outputs, and A, in another way than as a sum of the outputs. */
const joined =
  (join: (F: Matrix, P: Matrix, A: Matrix) => Matrix): ResidualForward =>
  (branch, shortcut, params, A) => {
    const F = branch.forward(params.branch, A);
    const P = shortcut.forward(params.shortcut, A);
    return { output: join(F.output, P.output, A), cache: { branch: F.cache, shortcut: P.cache } };
  };

/** Branch and shortcut get half of the error each. */
const half: ResidualBackward = (branch, shortcut, params, cache, dY) =>
  residual(branch, shortcut).backward(params, cache, scale(dY, 0.5));

const ofForward = ownSlip("residualForward", equations);
const ofBackward = ownSlip("residualBackward", equations);

/** Mistakes in residual blocks of which lib has no mutation. */
export const residualOwn: readonly OwnSlip[] = [
  ofForward(
    "shortcut-forgotten",
    "The output is the branch's alone: the way around it is missing.",
    "输出只有分支的：缺少绕过它的捷径。",
    joined((F) => F),
  ),
  ofForward(
    "paths-averaged",
    "The two outputs are averaged; they are added.",
    "两个输出取了平均；它们应当相加。",
    joined((F, P) => scale(add(F, P), 0.5)),
  ),
  ofForward(
    "paths-multiplied",
    "The two outputs are multiplied entry by entry; they are added.",
    "两个输出逐元素相乘了；它们应当相加。",
    joined((F, P) => hadamard(F, P)),
  ),
  ofForward(
    "input-not-projected",
    "The input itself is added to the branch's output, as if every shortcut were the identity.",
    "加到分支输出上的是输入本身，好像每条捷径都是恒等映射。",
    joined((F, _P, A) => add(F, A)),
  ),
  ofBackward(
    "error-halved",
    "Each of the two layers gets half of the error; a sum hands all of it to both.",
    "两个层各得到一半的误差；求和会把全部误差交给每一个。",
    half,
  ),
];
