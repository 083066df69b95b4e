import { a1Slips } from "./a1";
import { a2Slips } from "./a2";
import { a3Slips } from "./a3";
import { a4Slips } from "./a4";
import { a5Slips } from "./a5";
import type { SlipSheet } from "./slip-sheet";

/** The sheets of all assignments. */
export const sheets: readonly SlipSheet[] = [a1Slips, a2Slips, a3Slips, a4Slips, a5Slips];
