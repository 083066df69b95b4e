/** What is read out of a notebook that was handed in. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, describe } from "node:test";
import { namesOf } from "../scripts/assignment/child/names";
import { cellsFor, type NamedCell } from "../scripts/assignment/submission/cells-of-part";
import { readNotebook } from "../scripts/assignment/submission/read-notebook";

const folder = mkdtempSync(path.join(tmpdir(), "submission-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const code = (source: unknown, rest: object = {}) => ({ cell_type: "code", source, metadata: {}, ...rest });

function read(bytes: string | Buffer) {
  const file = path.join(folder, "notebook.ipynb");
  writeFileSync(file, bytes);
  return readNotebook(file);
}

const notebook = (...cells: unknown[]) => JSON.stringify({ cells, nbformat: 4 });

describe("a notebook that was handed in", () => {
  test("gives its code cells in order, with id and nbgrader's name", () => {
    const cells = [
      code(["let a = 1;\n", "a"], { id: "first" }),
      { cell_type: "markdown", source: "text" },
      code("a + 1", { metadata: { nbgrader: { grade_id: "answer" } } }),
    ];
    assert.deepEqual(read(notebook(...cells)), [
      { name: "first", source: "let a = 1;\na", gradeId: undefined },
      { name: "cell 3", source: "a + 1", gradeId: "answer" },
    ]);
  });

  const text = notebook(code("const δ = 'ä';", { id: "x" }));
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  for (const [encoding, bytes, expected] of [
    ["UTF-8", Buffer.from(text), "const δ = 'ä';"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`), "const δ = 'ä';"],
    ["UTF-16, little end first", utf16, "const δ = 'ä';"],
    ["UTF-16, big end first", Buffer.from(utf16).swap16(), "const δ = 'ä';"],
    ["Windows' Western encoding", Buffer.from(text.replace("δ", "d"), "latin1"), "const d = 'ä';"],
  ] as const)
    test(`is read in ${encoding}`, () => {
      assert.equal(read(bytes)[0].source, expected);
    });

  test("may hold what is no cell", () => {
    const cells = [
      null,
      7,
      "text",
      [],
      {},
      code(7),
      code({}),
      code(null),
      code("1", { id: "../x", metadata: 3 }),
    ];
    assert.deepEqual(read(notebook(...cells)), [{ name: "cell 9", source: "1", gradeId: undefined }]);
  });

  test("says what is wrong with a file that cannot be read", () => {
    assert.throws(() => read("{"), /no JSON .*save it in Jupyter/);
    assert.throws(() => read("[".repeat(1e6)), /no JSON/);
    assert.throws(() => read("null"), /no list of cells/);
    assert.throws(() => read(JSON.stringify({ cells: { length: 3 } })), /no list of cells/);
  });
});

const cell = (name: string, source: string): NamedCell => ({ name, source, names: namesOf(source) });

describe("the cells that a part is graded with", () => {
  test("names: what a cell defines and what it uses", () => {
    const source = `import basis, { matrix as make, type Matrix } from "./lib/matrix";
import * as all from "./lib/random";
const { a, b: [c, ...d] } = make(3);
function f(x: Matrix) { return x.rows + a; }
class K {} interface I {} type T = I; enum E {}`;
    const { defines, uses } = namesOf(source);
    assert.deepEqual(defines, ["basis", "make", "Matrix", "all", "a", "c", "d", "f", "K", "I", "T", "E"]);
    for (const name of ["make", "Matrix", "a", "I"]) assert.ok(uses.includes(name), name);
    assert.ok(!uses.includes("rows"), "the name of a property");
    assert.deepEqual(namesOf("const = ").defines, [""].filter(Boolean));
  });

  const cells = [
    cell("imports", `import { matrix } from "./lib/matrix";`),
    cell("attack", "globalThis.Math = null; for (;;);"),
    cell("helper", "const twice = (x) => 2 * x;"),
    cell("first", "function answer() { return matrix([[1]]); }"),
    cell("patch", "const Math = {};"),
    cell("second", "function answer() { return matrix([[twice(Math.abs(2))]]); }"),
    cell("other", "function unrelated() { return answer(); }"),
  ];
  const namesFor = (...wanted: string[]) => cellsFor(wanted, cells).cells.map(({ name }) => name);

  test("are the last one that defines the answer and those that define what it uses", () => {
    assert.deepEqual(namesFor("answer"), ["imports", "helper", "second"]);
    assert.deepEqual(namesFor("unrelated"), ["imports", "helper", "second", "other"]);
  });

  test("leave out a cell that defines nothing, or a name that every cell has", () => {
    for (const name of ["attack", "patch"]) assert.ok(!namesFor("unrelated").includes(name), name);
  });

  test("name what no cell defines", () => {
    assert.deepEqual(cellsFor(["answer", "missing"], cells).missing, ["missing"]);
  });

  test("end where cells use one another's names", () => {
    const circle = [cell("a", "const x = () => y;"), cell("b", "const y = () => x;")];
    assert.deepEqual(
      cellsFor(["y"], circle).cells.map(({ name }) => name),
      ["a", "b"],
    );
  });
});
