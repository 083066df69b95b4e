/** What one submission may cost the process that grades all of them. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { build } from "esbuild";
import { Compiler } from "../scripts/assignment/mark/compiler";
import type { Inside } from "../scripts/assignment/mark/inside";
import { Kept } from "../scripts/assignment/mark/kept";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";
import { readHandedIn } from "../scripts/assignment/submission/read-handed-in";
import { readNotebook } from "../scripts/assignment/submission/read-notebook";

const folder = mkdtempSync(path.join(tmpdir(), "class-limits-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function fileWith(text: string): string {
  const file = path.join(folder, `file-${count++}`);
  writeFileSync(file, text);
  return file;
}

const cell = (source: string, more: object = {}) => ({ cell_type: "code", source, metadata: {}, ...more });
const notebook = (...cells: object[]) => JSON.stringify({ cells });

describe("a notebook", () => {
  const reader = path.join(folder, "read.js");
  before(async () => {
    const entry = path.join(__dirname, "../scripts/assignment/child/read.ts");
    await build({ entryPoints: [entry], bundle: true, platform: "node", format: "cjs", outfile: reader });
  });
  const output = { outputs: [{ text: "x".repeat(3 * 2 ** 20) }] };

  test("that is large is read in another process, with the same cells or the same words", async () => {
    const file = fileWith(notebook(cell("const δ = 1;", { id: "a" }), cell("b", output)));
    const cells = await readHandedIn(file, reader);
    assert.deepEqual(
      cells.map(({ name, source }) => [name, source]),
      [
        ["a", "const δ = 1;"],
        ["cell 2", "b"],
      ],
    );
    await assert.rejects(
      readHandedIn(file, "/no/such/script"),
      /has 3 MiB and cannot be read: clear its outputs/,
    );
    const broken = fileWith(`{"cells": ${"[".repeat(3 * 2 ** 20)}`);
    await assert.rejects(readHandedIn(broken, reader), /the notebook is no JSON/);
    assert.deepEqual(await readHandedIn(fileWith(notebook(cell("c"))), "/no/such/script"), [
      { name: "cell 1", source: "c", gradeId: undefined },
    ]);
  });

  test("that is beyond all measure is not read at all", async () => {
    const file = fileWith("");
    truncateSync(file, 300 * 2 ** 20);
    await assert.rejects(
      readHandedIn(file, "/no/such/script"),
      /has 300 MiB, and more than 256 MiB are not read/,
    );
  });

  test("holds no more code than a person writes", () => {
    const sources = ["x".repeat(2 ** 20), "y".repeat(2 ** 20), "z", ""];
    const read = readNotebook(fileWith(notebook(...sources.map((source) => cell(source)))));
    assert.deepEqual(
      read.map(({ source }) => source[0]),
      ["x", "y", undefined],
    );
  });
});

test("answers that are kept are bounded: the oldest go, and large ones are not kept", () => {
  const kept = new Kept<number>();
  for (let k = 0; k < 100; k++) kept.set(`question ${k}`, k, 2 ** 20);
  assert.equal(kept.get("question 35"), undefined);
  assert.equal(kept.get("question 36"), 36);
  assert.equal(kept.get("question 99"), 99);
  kept.set("large", 1, 2 ** 20 + 1);
  assert.equal(kept.get("large"), undefined);
});

describe("the compiler", { skip: sandboxProblem() ?? false }, () => {
  /** A compiler whose process does this with each line. */
  function compilerThat(does: string): Compiler {
    const at = path.join(folder, `compiler-${count++}`);
    mkdirSync(at);
    const script = path.join(at, "compile.js");
    const answer = `JSON.stringify({ names: { defines: [JSON.parse(line).names], uses: [] } })`;
    writeFileSync(
      script,
      `const { readSync, writeSync } = require("node:fs");
const part = Buffer.alloc(65536);
for (let k = 0; ; k++) {
  const length = readSync(3, part, 0, part.length, null);
  if (length === 0) break;
  const line = part.toString("utf8", 0, length);
  ${does}
  writeSync(4, ${answer} + "\\n");
}`,
    );
    const compiler = { mounts: [{ from: script, to: "/project/compile.js" }], script: "/project/compile.js" };
    return new Compiler({ compiler } as unknown as Inside);
  }

  test("that ends after many submissions is begun anew for the next, which loses nothing", async () => {
    const compiler = compilerThat("if (k === 2) process.exit(0);");
    for (const source of ["a", "b", "c", "d", "e"])
      assert.deepEqual((await compiler.names(source)).defines, [source]);
    await compiler.stop();
  });

  test("that ends on a cell in a new process as well says so", async () => {
    const compiler = compilerThat('if (line.includes("bad")) process.exit(0);');
    assert.deepEqual((await compiler.names("a")).defines, ["a"]);
    await assert.rejects(compiler.names("bad"), /the compiler did not cope with it: it ended the process/);
    assert.deepEqual((await compiler.names("b")).defines, ["b"]);
    await compiler.stop();
  });
});
