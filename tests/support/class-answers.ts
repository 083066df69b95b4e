// What students of a class write: right, wrong, broken, hostile; small, so that many can be graded.

/** The right answers. */
export const squared = "function squared(x: number) {\n  return x * x;\n}";
export const scaled = "function scaled(A: Matrix, c: number) {\n  return scale(A, c);\n}";

/** Answers to the first question, with what they earn: x² for positive numbers, for negative ones. */
const squares: Readonly<Record<string, readonly [source: string, value: number, negative: number]>> = {
  right: [squared, 2, 1],
  helper: [
    "const times = (a: number, b: number) => a * b;\nfunction squared(x: number) {\n  return times(x, x);\n}",
    2,
    1,
  ],
  positive: ["function squared(x: number) {\n  return x * Math.abs(x);\n}", 2, 0],
  wrong: ["function squared(x: number) {\n  return 2 * x;\n}", 0, 0],
  rounded: ["function squared(x: number) {\n  return Math.round(x * x * 1e6) / 1e6;\n}", 0, 0],
  unanswered: ['function squared() {\n  throw new Error("squared is yours to write");\n}', 0, 0],
  syntax: ["function squared(x: number) {\n  return x *;\n}", 0, 0],
  types: ['function squared(x: number): number {\n  return "x";\n}', 0, 0],
  ends: ["function squared() {\n  process.exit(0);\n}", 0, 0],
  forges: [`${squared}\nrequire("node:fs").writeSync(4, '{"values":[1]}\\n');`, 0, 0],
  recursion: ["function squared(x: number): number {\n  return squared(x) + 1;\n}", 0, 0],
  patches: [`JSON.stringify = () => "{}";\n${squared}`, 0, 0],
  nothing: ["const unrelated = 1;", 0, 0],
};

const code = (source: string, gradeId: string) => ({
  cell_type: "code",
  id: gradeId,
  source,
  metadata: { nbgrader: { grade_id: gradeId } },
});

/** A notebook of answers. */
export const notebook = (...answers: readonly string[]): string =>
  JSON.stringify({
    cells: [code("for (;;);", "imports"), ...answers.map((source, k) => code(source, `answer-${k}`))],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

/** A submission, and the points that it earns. */
export interface Example {
  readonly text: string;
  readonly points: readonly [squared: number, scaled: number];
}

/** So many submissions, no two of them the same: each kind of answer in turn, and now and then a damaged file. */
export function examples(count: number): Example[] {
  const kinds = Object.values(squares);
  return Array.from({ length: count }, (_, k) => {
    if (k % 20 === 19) return { text: notebook(squared, scaled).slice(0, 200 + k), points: [0, 0] };
    const [source, value, negative] = kinds[k % kinds.length];
    return { text: notebook(`${source}\n// ${k}`, scaled), points: [value + negative, 2] };
  });
}
