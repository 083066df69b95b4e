/** Whole notebooks through Jupyter's tools: what fails must be red everywhere, and say why. */
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { type Finished, notebookOf, skip, temporaryFolder, tool } from "./kernel/jupyter";

const failing: { [name: string]: { code: string; says: RegExp } } = {
  throws: { code: "throw new TypeError('boom');", says: /TypeError: boom/ },
  uncompiled: {
    code: "const a: number = 'b';",
    says: /TypeScriptError: line 1:7 - Type 'string' is not assignable/,
  },
  awaited: { code: "await Promise.reject(new RangeError('far'));", says: /RangeError: far/ },
  floating: { code: "Promise.reject(new Error('adrift'));", says: /Error: adrift/ },
  exits: { code: "process.exit(0);", says: /ProcessExit: process\.exit\(0\) was called/ },
};
const names = Object.keys(failing);
const stdout = (text: string) => ({ output_type: "stream", name: "stdout", text });
const result = (text: string) => ({
  output_type: "execute_result",
  execution_count: 2,
  metadata: {},
  data: { "text/plain": text },
});
const good = (digits: string) =>
  notebookOf(
    [
      "import { matrix } from './lib/matrix';\nconsole.log('a');\nconsole.log('b');",
      "matrix([[1, 2], [3, 4.25]]).data[3] + 6",
    ],
    [[stdout("a\nb\n")], [result(digits)]],
  );

/** The part of pytest's report that is about one notebook. */
function about(name: string, report: string): string {
  const sections = report
    .split(/^_{3,} .* _{3,}$/m)
    .filter((section) => section.includes(failing[name].code));
  return sections.join("\n");
}

describe("a notebook that fails", { skip }, () => {
  let folder: string;
  let nbmake: Finished;
  let nbval: Finished;
  const file = (name: string) => path.join(folder, `${name}.ipynb`);

  before(async () => {
    folder = temporaryFolder();
    for (const name of names) {
      fs.writeFileSync(file(name), notebookOf([failing[name].code, "1 + 1"]));
    }
    fs.writeFileSync(file("good"), good("10.25"));
    fs.writeFileSync(file("edited"), good("10.26"));
    const quiet = ["-p", "no:cacheprovider", "-p", "no:randomly"];
    const made = [...names, "good"].map(file);
    [nbmake, nbval] = await Promise.all([
      tool("pytest", [...quiet, "--nbmake", ...made], folder),
      tool("pytest", [...quiet, "--nbval", ...made, file("edited")], folder),
    ]);
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  for (const name of names) {
    test(`${name}: jupyter execute`, async () => {
      const { code, text } = await tool("jupyter", ["execute", file(name)], folder);
      assert.notEqual(code, 0);
      assert.match(text, failing[name].says);
    });

    test(`${name}: nbmake`, () => {
      assert.match(nbmake.text, new RegExp(`FAILED ${name}\\.ipynb`));
      assert.match(about(name, nbmake.text), failing[name].says);
    });

    test(`${name}: nbval`, () => {
      assert.match(nbval.text, new RegExp(`FAILED ${name}\\.ipynb::Cell 0`));
      assert.match(about(name, nbval.text), failing[name].says);
    });
  }

  test("one that does not fail passes jupyter execute, nbmake and nbval", async () => {
    const { code, text } = await tool("jupyter", ["execute", file("good")], folder);
    assert.equal(code, 0, text);
    assert.doesNotMatch(nbmake.text, /FAILED good/);
    assert.match(nbmake.text, /\b5 failed, 1 passed\b/);
    assert.doesNotMatch(nbval.text, /FAILED good/);
  });

  test("nbval finds one edited digit", () => {
    assert.match(nbval.text, /FAILED edited\.ipynb::Cell 1/);
    assert.match(nbval.text, /10\.26/);
  });

  test("with errors allowed the cells after the failure run", async () => {
    const { code } = await tool(
      "jupyter",
      ["execute", "--allow-errors", "--inplace", file("throws")],
      folder,
    );
    assert.equal(code, 0);
    const { cells } = JSON.parse(fs.readFileSync(file("throws"), "utf8"));
    assert.equal(cells[0].outputs[0].ename, "TypeError");
    assert.equal(
      cells[1].outputs[0].data["text/plain"].join?.("") ?? cells[1].outputs[0].data["text/plain"],
      "2",
    );
    assert.deepEqual(
      cells.map(({ execution_count }: { execution_count: number }) => execution_count),
      [1, 2],
    );
  });
});
