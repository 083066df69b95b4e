/** What students get of every assignment that there is. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { assignments } from "../scripts/assignment/assignments/all";
import { writeEdition } from "../scripts/assignment/release/edition";
import { leftOut } from "../scripts/assignment/release/same-work";
import { answerOf, answersIn, answersInFolder } from "../scripts/assignment/release/search";
import { parse, placesOf } from "../scripts/assignment/release/strip";
import { nbgraderProblem } from "../scripts/setup/nbgrader";
import { expectErrors, linkPackages, runScript } from "./support/edition";

const folder = mkdtempSync(path.join(tmpdir(), "editions-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const skip = nbgraderProblem() ?? false;
const fixtures = path.join(__dirname, "fixtures/assignments");

test("an assignment gives only what another one asks for", () => {
  for (const { id, gives } of assignments)
    for (const place of gives) {
      const [file, name] = place.split(" ");
      const asks = assignments.some(({ asked }) => asked[file]?.some((one) => one.name === name));
      assert.ok(asks, `${id} gives ${place}`);
    }
});

for (const assignment of assignments)
  test(`${assignment.id}: no answer is in its edition, and each untouched one says so`, {
    skip,
  }, async () => {
    const { folder: place } = await writeEdition(assignment, folder);
    const left = leftOut(assignment, assignments);
    expectErrors(place, left);
    const wanted = answersIn(left, assignment.gives);
    const file = path.join(fixtures, `${assignment.id.toLowerCase()}.json`);
    const written: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
    for (const [name, source] of Object.entries(written))
      for (const { start, end } of placesOf(parse(source), name, file))
        wanted.push(answerOf(name, source.slice(start, end)));
    assert.deepEqual(answersInFolder(place, wanted), []);
    linkPackages(place);
    const { output } = await runScript(place, "test");
    const states = output.split("\n").filter((line) => /^[○✓✗]/.test(line));
    assert.deepEqual([...new Set(states.map((line) => line.split(": ")[1]))], ["not written yet"], output);
    assert.equal(states.length, assignment.parts.length, output);
  });
