import { note004Backward } from "./note-004-backward";
import { note004Decomposition } from "./note-004-decomposition";
import { note004LinearUnits } from "./note-004-linear-units";
import { note004Mlp } from "./note-004-mlp";
import { note004Programs } from "./note-004-programs";
import { note004Training } from "./note-004-training";
import type { Rule } from "./rules";

/** Note 004: the long course. */
export const note004: readonly Rule[] = [
  ...note004LinearUnits,
  ...note004Mlp,
  ...note004Backward,
  ...note004Programs,
  ...note004Decomposition,
  ...note004Training,
];
