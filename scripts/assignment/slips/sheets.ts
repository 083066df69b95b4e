import { a2Slips } from "./a2";
import { a3Slips } from "./a3";
import { a4Slips } from "./a4";
import type { SlipSheet } from "./slip-sheet";

/** The sheets of all assignments. */
export const sheets: readonly SlipSheet[] = [a2Slips, a3Slips, a4Slips];
