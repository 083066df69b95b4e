/** What a process in the sandbox can do, and what it cannot. */
import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { describe } from "node:test";
import { expectOutsideLibraries } from "../scripts/assignment/sandbox/bubblewrap";
import { type Limits, runLimits } from "../scripts/assignment/sandbox/limits";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";
import { startSandbox } from "../scripts/assignment/sandbox/sandbox";
import { seccompProgram } from "../scripts/assignment/sandbox/seccomp";

const script = path.join(__dirname, "fixtures/sandbox/evaluate.cjs");

const problem = sandboxProblem();
const skip = problem === undefined ? false : problem;

const start = (limits: Partial<Limits> = {}) =>
  startSandbox([{ from: script, to: "/evaluate.cjs" }], "/evaluate.cjs", { ...runLimits, ...limits });

/** What an expression evaluates to inside; undefined if the process ended. */
async function inside(expression: string): Promise<unknown> {
  const sandbox = start();
  const reply = await sandbox.ask(expression);
  await sandbox.stop();
  return "answer" in reply ? JSON.parse(reply.answer) : reply.ending;
}

/** Why a process that does this ends. */
async function endingOf(expression: string, limits: Partial<Limits> = {}) {
  const sandbox = start(limits);
  const reply = await sandbox.ask(expression);
  await sandbox.stop();
  return "ending" in reply ? reply.ending : reply.answer;
}

describe("the sandbox", { skip, concurrency: 2 }, () => {
  test("answers one question after another, and keeps nothing of one process for the next", async () => {
    const sandbox = start();
    assert.deepEqual(await sandbox.ask("globalThis.x = 6; x * 7"), { answer: "42" });
    assert.deepEqual(await sandbox.ask("x"), { answer: "6" });
    assert.deepEqual(await sandbox.stop(), { reason: "stopped" });
    assert.equal(sandbox.output(), "started\n");
    assert.equal(await inside("typeof x"), "undefined");
  });

  test("has no environment, and no user's name", async () => {
    assert.deepEqual(await inside("Object.keys(process.env)"), ["PWD"]);
    assert.equal(await inside("process.getuid()"), 65534);
    assert.deepEqual(
      await inside("fs.readdirSync('/proc/1')"),
      [],
      "what bwrap was started with, and its memory",
    );
  });

  test("sees nothing of the machine but libraries and Node", async () => {
    const seen = (await inside("fs.readdirSync('/')")) as string[];
    assert.deepEqual(
      seen.filter((name) => !/^(lib.*|usr)$/.test(name)),
      ["dev", "evaluate.cjs", "node", "proc", "tmp"],
    );
    for (const folder of ["/etc", "/home", "/root", "/usr/bin", __dirname, process.cwd()])
      assert.equal(await inside(`fs.existsSync(${JSON.stringify(folder)})`), false, folder);
  });

  test("writes nowhere but in its scratch folder, which is small and goes with it", async () => {
    for (const file of ["/x", "/evaluate.cjs", "/dev/x", "/dev/shm/x", "/usr/lib/x", "/node/x"])
      assert.match(
        String(await inside(`fs.writeFileSync(${JSON.stringify(file)}, "x")`)),
        /^E(ROFS|ACCES|PERM)/,
      );
    assert.equal(
      await inside(`fs.writeFileSync("/tmp/left", "x"); fs.readFileSync("/tmp/left", "utf8")`),
      "x",
    );
    assert.equal(await inside(`fs.existsSync("/tmp/left")`), false);
    const fill = `for (let k = 0; ; k++) fs.writeFileSync("/tmp/" + k, Buffer.alloc(1e6))`;
    assert.equal(await inside(fill), "ENOSPC");
  });

  test("reads no file of the machine, whatever its name", async () => {
    const secret = path.join(tmpdir(), `secret-${process.pid}`);
    writeFileSync(secret, "the answers");
    try {
      const paths = [secret, `/proc/self/root${secret}`, `/proc/1/root${secret}`, `/proc/1/cwd${secret}`];
      for (const file of paths)
        assert.match(String(await inside(`fs.readFileSync(${JSON.stringify(file)}, "utf8")`)), /^E[A-Z]+$/);
    } finally {
      rmSync(secret);
    }
  });

  test("reaches no network, not even this machine's own", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    let reached = 0;
    server.on("connection", () => reached++);
    const connect = `new Promise((resolve) => {
      const socket = require("node:net").connect(${port}, "127.0.0.1", () => resolve("connected"));
      socket.on("error", ({ code }) => resolve(code));
    })`.replaceAll("\n", " ");
    assert.equal(await inside(connect), "EPERM");
    assert.match(String(await inside(`require("node:dns").promises.lookup("example.org")`)), /^E[A-Z]+/);
    server.close();
    assert.equal(reached, 0);
  });

  test("starts no process and sees none but itself", async () => {
    const spawn = `require("node:child_process").spawnSync(process.execPath, ["--version"]).error.code`;
    assert.equal(await inside(spawn), "EPERM");
    const processes = await inside("fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length");
    assert.equal(processes, 2);
  });

  test("cannot end the process that started it", async () => {
    for (const target of ["process.ppid", "1", String(process.pid), "-1"])
      await inside(`process.kill(${target}, "SIGKILL")`);
    assert.equal(await inside("6 * 7"), 42);
  });

  test("has threads and shared WebAssembly memory, as lib's numeric core needs them", async () => {
    const memory =
      "new WebAssembly.Memory({ initial: 1024, maximum: 65536, shared: true }).buffer.byteLength";
    assert.equal(await inside(memory), 2 ** 26);
    const thread = `new (require("node:worker_threads").Worker)("1", { eval: true }).threadId`;
    assert.equal(await inside(thread), 1);
  });

  const limits: Partial<Limits> = {
    cpuSeconds: 1,
    wallSeconds: 300,
    memoryBytes: 300 * 2 ** 20,
    heapBytes: 100 * 2 ** 20,
  };
  const sleep = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";
  for (const [what, expression, reason, own] of [
    ["computes without end", "for (;;);", "cpu", {}],
    ["ignores the signal", "process.on('SIGXCPU', () => {}); for (;;);", "cpu", {}],
    [
      "computes on many threads",
      `for (let k = 0; k < 4; k++) new (require("node:worker_threads").Worker)("for (;;);", { eval: true }); ${sleep}`,
      "cpu",
      { memoryBytes: 2 ** 30, heapBytes: 2 ** 29 },
    ],
    ["sleeps without end", sleep, "wall", { wallSeconds: 1 }],
    [
      "fills the heap",
      "const all = []; for (;;) all.push(new Array(1e5).fill(all.length / 3))",
      "memory",
      { cpuSeconds: 20 },
    ],
    ["prints without end", "for (;;) fs.writeSync(1, 'x'.repeat(1e5))", "output", { cpuSeconds: 20 }],
    [
      "answers without end",
      "'x'.repeat(4e7)",
      "answer",
      { cpuSeconds: 20, memoryBytes: 2 ** 30, heapBytes: 2 ** 29 },
    ],
  ] as const)
    test(`ends a process that ${what}`, async () => {
      assert.deepEqual(await endingOf(expression, { ...limits, ...own }), { reason });
    });

  test("gives a process that computes all its time of computing, however long the clock says that takes", async () => {
    const compute =
      "const { user } = process.cpuUsage(); while (process.cpuUsage().user - user < 2e6) for (let k = 0; k < 1e6; k++); 'computed'";
    const ending = await endingOf(compute, { ...limits, cpuSeconds: 20, wallSeconds: 0.4 });
    assert.equal(ending, '"computed"');
  });

  test("ends a process that fills the memory outside the heap, or Node gives it no more", async () => {
    const fill = "const all = []; for (;;) all.push(Buffer.alloc(1e7, 1))";
    const ending = await endingOf(fill, { ...limits, cpuSeconds: 20 });
    // Node 26 throws where Node 20 aborts
    if (typeof ending === "string") assert.match(ending, /MEMORY_ALLOCATION_FAILED|RangeError/);
    else assert.deepEqual(ending, { reason: "memory" });
  });

  test("says with which code a process ended itself, and recursion is an error like others", async () => {
    assert.deepEqual(await endingOf("process.exit(3)"), { reason: "exit", code: 3 });
    assert.equal(await inside("(function again() { return again() + 1 })()"), "RangeError");
  });

  test("is asked nothing more once it has ended", async () => {
    const sandbox = start();
    await sandbox.ask("process.exit(0)");
    assert.deepEqual(await sandbox.ask("1"), { ending: { reason: "exit", code: 0 } });
  });

  test("is ended at any moment of its start", async () => {
    // bwrap that is ended between two steps would leave a process behind that waits for it, and holds the pipes
    for (let delay = 0; delay < 12; delay += 0.5) {
      const sandbox = start();
      await new Promise((resume) => setTimeout(resume, delay));
      assert.deepEqual(await sandbox.stop(), { reason: "stopped" });
    }
  });

  test("leaves no file behind", async () => {
    await inside("1");
    assert.equal(existsSync(path.join(tmpdir(), "left")), false);
  });
});

test("the filter of system calls begins with the architecture and is whole instructions", () => {
  for (const [architecture, audit] of [
    ["x64", 0xc000003e],
    ["arm64", 0xc00000b7],
  ] as const) {
    const program = seccompProgram(architecture);
    assert.equal(program.length % 8, 0);
    // load the architecture, at offset 4 of struct seccomp_data; compare it
    assert.equal(program.readUInt16LE(0), 0x20);
    assert.equal(program.readUInt32LE(4), 4);
    assert.equal(program.readUInt32LE(12), audit);
  }
  assert.throws(() => seccompProgram("mips"), /system calls of x64 and arm64, not of mips/);
});

test("a folder among the libraries is refused, since sandboxed code could read it", () => {
  assert.throws(() => expectOutsideLibraries("/usr/lib/course"), /lies in \/usr\/lib.*Move the folder/);
  expectOutsideLibraries("/srv/course");
});
