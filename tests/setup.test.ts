// Set-up as a whole, run for real with small programs in the place of npm, Python and the compiler: what it says when
// something is missing or breaks, and that it never trusts what was half made.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import test, { type TestContext } from "node:test";
import { type FakeProject, fakeProject } from "./fake-project";

const js = { BACKPROP_TFJS: "js" };

function project(t: TestContext): FakeProject {
  const made = fakeProject();
  t.after(() => made.remove());
  return made;
}

/** A project whose set-up is done, TensorFlow left to pure JavaScript. */
async function ready(t: TestContext): Promise<FakeProject> {
  const made = project(t);
  const { code, output } = await made.run(["report"], js);
  assert.equal(code, 0, output);
  return made;
}

async function fails(p: FakeProject, env: NodeJS.ProcessEnv, ...patterns: RegExp[]): Promise<void> {
  const { code, output } = await p.run(["report"], { ...js, ...env });
  assert.equal(code, 1, output);
  for (const pattern of patterns) assert.match(output, pattern);
  assert.doesNotMatch(output, /^\s+at /m, "a stack was printed");
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  assert.ok(condition(), "did not come about within 10 s");
}

/** Ends a run in the middle; gives what it had printed and its exit code. */
async function interrupt(p: FakeProject, env: NodeJS.ProcessEnv, when: RegExp, signal: NodeJS.Signals) {
  const child = p.start(["report"], { ...js, ...env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (output += text));
  const lock = () => (fs.existsSync(p.file(".cache/setup.lock")) ? p.read(".cache/setup.lock") : "");
  await until(() => when.test(output) && lock().includes('"tool"') && fs.existsSync(p.file("hangs")));
  const { tool } = JSON.parse(lock());
  const closed = new Promise<number | null>((resolve) => child.on("exit", resolve));
  child.kill(signal);
  return { code: await closed, output, tool: tool.pid as number };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    // A process that has ended but was not waited for yet counts as gone.
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test("nothing there: npm packages, .venv and kernelspec are made; then nothing is started or said", async (t) => {
  const p = project(t);
  const first = await p.run(["report"], js);
  assert.equal(first.code, 0, first.output);
  assert.match(first.output, /Installing the npm packages .*\d+ packages, about \d+ MB/);
  assert.match(first.output, /Making \.venv with Python 3\.12\.4.*about \d+ MB/);
  assert.equal(p.read(".venv/share/jupyter/kernels/tslab/kernel.json"), "{}");
  for (const name of ["npm", "python3", "c++"]) p.program(name, "#!/bin/sh\nexit 70\n");
  const second = await p.run(["report"], js);
  assert.equal(second.code, 0, second.output);
  assert.equal(second.output.replace(/^TensorFlow\.js runs in pure JavaScript.*\n/, ""), "set up\n");
});

test("check sets up no TensorFlow", async (t) => {
  const p = project(t);
  const { code, output } = await p.run(["check"]);
  assert.equal(code, 0, output);
  assert.ok(!fs.existsSync(p.file(".cache/tensorflow.json")));
});

test("a Node that is too old, and Windows, are told so before anything else", (t) => {
  const p = project(t);
  const pretend = (object: string, name: string, value: string) => {
    const code = `Object.defineProperty(${object}, "${name}", { value: "${value}" })`;
    const args = [
      "--import",
      `data:text/javascript,${encodeURIComponent(code)}`,
      "scripts/main.mjs",
      "start",
    ];
    return spawnSync(process.execPath, args, { cwd: p.root, encoding: "utf8" });
  };
  for (const old of ["18.20.4", "20.19.9"]) {
    const { status, stderr } = pretend("process.versions", "node", old);
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`Node ${old} is too old.*20\\.20`));
  }
  const { status, stderr } = pretend("process", "platform", "win32");
  assert.equal(status, 1);
  assert.match(stderr, /WSL2/);
});

test("npm: missing, without network, corrupted, disk full, refused by an engine, unknown trouble", async (t) => {
  const p = project(t);
  await fails(p, { FAKE_NPM_ERROR: "npm error code ENOTFOUND" }, /npm packages: no network/, /HTTPS_PROXY/);
  await fails(p, { FAKE_NPM_ERROR: "npm error code EINTEGRITY" }, /arrived corrupted/, /again/);
  await fails(p, { FAKE_NPM_ERROR: "npm error ENOSPC: no space left" }, /the disk is full/, /npm run clean/);
  await fails(p, { FAKE_NPM_ERROR: "code EBADENGINE\nRequired: >=24" }, /this Node/, /Required: >=24/);
  await fails(p, { FAKE_NPM_ERROR: "something else" }, /something else/, /npm-ci\.log/);
  fs.rmSync(`${p.bin}/npm`);
  await fails(p, {}, /npm was not found/, /nodejs\.org/);
});

test("npm killed half-way is run again, and what it left running is ended", async (t) => {
  const p = project(t);
  const { tool } = await interrupt(p, { FAKE_NPM_HANG: "1" }, /Installing/, "SIGKILL");
  assert.ok(alive(tool));
  // Even where npm's own record looks complete.
  fs.mkdirSync(p.file("node_modules"));
  fs.copyFileSync(p.file("package-lock.json"), p.file("node_modules/.package-lock.json"));
  const { code, output } = await p.run(["report"], js);
  assert.equal(code, 0, output);
  assert.ok(!alive(tool));
  assert.equal(p.read("npm-calls").trim().split("\n").length, 2);
});

test("npm packages are installed anew when the lock file changes, and not when somebody ran npm by hand", async (t) => {
  const p = await ready(t);
  fs.appendFileSync(p.file("package-lock.json"), "\n");
  assert.match((await p.run(["report"], js)).output, /Installing the npm packages/);
  fs.rmSync(p.file("node_modules/.set-up.json"));
  fs.copyFileSync(p.file("package-lock.json"), p.file("node_modules/.package-lock.json"));
  assert.doesNotMatch((await p.run(["report"], js)).output, /Installing/);
});

test("Python: missing, too old, too new, without venv, wrongly named", async (t) => {
  const p = project(t);
  await fails(p, { FAKE_MINOR: "9" }, /found only 3\.9\.4 \(.*python3\)/, /apt install python3/);
  await fails(p, { FAKE_MINOR: "15" }, /Python 3\.10 to 3\.14 is needed; found only 3\.15\.4/);
  await fails(
    p,
    { FAKE_VENV: "False" },
    /lacks the modules venv or ensurepip/,
    /apt install python3\.12-venv/,
  );
  await fails(p, { PYTHON: "/nowhere/python" }, /PYTHON=\/nowhere\/python is not a Python 3/);
  fs.renameSync(`${p.bin}/python3`, `${p.bin}/python3.11`);
  assert.equal((await p.run(["report"], js)).code, 0, "python3.11 is found where there is no python3");
  fs.rmSync(`${p.bin}/python3.11`);
  fs.rmSync(p.file(".venv"), { recursive: true });
  await fails(p, {}, /Python was not found on PATH/, /python3-venv/);
});

test("pip: without network, corrupted, disk full; .venv is not trusted afterwards", async (t) => {
  const p = project(t);
  const noNetwork = "NewConnectionError: [Errno -3] Temporary failure in name resolution";
  await fails(p, { FAKE_PIP_ERROR: noNetwork }, /Python environment: no network/, /PIP_INDEX_URL/);
  await fails(p, { FAKE_PIP_ERROR: "THESE PACKAGES DO NOT MATCH THE HASHES" }, /arrived corrupted/);
  await fails(p, { FAKE_PIP_ERROR: "OSError: [Errno 28] No space left on device" }, /the disk is full/);
  assert.match((await p.run(["report"], js)).output, /Making \.venv/);
});

for (const [signal, exit] of [
  ["SIGINT", 130],
  ["SIGKILL", null],
] as const) {
  test(`${signal} while .venv is made: the next run makes it anew`, async (t) => {
    const p = project(t);
    const { code, tool } = await interrupt(p, { FAKE_PIP_HANG: "1" }, /Making \.venv/, signal);
    assert.equal(code, exit);
    if (signal === "SIGINT") assert.ok(!alive(tool) && !fs.existsSync(p.file(".cache/setup.lock")));
    fs.mkdirSync(p.file(".venv"), { recursive: true });
    fs.writeFileSync(p.file(".venv/half-made"), "");
    const again = await p.run(["report"], js);
    assert.equal(again.code, 0, again.output);
    assert.match(again.output, /Making \.venv/);
    assert.ok(!alive(tool) && !fs.existsSync(p.file(".venv/half-made")));
  });
}

test(".venv is made anew when the requirements change, the folder moves or its Python goes", async (t) => {
  const p = await ready(t);
  fs.appendFileSync(p.file("requirements.txt"), "\n");
  assert.match((await p.run(["report"], js)).output, /Making \.venv/);
  const stamp = JSON.parse(p.read(".venv/set-up.json"));
  fs.writeFileSync(p.file(".venv/set-up.json"), JSON.stringify({ ...stamp, python: "/gone/python3" }));
  assert.match((await p.run(["report"], js)).output, /Making \.venv/);
  assert.doesNotMatch((await p.run(["report"], js)).output, /Making/);
});

test("one set-up at a time; the lock of a process that is gone is taken over", async (t) => {
  const p = project(t);
  fs.mkdirSync(p.file(".cache"));
  const lock = (owner: object) => fs.writeFileSync(p.file(".cache/setup.lock"), JSON.stringify(owner));
  const mine = { pid: process.pid, host: os.hostname(), since: new Date().toISOString() };
  lock(mine);
  await fails(p, {}, new RegExp(`Another set-up is running .*process ${process.pid}`), /setup\.lock/);
  lock({ ...mine, host: "elsewhere" });
  await fails(p, {}, /on elsewhere/);
  if (process.platform === "linux") {
    lock({ ...mine, started: "1" }); // the same number, another process
    assert.equal((await p.run(["report"], js)).code, 0);
  }
  lock({ ...mine, pid: 2 ** 22 + 1 });
  fs.rmSync(p.file(".venv"), { recursive: true, force: true });
  assert.equal((await p.run(["report"], js)).code, 0);
  assert.ok(!fs.existsSync(p.file(".cache/setup.lock")));
});

test("a folder that cannot be written is told so", {
  skip: process.getuid?.() === 0 && "root may write anywhere",
}, async (t) => {
  const p = await ready(t);
  fs.rmSync(p.file(".venv/share"), { recursive: true });
  fs.chmodSync(p.file(".venv"), 0o555);
  try {
    await fails(p, {}, /cannot be written/, /chown/);
  } finally {
    fs.chmodSync(p.file(".venv"), 0o755);
  }
});
