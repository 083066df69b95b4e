// A small assignment and its class, for the tests. Run by itself it grades in a process of its own, so that a test can
// end it: assignment-class-driver.ts '<folder, options and places as JSON>'.
import path from "node:path";
import { fromData, scale } from "../lib/matrix";
import type { Assignment } from "../scripts/assignment/assignments/assignment";
import { type GradeOptions, grade } from "../scripts/assignment/class/grade";
import type { Prepared } from "../scripts/assignment/class/prepare";
import { given } from "../scripts/assignment/mark/arguments";
import { prepareInside } from "../scripts/assignment/mark/inside";
import type { Part } from "../scripts/assignment/mark/part";

/** x² for 2 points and its sign for another; a matrix times a number for 2. */
const parts: readonly Part[] = [
  {
    id: "squared",
    title: "the square",
    answers: ["squared"],
    aspects: [
      { id: "value", title: "x²", points: 2 },
      { id: "negative", title: "of negative numbers", points: 1 },
    ],
    async examine(exam) {
      for (const [aspect, sign] of [
        ["value", 1],
        ["negative", -1],
      ] as const) {
        const x = sign * (1 + exam.random.uniform());
        const [value] = await exam.call("squared", [given(x)]);
        exam.expect(aspect, `squared(${x})`, value, x * x);
      }
    },
  },
  {
    id: "scaled",
    title: "the multiple",
    answers: ["scaled"],
    aspects: [{ id: "value", title: "c A", points: 2 }],
    async examine(exam) {
      const A = fromData(2, 3, exam.random.normals(6));
      const [value] = await exam.call("scaled", [given(A), given(3)]);
      exam.expect("value", "scaled(A, 3)", value, scale(A, 3));
    },
  },
];

export const assignment: Assignment = {
  id: "T1",
  title: "Squares",
  notebook: "T1-squares",
  asked: {},
  gives: [],
  packages: [],
  parts,
};

export const imports = 'import { type Matrix, scale } from "./lib/matrix";';

const stub = (name: string) => `function ${name}() {\n  throw new Error("${name} is yours to write");\n}`;

/** The paper, compiled into a folder; `version` stands for what its code hashes to. */
export async function prepared(cache: string, version = "1"): Promise<Prepared> {
  const inside = await prepareInside(path.join(__dirname, "../lib"), cache);
  const paper = { id: "T1", parts, givenCells: [{ name: "imports", gradeId: "imports", source: imports }] };
  return { paper, inside, hash: version, handedOut: [imports, stub("squared"), stub("scaled")] };
}

/** What the command is run with. */
export interface Job {
  readonly folder: string;
  readonly options: GradeOptions;
  readonly cache: string;
  readonly version?: string;
}

/** Grades with this assignment alone, and leaves gradebook and feedback out. */
export const gradeSquares = ({ folder, options, cache, version }: Job, write: (text: string) => void) =>
  grade(folder, options, {
    known: [assignment],
    prepare: () => prepared(cache, version),
    write: async () => [],
    screen: { live: false, write },
  });

if (require.main === module)
  gradeSquares(JSON.parse(process.argv[2]), (text) => process.stdout.write(text)).then((code) => {
    process.exitCode = code;
  });
