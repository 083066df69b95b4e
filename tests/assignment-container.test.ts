/** Students' code without bubblewrap, and the grader's image for Gradescope and PrairieLearn. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { Compiler } from "../scripts/assignment/mark/compiler";
import { gradeSubmission } from "../scripts/assignment/mark/grade-submission";
import { type Inside, prepareInside } from "../scripts/assignment/mark/inside";
import { expectFormat } from "../scripts/assignment/outputs/results-json";
import type { Confinement } from "../scripts/assignment/sandbox/confinement";
import { containerProblem } from "../scripts/assignment/sandbox/container-problem";
import { type Limits, runLimits } from "../scripts/assignment/sandbox/limits";
import { placeOf } from "../scripts/assignment/sandbox/place";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";
import { startSandbox } from "../scripts/assignment/sandbox/sandbox";
import { codeCell, handedIn, notebookOf, rightDouble, rightSquare, smallPaper } from "./support/small-paper";

const root = path.join(__dirname, "..");
const mounts = [{ from: path.join(__dirname, "fixtures/sandbox/evaluate.cjs"), to: "/evaluate.cjs" }];
const problem = containerProblem([]);
const folder = mkdtempSync(path.join(tmpdir(), "container-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const start = (confinement: Confinement, limits: Partial<Limits> = {}) =>
  startSandbox(mounts, "/evaluate.cjs", { ...runLimits, ...limits }, confinement);

/** What an expression evaluates to inside, or how the process ended. */
async function inside(
  expression: string,
  confinement: Confinement = "container",
  limits: Partial<Limits> = {},
) {
  const sandbox = start(confinement, limits);
  const reply = await sandbox.ask(expression);
  await sandbox.stop();
  return "answer" in reply ? JSON.parse(reply.answer) : reply.ending;
}

describe("the confinement in a container", { skip: problem ?? false, concurrency: 2 }, () => {
  test("is a user's of its own in each process, with no right to gain any", async () => {
    const status = "fs.readFileSync('/proc/self/status', 'utf8')";
    const [one, other] = [String(await inside(status)), String(await inside(status))];
    const field = (text: string, name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, "m").exec(text)?.[1];
    for (const text of [one, other]) {
      const users = field(text, "Uid")?.split("\t").map(Number) ?? [];
      assert.ok(users.length === 4 && users.every((user) => user >= 40_000), `users ${users}`);
      assert.deepEqual(field(text, "Gid"), field(text, "Uid"));
      assert.equal(field(text, "Groups"), "");
      assert.equal(field(text, "CapEff"), "0000000000000000");
      assert.equal(field(text, "NoNewPrivs"), "1");
      assert.equal(field(text, "Seccomp"), "2", "a filter of system calls");
    }
    assert.notEqual(field(one, "Uid"), field(other, "Uid"));
  });

  test("has no environment", async () => {
    assert.deepEqual(await inside("Object.keys(process.env)"), []);
    assert.equal(await inside("fs.readFileSync('/proc/self/environ', 'utf8')"), "");
  });

  test("reads nothing in a folder of the grader's", async () => {
    const secrets = mkdtempSync(path.join(folder, "secrets-"));
    const file = path.join(secrets, "secret");
    writeFileSync(file, "the answers");
    chmodSync(secrets, 0o700);
    for (const read of [`readFileSync(${JSON.stringify(file)})`, `readdirSync(${JSON.stringify(secrets)})`])
      assert.equal(await inside(`fs.${read}`), "EACCES");
    for (const hidden of [
      `/proc/${process.pid}/environ`,
      `/proc/${process.pid}/root${file}`,
      `/proc/${process.pid}/mem`,
    ])
      assert.match(
        String(await inside(`fs.readFileSync(${JSON.stringify(hidden)})`)),
        /^E(ACCES|PERM|NOENT)$/,
        hidden,
      );
  });

  test("writes nowhere but in its scratch folder, which goes with it", async () => {
    const place = placeOf(mounts);
    assert.equal(placeOf(mounts), place, "the same mounts lie in the same place");
    for (const target of [
      path.join(place, "x"),
      path.join(place, "evaluate.cjs"),
      "../x",
      "/tmp/x",
      "/var/tmp/x",
      "/dev/shm/x",
      "/x",
    ])
      assert.match(
        String(await inside(`fs.writeFileSync(${JSON.stringify(target)}, "x")`)),
        /^E(ACCES|PERM|ROFS|NOENT)$/,
        target,
      );
    const sandbox = start("container");
    const reply = await sandbox.ask("fs.writeFileSync('left', 'x'); process.cwd()");
    const scratch = JSON.parse("answer" in reply ? reply.answer : "");
    assert.equal(readFileSync(path.join(scratch, "left"), "utf8"), "x");
    await sandbox.stop();
    assert.equal(existsSync(scratch), false);
  });

  test("reaches no network, starts no process and ends none", async () => {
    const connect = `new Promise((resolve) => require("node:net").connect(80, "127.0.0.1").on("error", ({ code }) => resolve(code)))`;
    assert.equal(await inside(connect), "EPERM");
    const spawn = `require("node:child_process").spawnSync(${JSON.stringify(process.execPath)}, ["--version"]).error.code`;
    assert.match(await inside(spawn), /^E(PERM|ACCES)$/);
    for (const target of ["process.ppid", String(process.pid), "1"])
      assert.equal(await inside(`process.kill(${target}, "SIGKILL")`), "EPERM");
    await inside(`process.kill(-1, "SIGKILL")`);
  });

  test("has threads and shared memory, as lib's numeric core needs them", async () => {
    const thread = `new (require("node:worker_threads").Worker)("1", { eval: true }).threadId`;
    assert.equal(await inside(thread), 1);
    const memory =
      "new WebAssembly.Memory({ initial: 1024, maximum: 65536, shared: true }).buffer.byteLength";
    assert.equal(await inside(memory), 2 ** 26);
  });

  const limits: Partial<Limits> = {
    cpuSeconds: 1,
    wallSeconds: 300,
    memoryBytes: 300 * 2 ** 20,
    heapBytes: 100 * 2 ** 20,
    scratchBytes: 2 ** 20,
  };
  const sleep = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";
  for (const [what, expression, reason, own] of [
    ["computes without end", "for (;;);", "cpu", {}],
    ["sleeps without end", sleep, "wall", { wallSeconds: 1 }],
    [
      "fills the heap",
      "const all = []; for (;;) all.push(new Array(1e5).fill(all.length / 3))",
      "memory",
      { cpuSeconds: 20 },
    ],
    ["prints without end", "for (;;) fs.writeSync(1, 'x'.repeat(1e5))", "output", { cpuSeconds: 20 }],
    [
      "fills its folder",
      `for (let k = 0; k < 20; k++) { fs.mkdirSync("d"); process.chdir("d"); fs.writeFileSync("f", Buffer.alloc(1e5)); } ${sleep}`,
      "scratch",
      {},
    ],
    [
      "makes files without end",
      `for (let k = 0; k < 3000; k++) fs.writeFileSync("f" + k, ""); ${sleep}`,
      "scratch",
      { cpuSeconds: 20 },
    ],
  ] as const)
    test(`ends a process that ${what}`, async () => {
      assert.deepEqual(await inside(expression, "container", { ...limits, ...own }), { reason });
    });

  test("is refused where it would not hide what must stay hidden", () => {
    assert.match(
      containerProblem(["/usr/lib"]) ?? "",
      /could read \/usr\/lib.* take the right from others \(chmod/,
    );
    const secrets = mkdtempSync(path.join(folder, "secrets-"));
    writeFileSync(path.join(secrets, "secret"), "the answers", { mode: 0o600 });
    assert.equal(containerProblem([secrets, path.join(folder, "nothing")]), undefined);
  });
});

test("who is not root is told so", { skip: process.getuid?.() === 0 && "this is root" }, () => {
  assert.match(problem ?? "", /which only root can begin/);
});

describe("no confinement", () => {
  test("has an empty environment and a folder of its own, and the limits", async () => {
    assert.deepEqual(await inside("Object.keys(process.env)", "none"), []);
    assert.match(String(await inside("process.cwd()", "none")), /scratch-/);
    assert.deepEqual(await inside("for (;;);", "none", { cpuSeconds: 1, wallSeconds: 300 }), {
      reason: "cpu",
    });
    assert.deepEqual(await inside("process.exit(3)", "none"), { reason: "exit", code: 3 });
  });

  test("ends what a process started with it", {
    skip: process.platform !== "linux" && "it looks into /proc",
  }, async () => {
    const sandbox = start("none");
    const spawn = `require("node:child_process").spawn("sleep", ["1000"], { env: { PATH: "/usr/bin:/bin" } }).pid`;
    const reply = await sandbox.ask(spawn);
    const child = `/proc/${"answer" in reply ? reply.answer : ""}/stat`;
    assert.ok(existsSync(child));
    await sandbox.stop();
    // one that has ended stays until somebody asks for its code
    const isGone = () => !existsSync(child) || /\) Z /.test(readFileSync(child, "utf8"));
    for (let k = 0; k < 200 && !isGone(); k++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(isGone());
  });
});

describe("a submission's mark", () => {
  let prepared: Inside;
  before(async () => {
    prepared = await prepareInside(path.join(root, "lib"), mkdtempSync(path.join(folder, "inside-")));
  });
  const file = path.join(folder, "handed-in.ipynb");
  const points = async (confinement: Confinement) => {
    const room = {
      inside: { ...prepared, confinement },
      compiler: new Compiler({ ...prepared, confinement }),
    };
    try {
      const { parts } = await gradeSubmission(file, smallPaper, Buffer.from("secret"), room);
      return parts.map(({ aspects }) => aspects.map(({ earned }) => earned));
    } finally {
      await room.compiler.stop();
    }
  };

  for (const [confinement, why] of [
    ["container", problem],
    ["none", undefined],
  ] as const)
    test(`is the same with the confinement "${confinement}"`, { skip: why ?? false }, async () => {
      const imported = `import { scale, matrix } from "./lib/matrix";\n${rightDouble.replace("two * x", "scale(matrix([[x]]), two).data[0]")}`;
      writeFileSync(file, JSON.stringify(handedIn(imported, rightSquare)));
      assert.deepEqual(await points(confinement), [[2, 1], [2.5]]);
      writeFileSync(file, JSON.stringify(handedIn(rightDouble.replace("two", "'two'"), rightSquare)));
      assert.deepEqual(await points(confinement), [[0, 0], [2.5]], "a type error");
    });
});

/** How the scripts are tried here: as they are where that can be, or with bubblewrap. */
const options = problem === undefined ? [] : ["--confine", "bubblewrap"];
const noGrader = problem === undefined ? false : (sandboxProblem() ?? false);

describe("the image's scripts", { skip: noGrader }, () => {
  const { reluBackward } = JSON.parse(
    readFileSync(path.join(root, "tests/fixtures/assignments/a3.json"), "utf8"),
  );
  const notebook = JSON.stringify(notebookOf([codeCell(reluBackward, "relu-backward", { solution: true })]));

  /** A file system as the image has it, with this project as the grader. */
  function image(): string {
    const place = mkdtempSync(path.join(folder, "image-"));
    for (const name of ["autograder/submission", "autograder/results", "grade/student", "tmp", "secret"])
      mkdirSync(path.join(place, name), { recursive: true });
    chmodSync(path.join(place, "tmp"), 0o1777);
    symlinkSync(root, path.join(place, "grader"));
    return place;
  }

  function run(place: string, script: string, assignment = "A3") {
    const env = { ...process.env, GRADER_ROOT: place, ASSIGNMENT: assignment };
    const program = path.join(root, "scripts/assignment/container", script);
    return spawnSync(program, options, { env, encoding: "utf8" });
  }

  test("run_autograder writes what Gradescope reads, and closes what students' code must not touch", () => {
    const place = image();
    writeFileSync(path.join(place, "autograder/submission/A3-layers (1).ipynb"), notebook);
    const { status, stderr, stdout } = run(place, "run_autograder");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /2 of \d+ points/);
    const results = JSON.parse(readFileSync(path.join(place, "autograder/results/results.json"), "utf8"));
    expectFormat("gradescope", results);
    assert.equal(results.score, 2);
    const relu = results.tests.find(({ name }: { name: string }) => name === "ReLU");
    assert.deepEqual([relu.score, relu.max_score, relu.status], [2, 2, "passed"]);
    const mode = (name: string) => statSync(path.join(place, name)).mode & 0o077;
    assert.equal(mode("tmp") & 0o022, 0);
    assert.equal(mode("autograder"), 0);
    assert.equal(mode("secret/course"), 0, "the secret that was made");
  });

  test("grade-for-prairielearn writes what PrairieLearn reads, for what cannot be read and for nothing too", () => {
    const place = image();
    const results = () => JSON.parse(readFileSync(path.join(place, "grade/results/results.json"), "utf8"));
    assert.equal(run(place, "grade-for-prairielearn").status, 0);
    assert.deepEqual([results().gradable, results().message], [false, "no notebook was handed in"]);
    writeFileSync(path.join(place, "grade/student/A3-layers.ipynb"), "{");
    assert.equal(run(place, "grade-for-prairielearn").status, 0);
    expectFormat("prairielearn", results());
    assert.equal(results().gradable, false);
    assert.match(results().message, /no JSON/);
  });

  test("a failure of the grader leaves no results, not even old ones", () => {
    const place = image();
    const file = path.join(place, "autograder/results/results.json");
    writeFileSync(file, "{}");
    const { status, stderr } = run(place, "run_autograder", "A99");
    assert.notEqual(status, 0);
    assert.match(stderr, /There is no assignment "A99"/);
    assert.equal(existsSync(file), false);
  });
});

test("grade-one says what is wrong with its options", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["scripts/main.mjs", "assignment", "grade-one", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  const output = path.join(folder, "results.json");
  const usual = ["--assignment", "A3", "--output", output, "--secret", path.join(folder, "secret")];
  const none = ["--confine", "none"];
  for (const [args, words] of [
    [["nowhere.ipynb", ...usual, "--results", "gradescope"], /nowhere\.ipynb is not there/],
    [
      [__filename, ...usual, "--results", "canvas"],
      /--results canvas: it must be prairielearn or gradescope/,
    ],
    [[__filename, ...usual, "--results", "gradescope", ...none], /--i-trust-every-submission/],
    [
      [__filename, ...usual, "--results", "gradescope", "--confine", "jail"],
      /must be bubblewrap, container, none/,
    ],
    [[__filename, ...usual], /required option '--results <platform>'/],
  ] as [string[], RegExp][]) {
    const { status, stderr } = run(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, words);
    assert.equal(existsSync(output), false);
  }
});

describe("the Dockerfile", () => {
  const text = readFileSync(path.join(root, "scripts/assignment/container/Dockerfile"), "utf8");
  const instructions = text
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");

  test("begins from the project's own base, and Gradescope's from one of theirs, by their versions", () => {
    const bases = instructions.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
    const own = /^FROM (\S+)/m.exec(readFileSync(path.join(root, "Dockerfile"), "utf8"))?.[1];
    assert.deepEqual(bases, [own, "gradescope/autograder-base:ubuntu-22.04", "grader"]);
    const stages = instructions.flatMap((line) => /^FROM \S+ AS (\S+)/.exec(line)?.[1] ?? []);
    assert.deepEqual(stages, ["grader", "gradescope", "prairielearn"]);
  });

  test("fetches from registries alone, by the lock file", () => {
    assert.doesNotMatch(
      instructions.join("\n"),
      /curl|wget|https?:|\bADD\b|npm install|npm i\b|pip install (?!-r)|latest/,
    );
    for (const line of instructions.filter((one) => one.includes("apt-get install"))) {
      assert.match(line, /apt-get update\s+&& apt-get install -y --no-install-recommends/);
      assert.match(line, /rm -rf \/var\/lib\/apt\/lists\/\*$/);
    }
    assert.ok(instructions.some((line) => /^RUN npm ci .*--ignore-scripts/.test(line)));
  });

  test("names files that are there, and leaves courses and what is installed here out", () => {
    const places = instructions.flatMap((line) => line.match(/\/grader\/[\w/.-]+/g) ?? []);
    for (const place of places)
      assert.ok(existsSync(path.join(root, path.relative("/grader", place))), place);
    const ignored = readFileSync(path.join(root, ".dockerignore"), "utf8").split("\n");
    for (const name of ["course", "node_modules", ".git", ".cache"]) assert.ok(ignored.includes(name), name);
    for (const script of ["grade-submission", "run_autograder", "grade-for-prairielearn"]) {
      const file = path.join(root, "scripts/assignment/container", script);
      assert.equal(statSync(file).mode & 0o111, 0o111, `${script} is not executable`);
      const { status, stderr } = spawnSync("sh", ["-n", file], { encoding: "utf8" });
      assert.equal(status, 0, stderr);
    }
  });

  test("takes from others the right to read anything but packages", () => {
    const line = instructions.find((one) => one.includes("chmod -R go= ."));
    assert.match(line ?? "", /chmod -R go= \.\s+&& chmod go=x \.\s+&& chmod -R go=rX node_modules/);
    assert.match(instructions.join("\n"), /mkdir -m 700 \/secret.*install -m 600/s);
  });
});
