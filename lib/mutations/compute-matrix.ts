import { verdictOf } from "./checks/check";
import { checks } from "./checks/checks";
import { digestOf } from "./digest";
import type { MatrixRow, MutationMatrix } from "./matrix";
import type { Mutation } from "./mutation";
import { mutations } from "./mutations";
import { outputsOf } from "./outputs";

/**
 * The row of a mutation, computed: it runs every check.
 * @example
 * import { mutationOf } from "./mutations"
 * const row = matrixRow(mutationOf("stepDecay/one-step-early"))
 * row.passes // ["shapes", "falling loss", "one sample or step", "properties"]
 * row.caughtBy // ["loose tolerance", "reference"]
 */
export function matrixRow(mutation: Mutation): MatrixRow {
  const { id, family, shows, wrong, read, subject, make } = mutation;
  const verdicts = checks.map((check) => ({ name: check.name, verdict: verdictOf(check, subject, make) }));
  const names = (wanted: string) =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ name }) => name);
  return {
    id,
    family,
    subject: subject.id,
    shows,
    wrong,
    read,
    caughtBy: names("caught"),
    passes: names("passes"),
    digest: digestOf(outputsOf(subject, make)),
  };
}

/**
 * The whole matrix, computed; it takes seconds.
 * @example
 * mutationMatrix([]).checks[0].name // "shapes"
 */
export function mutationMatrix(rows: readonly Mutation[] = mutations): MutationMatrix {
  return {
    checks: checks.map(({ name, strength, what }) => ({ name, strength, what })),
    mutations: rows.map(matrixRow),
  };
}
