import { note000 } from "./note-000";
import { note001 } from "./note-001";
import { note002 } from "./note-002";
import { note003 } from "./note-003";
import { note004 } from "./note-004";
import type { Rule } from "./rules";

/** The rules of each note; in each the first that fits decides. */
export const mapping: { readonly [note: string]: readonly Rule[] } = {
  "000": note000,
  "001": note001,
  "002": note002,
  "003": note003,
  "004": note004,
};
