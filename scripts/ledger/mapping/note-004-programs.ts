import { excluded, judged, type Rule } from "./rules";

const axis = /axis=\d|dim=\d|shape\[\d|size\(\d|range\(\d|, ?1\)\)$|epochs ?\+|max\(axis|print|:\.\d|:0\d/;

/** Lines 359 to 561: the rings in NumPy, which notebook 12 runs, and MNIST in PyTorch, which notebook 13 runs. */
export const note004Programs: readonly Rule[] = [
  excluded([365, 556], "syntax", { role: ["code"], context: axis }),
  excluded([365, 476], "given", { role: ["code"] }),
  judged(477, ["004/backward-9A/above-95"]),
  excluded(481, "given"),
  excluded([485, 556], "given", { role: ["code"] }),
  judged(557, ["004/backward-9B/accuracy"]),
];
