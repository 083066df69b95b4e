import type { SubmissionMark } from "../mark/grade-submission";

/** What a teacher adds by hand; a re-grade keeps it. */
export interface Manual {
  readonly comment?: string;
  /** Instead of the days that the submission is late by its time. */
  readonly lateDays?: number;
  /** By part's id; points stand instead of what was earned. */
  readonly parts?: Readonly<Record<string, { readonly points?: number; readonly comment?: string }>>;
}

/** A student's mark for an assignment: what was computed and what was added by hand. */
export interface StudentMark {
  readonly student: string;
  readonly assignment: string;
  readonly mark: SubmissionMark;
  readonly manual: Manual;
  readonly lateDays: number;
  /** After manual points and late days. */
  readonly total: number;
  readonly maximum: number;
}
