// What of lib no section names, and why. A name ending in / is a folder; after a # stands one export of a file.

/** One reason, and what it is true of. */
export interface Exception {
  readonly reason: string;
  readonly of: readonly string[];
}

/** A test checks that every other export of lib is named by a section, and that nothing here is superfluous. */
export const exceptions: readonly Exception[] = [
  {
    reason: "asks TensorFlow, whose digits vary by machine",
    of: [
      "gradients/autograd.ts",
      "gradients/tensorflow.ts",
      "gradients/tensorflow-activations.ts",
      "gradients/tensorflow-forms.ts",
      "gradients/tensorflow-losses.ts",
    ],
  },
  {
    reason: "asks mathjs, which computes with the engine's own functions",
    of: [
      "gradients/symbolic.ts",
      "gradients/symbolic-forms.ts",
      "gradients/symbolic-layer.ts",
      "gradients/symbolic-losses.ts",
      "gradients/symbolic-rows.ts",
      "printed-entries.ts",
    ],
  },
  {
    reason: "asks both of them among others; what the others say is in the section gradients",
    of: [
      "gradients/check-layer.ts",
      "gradients/testimony.ts",
      "mutations/checks/",
      "mutations/compute-matrix.ts",
    ],
  },
  {
    reason: "reads a file, which a page in a browser has not, and compares it with a committed checksum",
    of: [
      "datasets/files.ts",
      "datasets/iris.ts",
      "datasets/mnist.ts",
      "mutations/matrix.ts",
      "mutations/recognition.ts",
    ],
  },
  { reason: "a list of citations", of: ["sources.ts"] },
  { reason: "shows things in Jupyter", of: ["notebook.ts", "notebook/"] },
  {
    reason: "draws by plotly.js in jsdom; the notebooks' outputs hold the drawings and are compared",
    of: [
      "figures/svg.ts",
      "figures/svg-boxes.ts",
      "figures/svg-font.ts",
      "figures/svg-geometry.ts",
      "figures/svg-tidy.ts",
      "figures/svg-window.ts",
    ],
  },
  {
    reason: "a part of figures, which the section computes whole",
    of: [
      "figures/decision-area.ts",
      "figures/decision-lines.ts",
      "figures/figure.ts",
      "figures/graph-edges.ts",
      "figures/graph-layers.ts",
      "figures/graph-layout.ts",
      "figures/graph-nodes.ts",
      "figures/heatmap.ts#namesOf",
      "figures/network-edges.ts",
      "figures/network-layout.ts",
      "figures/theme.ts",
    ],
  },
  {
    reason: "memory and threads, through which all operations of the core go",
    of: [
      "kernels/arena.ts",
      "kernels/blocks.ts",
      "kernels/region.ts#regionOf",
      "kernels/steps.ts",
      "kernels/threads.ts",
      "kernels/wasm.ts",
    ],
  },
  {
    reason: "checks what it is given and computes nothing",
    of: [
      "check-data.ts",
      "gradients/no-counterpart.ts",
      "kernels/arrays.ts#columnOf",
      "kernels/operands.ts",
      "layer.ts#expectInput",
      "layer.ts#expectShape",
      "linear-units/unit.ts#checkSettings",
      "linear-units/unit.ts#checkUnit",
      "losses/class-weights.ts",
      "losses/targets.ts#checkDistributions",
      "losses/targets.ts#checkTargets",
      "optimizers/settings.ts#expectBelow",
      "optimizers/settings.ts#expectBetween",
      "random/arguments.ts#expectBounds",
      "random/arguments.ts#expectChoice",
      "random/arguments.ts#expectCount",
      "random/arguments.ts#expectInterval",
      "random/arguments.ts#expectNormal",
      "samplers/cut.ts#checkBatches",
      "schedules/checks.ts",
      "training/order.ts#expectBatches",
      "training/order.ts#expectIndices",
      "training/order.ts#noRandom",
    ],
  },
  {
    reason:
      "mutations of one family, or what they are made of; the section computes all that are in the list",
    of: [
      "mutations/activations.ts",
      "mutations/adaptive.ts",
      "mutations/batch-norm.ts",
      "mutations/batching.ts",
      "mutations/changes.ts",
      "mutations/composition.ts",
      "mutations/dense.ts",
      "mutations/dropout.ts",
      "mutations/elementwise.ts",
      "mutations/entrywise.ts",
      "mutations/initializers.ts",
      "mutations/layer-norm.ts",
      "mutations/losses.ts",
      "mutations/momentum.ts",
      "mutations/mutation.ts",
      "mutations/mutations.ts#mutationOf",
      "mutations/outputs.ts#layerOutputs",
      "mutations/points.ts",
      "mutations/residual.ts",
      "mutations/schedules.ts",
      "mutations/softmax.ts",
      "mutations/tuned-optimizers.ts",
    ],
  },
  {
    reason: "compares outputs that the section has, or hashes them by Node's own SHA-256",
    of: ["mutations/diagnosis.ts", "mutations/digest.ts#digestOf", "mutations/digest.ts#unitOf"],
  },
];
