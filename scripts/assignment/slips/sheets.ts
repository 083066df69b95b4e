import { a3Slips } from "./a3";
import type { SlipSheet } from "./slip-sheet";

/** The sheets of all assignments. */
export const sheets: readonly SlipSheet[] = [a3Slips];
