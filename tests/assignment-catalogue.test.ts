// Each assignment's notebook, its parts and its questions are of one piece.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Questions } from "../lib/assignment/question";
import { assignments } from "../scripts/assignment/assignments/all";
import { namesOf } from "../scripts/assignment/child/names";
import { titleOf } from "../scripts/collection/collection";
import { nbgraderOf } from "../scripts/run/nbgrader";
import { joined, readNotebook } from "../scripts/run/notebook";
import { PLACES } from "../scripts/run/paths";
import { ASSIGNMENTS, listAssignments, notebookPath } from "../scripts/run/select";

test("each source notebook is an assignment's, in the order of the course", () => {
  assert.deepEqual(
    listAssignments(PLACES.notebooks),
    assignments.map(({ notebook }) => notebook),
  );
});

test("the page for teachers says what editions give of what other assignments ask for", () => {
  const page = readFileSync(path.join(PLACES.notebooks, ASSIGNMENTS, "README.md"), "utf8");
  for (const [k, { id, asked }] of assignments.entries()) {
    const names = Object.entries(asked).flatMap(([file, list]) => list.map(({ name }) => `${file} ${name}`));
    const given = (other: (typeof assignments)[number]) => other.gives.filter((name) => names.includes(name));
    const later = assignments.slice(k + 1).filter((other) => given(other).length > 0);
    const ids = later.map((other) => other.id);
    const list = ids.length > 1 ? `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}` : ids[0];
    if (list) assert.ok(page.includes(`${id} before ${list}`), `${id} before ${list}`);
    for (const other of assignments.slice(0, k))
      for (const name of given(other)) {
        const said = `\`${name.split(" ")[1]}\`, a part of ${id}`;
        assert.ok(page.includes(said), `${other.id} gives ${said}`);
      }
  }
});

for (const { id, title, notebook, parts } of assignments) {
  const file = readNotebook(notebookPath(PLACES.notebooks, notebook));
  const cells = file.json.cells.map((cell) => ({ ...nbgraderOf(cell), source: joined(cell.source) }));
  const tests = cells.filter(({ grade }) => grade === true);
  const names = namesOf(cells.map(({ source }) => source).join("\n")).defines;

  test(`${id}: its heading is its title`, () => assert.equal(titleOf(file), `${id}. ${title}`));

  test(`${id}: each part has its test cell, for as many points`, () => {
    const wanted = parts.map((part) => [
      `check-${part.id}`,
      part.aspects.reduce((sum, { points }) => sum + points, 0),
    ]);
    assert.deepEqual(
      tests.map(({ grade_id, points }) => [grade_id, points]),
      wanted,
    );
  });

  test(`${id}: what the parts call is defined in the notebook`, () => {
    for (const part of parts)
      for (const name of part.answers) assert.ok(names.includes(name), `${part.id}: ${name}`);
  });

  test(`${id}: each test cell asks what its part is diagnosed by, and each question is asked`, async () => {
    const { questions }: { questions: Questions } = await import(
      `../lib/assignment/questions/${id.toLowerCase()}`
    );
    const asked = tests.map(({ source }) => /assignment\.check\(\s*"([^"]+)"/.exec(source)?.[1]);
    assert.deepEqual([...asked].sort(), Object.keys(questions).sort());
    for (const [k, { diagnosis }] of parts.entries())
      if (diagnosis) assert.deepEqual([diagnosis.assignment, diagnosis.question], [id, asked[k]]);
  });
}
