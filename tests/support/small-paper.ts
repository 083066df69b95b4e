// A paper of two parts, small enough to be graded at once, and the notebook that it is given out as.

import { given } from "../../scripts/assignment/mark/arguments";
import type { Paper } from "../../scripts/assignment/mark/grade-submission";
import type { Part } from "../../scripts/assignment/mark/part";

const double: Part = {
  id: "double",
  title: "the double",
  answers: ["double"],
  aspects: [
    { id: "positive", title: "2x for x > 0", points: 2 },
    { id: "negative", title: "2x for x < 0", points: 1 },
  ],
  async examine(exam) {
    for (const [aspect, x] of [
      ["positive", 3.5],
      ["negative", -2.25],
    ] as const)
      await exam.attempt([aspect], async () => {
        const [y] = await exam.call("double", [given(x)]);
        exam.expect(aspect, `double(${x})`, y, 2 * x);
      });
  },
};

const square: Part = {
  id: "square",
  title: "the square",
  answers: ["square"],
  aspects: [{ id: "value", title: "x²", points: 2.5 }],
  async examine(exam) {
    const [y] = await exam.call("square", [given(3)]);
    exam.expect("value", "square(3)", y, 9);
  },
};

const givenSource = "const two = 2;";

export const smallPaper: Paper = {
  id: "S1",
  parts: [double, square],
  givenCells: [{ name: "given", gradeId: "given", source: givenSource }],
};

/** As an assignment is named in a course. */
export const smallAssignment = { id: "S1", notebook: "S1-small", parts: smallPaper.parts };

interface Grading {
  readonly grade?: boolean;
  readonly solution?: boolean;
  readonly locked?: boolean;
  readonly points?: number;
}

export const markdownCell = (id: string, source: string) => ({
  cell_type: "markdown",
  id,
  metadata: {},
  source,
});

export const codeCell = (source: string, id?: string, grading: Grading = {}) => ({
  cell_type: "code",
  id: id ?? "cell",
  metadata: id
    ? {
        nbgrader: {
          schema_version: 3,
          grade_id: id,
          grade: false,
          solution: false,
          locked: false,
          task: false,
          ...grading,
        },
      }
    : {},
  execution_count: null,
  outputs: [],
  source,
});

export const notebookOf = (cells: readonly object[]) => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" },
    language_info: { name: "typescript" },
  },
  cells,
});

const answer = (name: string, returns: string) =>
  `function ${name}(x: number): number {\n  // BEGIN SOLUTION\n  return ${returns};\n  // END SOLUTION\n  throw new Error("${name} is yours to write");\n}`;

const check = (name: string) =>
  `check("${name}", ${name});\n// BEGIN HIDDEN TESTS\nhiddenTestOf("${name}");\n// END HIDDEN TESTS`;

/** The source notebook, with answers and hidden tests. */
export const smallSource = notebookOf([
  markdownCell("title", "# Doubles and squares\n\nWrite $y = 2x$ and\n\n$$y = \\sum_{k=1}^{x} (2k - 1)$$"),
  codeCell(givenSource, "given", { locked: true }),
  codeCell(answer("double", "two * x"), "double", { solution: true }),
  codeCell(check("double"), "check-double", { grade: true, locked: true, points: 3 }),
  codeCell(answer("square", "x * x"), "square", { solution: true }),
  codeCell(check("square"), "check-square", { grade: true, locked: true, points: 2.5 }),
]);

export const rightDouble = "function double(x: number): number {\n  return two * x;\n}";
export const rightSquare = "function square(x: number): number {\n  return x * x;\n}";

/** What a student handed in, with these answers in their cells. */
export const handedIn = (doubleSource: string, squareSource: string) =>
  notebookOf([
    codeCell(givenSource, "given", { locked: true }),
    codeCell(doubleSource, "double", { solution: true }),
    codeCell('check("double", double);', "check-double", { grade: true, locked: true, points: 3 }),
    codeCell(squareSource, "square", { solution: true }),
    codeCell('check("square", square);', "check-square", { grade: true, locked: true, points: 2.5 }),
  ]);
