/** What students get, by the edition of a small assignment. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { writeEdition } from "../scripts/assignment/release/edition";
import { filesIn } from "../scripts/assignment/release/folder";
import { leftOut } from "../scripts/assignment/release/same-work";
import { answersFound, answersIn, answersInFolder } from "../scripts/assignment/release/search";
import { readSource, sourceOf } from "../scripts/assignment/release/source-notebook";
import { nbgraderProblem } from "../scripts/setup/nbgrader";
import { venvProgram } from "../scripts/setup/paths";
import { changeCells, expectErrors, linkPackages, runScript } from "./support/edition";
import { answers, otherAssignment, trialAssignment } from "./support/trial-assignment";

const root = path.join(__dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "edition-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const course = path.join(folder, "course");
const trial = trialAssignment(folder);
const all = [trial, otherAssignment];
const left = leftOut(trial, all);
const edition = path.join(course, "editions/A3");
const text = (file: string) => readFileSync(path.join(edition, file), "utf8");

const skip = nbgraderProblem() ?? false;

before(async () => {
  if (skip) return;
  await writeEdition(trial, course, "en", all);
  linkPackages(edition);
});

/** A copy whose notebook can be changed. */
function copy(name: string, change: (gradeId: string, source: string) => string | undefined): string {
  const target = path.join(folder, name);
  cpSync(edition, target, { recursive: true, verbatimSymlinks: true });
  changeCells(path.join(target, "A3-trial.ipynb"), change);
  return target;
}

const filledIn = (gradeId: string, source: string) => answers[gradeId as keyof typeof answers] ?? source;

describe("an edition", { skip }, () => {
  test("has the notebook on top, and beside it all that it needs and no more", () => {
    const files = filesIn(edition).filter((file) => !file.startsWith("node_modules/"));
    for (const file of [
      "A3-trial.ipynb",
      "README.md",
      "package.json",
      "package-lock.json",
      "requirements.txt",
    ])
      assert.ok(files.includes(file), file);
    for (const file of ["lib/layers.ts", "lib/kernels/kernels.wasm", "data/assignments/A3.json"])
      assert.ok(files.includes(file), file);
    assert.deepEqual(
      files.filter((file) => /assembly|gradients\/dual|tape|tensorflow|svg|iris|\.node$/.test(file)),
      [],
    );
    const { dependencies } = JSON.parse(text("package.json"));
    assert.deepEqual(Object.keys(dependencies), ["@types/node", "tslab"]);
    const locked = Object.keys(JSON.parse(text("package-lock.json")).packages).join(" ");
    assert.doesNotMatch(locked, /canvas|jsdom|tensorflow|esbuild/);
  });

  test("has packages of the project's own versions and checksums", () => {
    const own = requirementsIn(readFileSync(path.join(root, "requirements.txt"), "utf8"));
    const entries = requirementsIn(text("requirements.txt"));
    assert.ok(entries.size > 50);
    for (const [requirement, hashes] of entries) assert.deepEqual(hashes, own.get(requirement), requirement);
    const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
    const { "": self, ...places } = JSON.parse(text("package-lock.json")).packages;
    for (const [place, { integrity }] of Object.entries<{ integrity: string }>(places))
      assert.equal(integrity, lock[place].integrity, place);
    assert.deepEqual(self.dependencies, JSON.parse(text("package.json")).dependencies);
  });

  test("has in the notebook neither solutions nor hidden tests, outputs or notes of the collection", () => {
    const { cells } = readSource(path.join(edition, "A3-trial.ipynb"));
    const sources = new Map(cells.map((cell) => [cell.metadata?.nbgrader?.grade_id, sourceOf(cell)]));
    assert.match(
      sources.get("dense-backward") ?? "",
      /\{\s*throw unanswered\("denseBackward", "[^"]*"\);\n\}$/,
    );
    assert.equal(sources.get("check-dense")?.trim(), 'assignment.check("dense", denseBackward);');
    assert.doesNotMatch(text("A3-trial.ipynb"), /SOLUTION|HIDDEN|secretTest|what the (teacher|collection)/);
    for (const cell of cells.slice(1))
      assert.match(JSON.stringify(cell.metadata), /"checksum":"[0-9a-f]{32}"/, "nbgrader's own");
  });

  test("is replaced only if it is one, and is the same zip again", async () => {
    const zip = readFileSync(`${edition}.zip`);
    const again = path.join(folder, "again");
    mkdirSync(path.join(again, "editions/A3"), { recursive: true });
    writeFileSync(path.join(again, "editions/A3/thesis.txt"), "years of work");
    await assert.rejects(writeEdition(trial, again, "en", all), /editions\/A3 is there and is no edition/);
    assert.deepEqual(filesIn(path.join(again, "editions")), ["A3/thesis.txt"]);
    writeFileSync(path.join(again, "editions/A3/package.json"), '{"assignment":{"notebook":"A3.ipynb"}}');
    await writeEdition(trial, again, "en", all);
    assert.ok(!existsSync(path.join(again, "editions/A3/thesis.txt")));
    assert.ok(readFileSync(path.join(again, "editions/A3.zip")).equals(zip));
    const packed = unzipSync(zip);
    const files = filesIn(path.join(again, "editions/A3"));
    assert.deepEqual(Object.keys(packed).sort(), files.map((file) => `A3/${file}`).sort());
  });
});

describe("the answers", { skip }, () => {
  const wanted = answersIn(left, trial.gives);

  test("are in no file of an edition, its bundles among them", () => {
    assert.ok(wanted.length >= 9);
    assert.deepEqual(answersInFolder(edition, wanted), []);
  });

  test("would be found, in another layout and with other names", () => {
    for (const { name } of wanted) {
      const file = path.join(root, "lib", name.split(" ")[0]);
      assert.ok(answersFound(readFileSync(file, "utf8"), wanted).includes(name), name);
    }
    const planted = `function g(u,v){expectShape("x",u,a,b)}
      const h={backward({weights:Q},{A:B},D){expectShape(\`\${name}.backward: dOutput\`,D,outputs,B.cols);const g={weights:multiplyTransposeRight(D,B),bias:rowSums(D)};
      return{gradients:g,get dInput(){return multiplyTransposeLeft(Q,D)}}}}`;
    assert.deepEqual(answersFound(planted, wanted), ["layers.ts dense.backward"]);
    assert.deepEqual(answersFound(planted.replace("rowSums(D)", "rowSums(B)"), wanted), []);
  });

  test("have left their own error in the place of each", () => expectErrors(edition, left));

  test("throw when they are called, and what is given works", () => {
    const lib = createRequire(path.join(edition, "lib/x.js"));
    const { dense } = lib("./layers.ts");
    const { matrix } = lib("./matrix.ts");
    const params = { weights: matrix([[3, 4]]), bias: matrix([[5]]) };
    const { output, cache } = dense(2, 1).forward(params, matrix([[1], [0]]));
    assert.deepEqual([...output.data], [8]);
    assert.throws(
      () => dense(2, 1).backward(params, cache, matrix([[1]])),
      /^Error: dense\.backward is yours to write: dW = Δ Aᵀ, db = Δ 1, dA = Wᵀ Δ$/,
    );
    const { tanh } = lib("./activations.ts");
    assert.ok(Math.abs(tanh.f(0.5) - 0.46211716) < 1e-8);
    for (const call of [() => tanh.derivative(0.5), () => tanh.backward(output, output)])
      assert.throws(call, /is yours to write/);
  });

  test("are not in the numeric core either", () => {
    const lib = createRequire(path.join(edition, "lib/x.js"));
    const { core } = lib("./kernels/wasm.ts");
    for (let code = 0; code <= 16; code += 2) {
      assert.ok(Number.isFinite(core.evaluate(code, 0.5, 1)), `function ${code}`);
      assert.throws(() => core.evaluate(code + 1, 0.5, 1), { name: "RuntimeError", message: /unreachable/ });
    }
    for (const name of ["adam64", "momentum32", "descend64", "derivativeTimes64", "clamp64"])
      assert.equal(core[name], undefined, name);
    const own = readFileSync(path.join(edition, "lib/kernels/kernels.wasm"));
    const whole = readFileSync(path.join(root, "lib/kernels/kernels.wasm"));
    // 1/√(2π) of GELU's derivative, and the square root of registers, which only the optimizers take
    for (const code of [float64(0.3989422804014327), Buffer.from([0xfd, 0xef, 0x01])]) {
      assert.ok(whole.includes(code));
      assert.ok(!own.includes(code));
    }
    assert.ok(own.includes(float64(Math.SQRT1_2)), "GELU itself is given");
  });

  test("are not in comments: formulas and examples of what is asked for", () => {
    const besides = (file: string) => text(file).replaceAll(/throw new Error\([^;]*;/g, "");
    assert.doesNotMatch(besides("lib/layers.ts"), /Δ Aᵀ|⊙ φ′|@example/);
    assert.doesNotMatch(besides("lib/losses.ts"), /∂E\/∂Y = /);
    assert.match(text("lib/layers.ts"), /Z = W A \+ b 1ᵀ/);
  });
});

/** The checksums by "name==version". */
function requirementsIn(requirements: string): Map<string, string[]> {
  const entries = requirements.split(/\n(?=\S)/).filter((entry) => /^[\w.-]+==/.test(entry));
  return new Map(
    entries.map((entry) => [entry.split(/[\s;]/)[0], [...entry.matchAll(/sha256:\w+/g)].map(String)]),
  );
}

const float64 = (x: number) => Buffer.from(Float64Array.of(x).buffer);

describe("npm test of an edition", { skip }, () => {
  test("says of untouched answers that they are not written yet", async () => {
    const { code, output } = await runScript(edition, "test");
    assert.equal(code, 1, output);
    assert.match(output, /○ dense: not written yet\n {4}denseBackward is yours to write: dW = Δ Aᵀ/);
    assert.match(output, /○ jacobian: not written yet/);
    assert.match(output, /0 of 2 checks hold \(they stand for 0 of 8 marks/);
  });

  test("says that right answers hold", async () => {
    const { code, output } = await runScript(copy("right", filledIn), "test");
    assert.equal(code, 0, output);
    assert.match(output, /✓ dense: holds\n {4}denseBackward: 9 values on 3 inputs\n✓ jacobian: holds/);
    assert.match(output, /2 of 2 checks hold \(they stand for 8 of 8 marks/);
  });

  test("names a slip, what does not compile and what is missing, and goes on", async () => {
    const wrong = copy("wrong", (gradeId, source) => {
      if (gradeId === "check-jacobian") return undefined;
      if (gradeId === "softmax-jacobian")
        return "function softmaxJacobian(z: Matrix): Matrix {\n  return 3;\n}";
      return filledIn(gradeId, source).replace(
        "multiplyTransposeLeft(params.weights",
        "multiply(params.weights",
      );
    });
    changeCells(path.join(wrong, "A3-trial.ipynb"), (gradeId, source) =>
      gradeId === "imports" ? `${source}\nimport { multiply } from "./lib/matrix";` : source,
    );
    const { code, output } = await runScript(wrong, "test");
    assert.equal(code, 1, output);
    assert.match(output, /✗ softmax-jacobian: .*\n.*does not compile\n {4}line 2:3 - Type 'number'/);
    assert.match(output, /✗ dense: does not hold\n {4}denseBackward threw an error: multiply/);
    assert.match(output, /✗ jacobian: does not hold\n {4}the check's cell is missing/);
  });

  test("ends though a cell does not, or ends the process", async () => {
    const endless = copy("endless", (gradeId, source) => {
      if (gradeId === "dense-backward") return filledIn(gradeId, source).replace("{\n", "{\n  for (;;) {}\n");
      if (gradeId === "softmax-jacobian")
        return filledIn(gradeId, source).replace("{\n", "{\n  if (z.rows > 0) process.exit(0);\n");
      return source;
    });
    const { code, output } = await runScript(endless, "test", ["--seconds", "8"]);
    assert.equal(code, 1, output);
    assert.match(output, /✗ dense: does not hold\n {4}did not end within 8 s/);
    assert.match(output, /✗ jacobian: does not hold\n {4}ended the process/);
  });

  test("takes no other number of seconds, and no damaged notebook", async () => {
    const asked = await runScript(edition, "test", ["--seconds", "soon"]);
    assert.deepEqual(
      [asked.code, asked.output],
      [2, '\n--seconds is "soon" (it must be a whole number from 1)\n'],
    );
    const damaged = copy("damaged", (_, source) => source);
    writeFileSync(path.join(damaged, "A3-trial.ipynb"), "{");
    const { code, output } = await runScript(damaged, "test");
    assert.equal(code, 1);
    assert.match(output, /^\nA3-trial\.ipynb cannot be read: .*\nSave it in Jupyter again/);
  });
});

describe("handing in", { skip }, () => {
  const packed = (place: string) => unzipSync(readFileSync(path.join(place, "A3-handed-in.zip")));

  test("says what is not written yet, and packs it all the same", async () => {
    const place = copy("submitted", (_, source) => source);
    const { code, output } = await runScript(place, "assignment", ["submit", "A3"]);
    assert.equal(code, 0, output);
    assert.match(output, /^Not written yet: dense-backward, softmax-jacobian\.\n/);
    const { "A3-trial.ipynb": notebook, "manifest.json": manifest } = packed(place);
    const original = readFileSync(path.join(place, "A3-trial.ipynb"));
    assert.ok(original.equals(notebook));
    const { sha256, assignment, unwritten } = JSON.parse(Buffer.from(manifest).toString("utf8"));
    assert.equal(sha256, createHash("sha256").update(original).digest("hex"));
    assert.deepEqual([assignment, unwritten], ["A3", ["dense-backward", "softmax-jacobian"]]);
  });

  test("says which cells are gone or do not compile", async () => {
    const place = copy("broken", (gradeId, source) => {
      if (gradeId === "check-dense") return undefined;
      if (gradeId === "softmax-jacobian") return "function softmaxJacobian(z: Matrix): Matrix { return 3; }";
      return source.replace("  \n", "  const m = dZ.cols;\n");
    });
    const { code, output } = await runScript(place, "assignment", ["submit"]);
    assert.equal(code, 0, output);
    assert.match(
      output,
      /Not written yet: dense-backward\.\n.*the cells check-dense\.\n.*softmax-jacobian does not compile: line 1: Type 'number'/,
    );
    assert.ok("manifest.json" in packed(place));
  });

  test("finds nothing missing in a finished notebook, and is asked for this assignment only", async () => {
    const place = copy("finished", filledIn);
    const { output } = await runScript(place, "assignment", ["submit", "A3"]);
    assert.match(output, /^Every function is written, and every cell compiles\./);
    const other = await runScript(place, "assignment", ["submit", "A1"]);
    assert.deepEqual(
      [other.code, other.output],
      [2, "\nThis is A3, not A1: npm run assignment -- submit A3\n"],
    );
  });
});

test("the bundled kernel runs the notebook in Jupyter, with figures and without native drawing", {
  skip,
}, async () => {
  const place = copy("jupyter", filledIn);
  const spec = path.join(folder, "jupyter-path/kernels/edition");
  mkdirSync(spec, { recursive: true });
  const launch = path.join(place, "scripts/kernel/launch.cjs");
  const argv = [process.execPath, launch, "{connection_file}"];
  writeFileSync(
    path.join(spec, "kernel.json"),
    JSON.stringify({ argv, display_name: "edition", language: "typescript" }),
  );
  const args = ["nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=edition"];
  await promisify(execFile)(venvProgram("jupyter"), [...args, "--output", "run.ipynb", "A3-trial.ipynb"], {
    cwd: place,
    env: { ...process.env, JUPYTER_PATH: path.join(folder, "jupyter-path") },
  });
  const { cells } = readSource(path.join(place, "run.ipynb"));
  const outputs = cells.map((cell) => JSON.stringify(cell.outputs ?? []));
  assert.match(outputs[4], /✓ denseBackward: 9 values on 3 inputs/);
  assert.match(outputs[7], /application\/vnd\.plotly\.v1\+json.*Loss over 3 epochs/s);
});
