// data/diagrams.json: the notes' lost drawings, each with the figure that takes its place.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import Ajv from "ajv/dist/2020";
import { readNotebook } from "../scripts/run/notebook";
import { PLACES } from "../scripts/run/paths";

const data = path.join(__dirname, "..", "data");
const read = (file: string) => JSON.parse(readFileSync(path.join(data, file), "utf8"));
const validate = new Ajv().compile(read("diagrams.schema.json"));

interface Diagram {
  note: string;
  name: string;
  notebook: string;
  cell: string;
}

/** What is wrong with the file's content, in words. */
function problemsOf(content: { diagrams: Diagram[] }, folder: string): string[] {
  if (!validate(content))
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const seen = new Set<string>();
  return content.diagrams.flatMap(({ note, name, notebook, cell }) => {
    const problems: string[] = [];
    if (seen.has(`${note} ${name}`)) problems.push("stands there twice");
    seen.add(`${note} ${name}`);
    const file = path.join(folder, `${notebook}.ipynb`);
    if (!existsSync(file)) problems.push(`there is no notebook ${notebook}`);
    else {
      const found = readNotebook(file).json.cells.find(({ id }) => id === cell);
      if (found === undefined) problems.push(`${notebook} has no cell "${cell}"`);
      else if (!found.outputs?.some((output) => "application/vnd.plotly.v1+json" in (output.data ?? {})))
        problems.push(`the cell "${cell}" of ${notebook} shows no figure`);
    }
    return problems.map((problem) => `${note}, ${name}: ${problem}`);
  });
}

test("every diagram of the list is drawn by a cell of a notebook", () => {
  assert.deepEqual(problemsOf(read("diagrams.json"), PLACES.notebooks), []);
});

test("the thirty pictures of note 002 are all there", () => {
  const { diagrams } = read("diagrams.json") as { diagrams: Diagram[] };
  const names = diagrams.filter(({ note }) => note === "002").map(({ name }) => name);
  const pictures = new Set(names.flatMap((name) => name.match(/\bM\d+/g) ?? []));
  for (let k = 1; k <= 30; k++) assert.ok(pictures.has(`M${k}`), `M${k} is in no entry`);
});

test("what is wrong is named", () => {
  const $schema = "./diagrams.schema.json";
  const entry = { note: "004", name: "unit", notebook: "06-backprop-by-hand", cell: "forward-figure" };
  const problems = (...diagrams: object[]) =>
    problemsOf({ $schema, diagrams: diagrams as Diagram[] } as { diagrams: Diagram[] }, PLACES.notebooks);
  assert.deepEqual(problems(entry), []);
  assert.deepEqual(problems(entry, entry), ["004, unit: stands there twice"]);
  assert.deepEqual(problems({ ...entry, notebook: "99-nothing" }), [
    "004, unit: there is no notebook 99-nothing",
  ]);
  assert.deepEqual(problems({ ...entry, cell: "nowhere" }), [
    '004, unit: 06-backprop-by-hand has no cell "nowhere"',
  ]);
  assert.deepEqual(problems({ ...entry, cell: "close" }), [
    '004, unit: the cell "close" of 06-backprop-by-hand shows no figure',
  ]);
  assert.match(problems({ ...entry, note: "4" })[0], /diagrams\/0\/note must match pattern/);
});
