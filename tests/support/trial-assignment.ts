// A small assignment of the tests' own, so that what an edition is does not hang on the course's notebooks.
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { EditionOf } from "../../scripts/assignment/release/edition";

const imports = `import { openAssignment } from "./lib/assignment";
import { questions } from "./lib/assignment/questions/a3";
import { unanswered } from "./lib/assignment/unanswered";
import { lossCurve } from "./lib/figures/loss-curve";
import { type DenseParams, dense } from "./lib/layers";
import { type Matrix, multiplyTransposeLeft, multiplyTransposeRight, rowSums } from "./lib/matrix";
import { fromData } from "./lib/matrix";
import * as activations from "./lib/activations";
import { softmax } from "./lib/activations";`;

const open = `const { dense: denseQuestion, softmaxJacobian: jacobianQuestion } = questions;
const assignment = openAssignment("A3", { dense: denseQuestion, softmaxJacobian: jacobianQuestion });`;

const denseStub = `function denseBackward(
  params: DenseParams,
  cache: { readonly A: Matrix },
  dZ: Matrix,
): { gradients: DenseParams; dInput: Matrix } {
  // BEGIN SOLUTION
  const { rows, cols } = params.weights;
  return dense(cols, rows).backward(params, cache, dZ);
  // END SOLUTION
  throw unanswered("denseBackward", "dW = Δ Aᵀ, db = Δ 1, dA = Wᵀ Δ");
}`;

const jacobianStub = `function softmaxJacobian(z: Matrix): Matrix {
  // BEGIN SOLUTION
  return activations.softmaxJacobian(z);
  // END SOLUTION
  throw unanswered("softmaxJacobian", "∂aᵢ/∂zⱼ = aᵢ (1[i = j] − aⱼ)");
}`;

/** Answers as a student may write them, by the cells that they belong into. */
export const answers = {
  "dense-backward": `function denseBackward(params: DenseParams, { A }: { readonly A: Matrix }, dZ: Matrix) {
  const gradients = { weights: multiplyTransposeRight(dZ, A), bias: rowSums(dZ) };
  return { gradients, dInput: multiplyTransposeLeft(params.weights, dZ) };
}`,
  "softmax-jacobian": `function softmaxJacobian(z: Matrix): Matrix {
  const { data: a } = softmax(z);
  const n = z.rows;
  const J = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) J[n * i + j] = i === j ? a[i] * (1 - a[i]) : -a[i] * a[j];
  return fromData(n, n, J);
}`,
};

interface Grading {
  readonly solution?: boolean;
  readonly points?: number;
}

/** A code cell with what nbgrader keeps of it. */
function cell(gradeId: string, source: string, { solution = false, points }: Grading = {}) {
  return {
    cell_type: "code",
    id: gradeId,
    execution_count: 7,
    metadata: {
      nbgrader: {
        schema_version: 3,
        grade_id: gradeId,
        grade: points !== undefined,
        solution,
        locked: !solution,
        task: false,
        ...(points === undefined ? {} : { points }),
      },
    },
    outputs: [{ output_type: "stream", name: "stdout", text: ["what the teacher saw\n"] }],
    source: source.split(/(?<=\n)/),
  };
}

const hidden = (test: string) => `\n// BEGIN HIDDEN TESTS\n${test}\n// END HIDDEN TESTS`;

/** Writes the source notebook into a folder and gives the assignment. */
export function trialAssignment(folder: string): EditionOf {
  const cells = [
    { cell_type: "markdown", id: "title", metadata: {}, source: ["# A trial"] },
    cell("imports", imports),
    cell("open", open),
    cell("dense-backward", denseStub, { solution: true }),
    cell("check-dense", `assignment.check("dense", denseBackward);${hidden("const secretTest = 1;")}`, {
      points: 5,
    }),
    cell("softmax-jacobian", jacobianStub, { solution: true }),
    cell("check-jacobian", 'assignment.check("softmaxJacobian", softmaxJacobian);', { points: 3 }),
    cell("figure", "assignment.figure(lossCurve([0.9, 0.5, 0.25]));"),
  ];
  const metadata = { backpropagation: { summary: { en: "what the collection says" } } };
  const notebook = path.join(folder, "A3-trial.ipynb");
  writeFileSync(notebook, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  return {
    id: "A3",
    title: "A trial",
    notebook: notebook.replace(/\.ipynb$/, ""),
    asked: {
      "layers.ts": [{ name: "dense.backward", equation: "dW = Δ Aᵀ, db = Δ 1, dA = Wᵀ Δ" }],
      "activations.ts": [
        { name: "softmaxJacobian", equation: "∂aᵢ/∂zⱼ = aᵢ (1[i = j] − aⱼ)" },
        { name: "elementwiseActivation.backward", equation: "dZ = dA ⊙ φ′(Z)" },
        { name: "elementwiseActivation.derivative", equation: "φ′(z)" },
        { name: "elementwiseActivation.derivativeAt", equation: "φ′(Z)" },
      ],
    },
    gives: ["losses.ts softmaxCrossEntropy.backward"],
    packages: [],
  };
}

/** What another assignment of the same course asks for. */
export const otherAssignment = {
  id: "A9",
  notebook: "A9-other",
  asked: {
    "losses.ts": [
      { name: "softmaxCrossEntropy.backward", equation: "∂E/∂Z = (A − T)/m" },
      { name: "meanSquaredError.backward", equation: "∂E/∂Y = (Y − T)/m" },
    ],
    "optimizers.ts": [
      { name: "sgd.update", equation: "θ ← θ − α ∇E" },
      { name: "adam.update", equation: "Kingma and Ba 2015, algorithm 1" },
    ],
  },
  gives: [],
};
