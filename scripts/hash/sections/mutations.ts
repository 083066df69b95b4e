import { canonicalText, marginOf } from "../../../lib/mutations/digest";
import { mutations } from "../../../lib/mutations/mutations";
import { outputsOf } from "../../../lib/mutations/outputs";
import { subjects } from "../../../lib/mutations/subjects";
import type { Note } from "../recorder";

/** Everything that the right things and all their mutations compute, and what they are recognised by. */
export function mutationsSection(note: Note): void {
  for (const [name, subject] of Object.entries(subjects)) {
    const outputs = outputsOf(subject, (right) => right);
    note(`right ${name}`, [outputs, canonicalText(outputs), marginOf(outputs)]);
  }
  for (const { id, subject, make } of mutations) note(id, outputsOf(subject, make));
}
