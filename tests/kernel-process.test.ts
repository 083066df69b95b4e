/** The kernel as a process: where it runs, what it reloads, and how it ends. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Driver, type Executed, notebookOf, skip } from "./kernel/jupyter";
import { makeProject, type Project } from "./kernel/project";

const ADD = "export const add = (a: number, b: number): number => a + b;\n";

describe("kernel process", { skip }, () => {
  let project: Project;
  let jupyter: Driver;
  before(() => {
    project = makeProject();
    project.write("lib/add.ts", ADD);
    jupyter = new Driver({ cwd: os.tmpdir(), jupyterPath: project.jupyterPath });
  });
  after(() => {
    jupyter.kill();
    fs.rmSync(project.folder, { recursive: true, force: true });
  });

  const execute = (file: string, options: object = {}) =>
    jupyter.ask<Executed>({
      do: "notebook",
      path: path.join(project.folder, file),
      kernel: "project",
      ...options,
    });

  test("a notebook in a subfolder, started from elsewhere, imports ./lib/… of the project", async () => {
    project.write("notebooks/deep/a.ipynb", notebookOf(["import { add } from './lib/add';\nadd(2, 3)"]));
    const { outputs, text } = await execute("notebooks/deep/a.ipynb");
    assert.equal(outputs?.[0]?.[0]?.data?.["text/plain"], "5", text);
  });

  test("a kernel killed in the middle of a run is reported as dead", async () => {
    project.write("killed.ipynb", notebookOf(["1", "process.kill(process.pid, 'SIGKILL');", "2"]));
    const before = fs.readFileSync(path.join(project.folder, "killed.ipynb"));
    const { raised, text } = await execute("killed.ipynb");
    assert.equal(raised, "DeadKernelError");
    assert.match(text ?? "", /Kernel died/);
    assert.deepEqual(fs.readFileSync(path.join(project.folder, "killed.ipynb")), before);
  });

  test("a cell past its time limit is named, with the code that it was in", async () => {
    project.write("slow.ipynb", notebookOf(["await null;\nwhile (true);"]));
    const { raised, text } = await execute("slow.ipynb", { timeout: 2 });
    assert.equal(raised, "CellTimeoutError");
    assert.match(text ?? "", /timed out .*after 2 seconds[\s\S]*while \(true\)/);
  });

  test("an edited file of lib/ is read again, and new files disturb nothing", async () => {
    await jupyter.ask({ do: "start", kernel: "project" });
    await jupyter.run("import { add } from './lib/add';");
    const missing = await jupyter.run("import { fresh } from './lib/new';");
    assert.match(missing.replies[0].evalue ?? "", /Cannot find module '\.\/lib\/new'/);
    project.write("lib/add.ts", ADD.replace("a + b", "1000 + a + b"));
    project.write("lib/new.ts", "export const fresh = 7;\n");
    project.write("another/file.ts", "export {};\n");
    await sleep(1500); // the compiler looks at the files every quarter of a second, or later
    const { replies, outputs } = await jupyter.run([
      "import { add } from './lib/add';\nadd(1, 1)",
      "import { fresh } from './lib/new';\nfresh",
      "1",
    ]);
    assert.deepEqual(
      replies.map(({ status }) => status),
      ["ok", "ok", "ok"],
    );
    assert.equal(outputs[0].at(-1)?.data?.["text/plain"], "1002");
    assert.equal(outputs[1].at(-1)?.data?.["text/plain"], "7");
  });

  test("a shutdown ends the kernel though a cell keeps it busy", async () => {
    const { seconds } = await jupyter.ask<{ seconds: number }>({
      do: "shutdown",
      busy_with: "await null;\n[...Array(1e5)].forEach(() => [...Array(1e5).keys()].sort());",
    });
    assert.ok(seconds < 20);
  });

  test("the kernel ends when Jupyter is killed", async () => {
    const killed = new Driver({ jupyterPath: project.jupyterPath });
    const { pid } = await killed
      .ask<{ pid: number }>({ do: "start", kernel: "project" })
      .finally(() => killed.kill());
    for (let tries = 0; tries < 100 && isAlive(pid); tries++) {
      await sleep(100);
    }
    const survived = isAlive(pid);
    if (survived) {
      process.kill(pid, "SIGKILL");
    }
    assert.ok(!survived, "the kernel still runs after 10 s");
  });

  test("a kernel that cannot start says why", async () => {
    const launcher = path.join(project.folder, "scripts", "kernel", "launch.cjs");
    const child = spawn(process.execPath, [launcher, path.join(project.folder, "missing.json")], {
      timeout: 20_000,
    });
    let text = "";
    child.stderr.on("data", (data) => {
      text += data;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 1);
    assert.match(text, /The kernel could not start\.[\s\S]*ENOENT.*missing\.json/);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
