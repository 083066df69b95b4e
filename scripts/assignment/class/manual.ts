import { problemsIn, readByHand } from "./by-hand";
import type { Manual } from "./student-mark";

/** What teachers added by hand for an assignment, by student. */
export type Manuals = Readonly<Record<string, Manual>>;

const words = { type: "string" };

const schema = {
  type: "object",
  additionalProperties: {
    type: "object",
    additionalProperties: false,
    properties: {
      comment: words,
      lateDays: { type: "number", minimum: 0 },
      parts: {
        type: "object",
        additionalProperties: {
          type: "object",
          additionalProperties: false,
          properties: { points: { type: "number", minimum: 0 }, comment: words },
        },
      },
    },
  },
};

/**
 * Reads manual/A3.json, `{ "anna": { "comment": "…", "lateDays": 1, "parts": { "dense": { "points": 2 } } } }`.
 * @param maxima the points of each part
 * @throws BadInput naming what is wrong in it, and where
 */
export function readManuals(file: string, maxima: Readonly<Record<string, number>>): Manuals {
  const manuals = readByHand<Manuals>(file, schema, {});
  const problems = Object.entries(manuals).flatMap(([student, { parts = {} }]) =>
    Object.entries(parts).flatMap(([part, { points = 0 }]) => {
      const place = `${student}.parts.${part}`;
      if (!Object.hasOwn(maxima, part))
        return [`${place}: there is no such part (there are ${Object.keys(maxima).join(", ")})`];
      return points > maxima[part]
        ? [`${place}.points: ${points} is more than the part's ${maxima[part]}`]
        : [];
    }),
  );
  if (problems.length > 0) throw problemsIn(file, problems);
  return manuals;
}

/** A student's entry; none is an empty one. */
export const manualOf = (manuals: Manuals, student: string): Manual =>
  Object.hasOwn(manuals, student) ? manuals[student] : {};
