import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { requireSpace } from "../scripts/bootstrap/disk.mjs";
import { matchesLock } from "../scripts/bootstrap/npm-packages.mjs";
import { chooseVersions, closingCounts } from "../scripts/matrix";
import { testFiles } from "../scripts/test";
import { fakeProject } from "./fake-project";

test("a usage error is told in one place, with exit code 2", async (t) => {
  const p = fakeProject();
  t.after(() => p.remove());
  const cases: [string[], RegExp][] = [
    [["strat"], /unknown command 'strat'/],
    [["start", "--upd"], /unknown option '--upd'/],
    [["check", "06"], /too many arguments/],
    [["clean", "--everything"], /clean: unknown argument "--everything"/],
    [["matrix", "20.x"], /"20\.x" is not a Node version.*\n.*20\.20\.2/],
  ];
  for (const [args, pattern] of cases) {
    const { code, output } = await p.run(args);
    assert.equal(code, 2, `${args}: ${output}`);
    assert.match(output, pattern);
    assert.doesNotMatch(output, /^\s+at /m, "a stack was printed");
  }
});

test("`npm start -- 06 12 --update` and its like reach the command; a wrong number costs no set-up", async (t) => {
  const p = fakeProject();
  t.after(() => p.remove());
  fs.writeFileSync(
    p.file("scripts/run/start.ts"),
    "export async function start(options: object) { console.log(JSON.stringify(options)); return 7; }",
  );
  const { code, output } = await p.run(["start", "06", "12", "--update"], { BACKPROP_TFJS: "js" });
  assert.equal(code, 7, output);
  assert.match(output, /\{"notebooks":\["06","12"\],"update":true\}/);
  fs.rmSync(p.file(".venv"), { recursive: true });
  fs.writeFileSync(
    p.file("scripts/run/select.ts"),
    'export function selectNotebooks() { const e = new Error("There is no notebook \\"99\\""); e.name = "BadInput"; throw e; }',
  );
  const wrong = await p.run(["start", "99"]);
  assert.equal(wrong.code, 2);
  assert.equal(wrong.output, '\nThere is no notebook "99"\n');
  assert.ok(!fs.existsSync(p.file(".venv")));
});

test("clean removes what can be made again and says how much; --all node_modules too", async (t) => {
  const p = fakeProject();
  t.after(() => p.remove());
  for (const folder of ["reports", ".venv", ".cache", "node_modules", "notebooks"]) {
    fs.mkdirSync(p.file(folder));
    fs.writeFileSync(p.file(`${folder}/file`), "x".repeat(2e6));
  }
  const left = () =>
    fs.readdirSync(p.root).filter((name) => /^(reports|\.venv|\.cache|node_modules|notebooks)$/.test(name));
  const { code, output } = await p.run(["clean"]);
  assert.equal(code, 0, output);
  assert.match(output, /removed \.venv \(2 MB\)/);
  assert.match(output, /6 MB freed/);
  assert.deepEqual(left(), ["node_modules", "notebooks"]);
  assert.equal((await p.run(["clean", "--all"])).code, 0);
  assert.deepEqual(left(), ["notebooks"]);
});

test("too little space is told before the work, with both amounts", () => {
  const statfs = () => ({ bavail: 100, bsize: 1_000_000 });
  assert.doesNotThrow(() => requireSpace("/tmp", 99e6, "This", statfs));
  assert.throws(() => requireSpace("/tmp", 828e6, "This", statfs), {
    message: "This needs 828 MB on the disk that holds /tmp; 100 MB are free.",
  });
});

test("node_modules is what the lock file says when npm's own record has every package of it", () => {
  const lock = {
    packages: { "": {}, a: { version: "1", integrity: "x" }, b: { version: "2", optional: true } },
  };
  assert.ok(matchesLock(lock, { packages: { a: { version: "1", integrity: "x" } } }));
  assert.ok(!matchesLock(lock, { packages: { a: { version: "2", integrity: "x" } } }));
  assert.ok(!matchesLock(lock, { packages: {} }));
  assert.ok(!matchesLock(lock, undefined));
});

test("matrix: versions by first number or in full; the counts of either reporter", () => {
  assert.deepEqual(chooseVersions(["20", "26.10.0", "25.1.0"]), ["20.20.2", "26.10.0", "25.1.0"]);
  assert.equal(chooseVersions([]).length, 4);
  assert.deepEqual(closingCounts("ℹ tests 12\nℹ pass 11\n# fail 1\nℹ duration_ms 3"), {
    tests: "12",
    pass: "11",
    fail: "1",
  });
});

test("test files are named by a part of their name, or in full", () => {
  assert.deepEqual(testFiles(["matrix"]), ["tests/matrix.test.ts"]);
  assert.deepEqual(testFiles(["tests/setup.test.ts", "command"]), [
    "tests/command-line.test.ts",
    "tests/setup.test.ts",
  ]);
  assert.ok(testFiles([]).length > 10);
  assert.throws(() => testFiles(["nonsense"]), /No test file has "nonsense" in its name/);
});
