import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";

const library = path.join(__dirname, "../lib");

/** "layers.ts" and "layers/dropout.ts" are both of the room "layers". */
const roomOf = (file: string) => file.split(path.sep)[0].replace(/\.ts$/, "");

const files = readdirSync(library, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.startsWith(path.join("kernels", "assembly")),
);

/** The rows of the table in lib/README.md, each a list of rooms. */
const rows = [...readFileSync(path.join(library, "README.md"), "utf8").matchAll(/^\| (`[^|]*) \|/gm)].map(
  ([, rooms]) => [...rooms.matchAll(/`([\w-]+)`/g)].map(([, room]) => room),
);
const rank = new Map(rows.flatMap((rooms, row) => rooms.map((room) => [room, row])));

test("lib/README.md names every room of lib once, and no other", () => {
  const rooms = [...new Set(files.map(roomOf))].sort();
  assert.deepEqual(rows.flat().sort(), rooms);
});

/** The files from which a file of lib imports anything, or values and not only types. */
function importsOf(file: string, kind: "all" | "values"): string[] {
  const text = readFileSync(path.join(library, file), "utf8");
  const pattern =
    kind === "all"
      ? /^(?:import|export)\s[^;]*?from "(\.[^"]+)";/gm
      : /^import (?!type )[^;]*?from "(\.[^"]+)";/gm;
  return [...text.matchAll(pattern)].map(
    ([, target]) => `${path.normalize(path.join(path.dirname(file), target))}.ts`,
  );
}

test("what lib imports stands in a row above, or in the same row", () => {
  for (const file of files)
    for (const target of importsOf(file, "all"))
      assert.ok(
        (rank.get(roomOf(target)) ?? Number.NaN) <= (rank.get(roomOf(file)) ?? Number.NaN),
        `lib/${file} imports lib/${target}, which stands below it in lib/README.md`,
      );
});

test("no file of lib needs values of a file that needs its own", () => {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]) => {
    assert.ok(!way.includes(file), `a circle: ${[...way.slice(way.indexOf(file)), file].join(" → ")}`);
    if (done.has(file)) return;
    for (const target of importsOf(file, "values")) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test("files of lib have at most 200 lines", () => {
  for (const file of files) {
    const lines = readFileSync(path.join(library, file), "utf8").split("\n").length - 1;
    assert.ok(lines <= 200, `lib/${file} has ${lines} lines`);
  }
});
