/** The kernel as Jupyter's clients see it: replies, outputs, errors, aborts and interrupts. */
import assert from "node:assert/strict";
import test, { after, before, describe } from "node:test";
import { Driver, type Output, skip } from "./kernel/jupyter";

interface Answer {
  [field: string]: unknown;
  language_info?: { name: string; version: string };
  data?: Record<string, string>;
}

const types = (outputs: Output[]) =>
  outputs.map(({ type }) => type).filter((type) => type !== "execute_input");
const last = (outputs: Output[]) => outputs[outputs.length - 1];

describe("kernel", { skip }, () => {
  let jupyter: Driver;
  before(async () => {
    jupyter = new Driver();
    await jupyter.ask({ do: "start" });
  });
  after(() => jupyter.kill());

  test("every request is answered in the form that the protocol asks for", async () => {
    const info = await jupyter.ask<Answer>({ do: "request", type: "kernel_info_request" });
    assert.equal(info.status, "ok");
    assert.equal(info.protocol_version, "5.3");
    assert.equal(info.language_info?.name, "typescript");
    assert.equal(info.language_info?.version, require("@tslab/typescript-for-tslab").version);
    const comms = await jupyter.ask<Answer>({ do: "request", type: "comm_info_request" });
    assert.deepEqual([comms.type, comms.status, comms.comms], ["comm_info_reply", "ok", {}]);
    const history = await jupyter.ask<Answer>({ do: "request", type: "history_request" });
    assert.deepEqual([history.type, history.history], ["history_reply", []]);
    const unknown = await jupyter.ask<Answer>({ do: "request", type: "nonsense_request" });
    assert.deepEqual([unknown.type, unknown.status], ["nonsense_reply", "error"]);
    const incomplete = await jupyter.ask<Answer>({
      do: "request",
      type: "is_complete_request",
      content: { code: "for (;;) {" },
    });
    assert.equal(incomplete.status, "incomplete");
    const cursor = { code: "Math.hyp", cursor_pos: 8, detail_level: 0 };
    const completion = await jupyter.ask<Answer>({
      do: "request",
      type: "complete_request",
      content: cursor,
    });
    assert.deepEqual(completion.matches, ["hypot"]);
    const inspection = await jupyter.ask<Answer>({
      do: "request",
      type: "inspect_request",
      content: { ...cursor, code: "Math.hypot" },
    });
    assert.match(inspection.data?.["text/plain"] ?? "", /square root of the sum of squares/);
  });

  test("many console.log calls make one stream output, and stderr another", async () => {
    const { outputs } = await jupyter.run(
      'for (let i = 0; i < 300; i++) console.log(i);\nconsole.error("and");',
    );
    assert.deepEqual(types(outputs[0]), ["stream", "stream"]);
    assert.equal(outputs[0][1].text, `${[...Array(300).keys()].join("\n")}\n`);
    assert.deepEqual([outputs[0][2].name, outputs[0][2].text], ["stderr", "and\n"]);
  });

  test("the last expression is an execute_result, unless it is undefined", async () => {
    const { outputs, replies } = await jupyter.run(["[1, 'a']", "undefined", "void 0;", "const unused = 1;"]);
    assert.deepEqual(types(outputs[0]), ["execute_result"]);
    assert.equal(last(outputs[0]).data?.["text/plain"], "[ 1, 'a' ]");
    assert.equal(last(outputs[0]).execution_count, replies[0].execution_count);
    assert.deepEqual(outputs.slice(1).map(types), [[], [], []]);
  });

  test("a value may bring its own bundle", async () => {
    const { outputs } = await jupyter.run(
      "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>1</b>', 'text/plain': 'one' }) })",
    );
    assert.deepEqual(last(outputs[0]).data, { "text/html": "<b>1</b>", "text/plain": "one" });
  });

  test("a display is updated in place, between the texts before and after it", async () => {
    const { outputs } = await jupyter.run(
      `import * as tslab from "tslab";
console.log("before");
const bar = tslab.newDisplay();
bar.text("half");
bar.text("done");
console.log("after");`,
    );
    const [, , first, second] = outputs[0];
    assert.deepEqual(types(outputs[0]), ["stream", "display_data", "update_display_data", "stream"]);
    assert.equal(first.transient?.display_id, second.transient?.display_id);
    assert.equal(second.data?.["text/plain"], "done");
  });

  test("no output is lost when a cell makes thousands at once", async () => {
    const { outputs } = await jupyter.run(
      'import * as tslab from "tslab"; for (let i = 0; i < 3000; i++) tslab.display.text(String(i));',
    );
    const shown = outputs[0]
      .filter(({ type }) => type === "display_data")
      .map(({ data }) => data?.["text/plain"]);
    assert.deepEqual(shown, [...Array(3000).keys()].map(String));
  });

  test("cells are numbered, for the front end and for lib/notebook", async () => {
    const code = "(globalThis as any)[Symbol.for('backpropagation.executionCount')]";
    const { outputs, replies } = await jupyter.run([code, code]);
    const [one, two] = outputs.map((cell) => Number(last(cell).data?.["text/plain"]));
    assert.equal(two, one + 1);
    assert.deepEqual(
      outputs.map((cell) => cell[0].execution_count),
      replies.map(({ execution_count }) => execution_count),
    );
    const withoutHistory = await jupyter.run([code, "1"], { store_history: false });
    assert.equal(Number(last(withoutHistory.outputs[0]).data?.["text/plain"]), two + 1);
    assert.equal(withoutHistory.replies[0].execution_count, replies[1].execution_count);
  });

  test("a shorthand property sees the variable of an earlier cell, a local one and a global", async () => {
    const { outputs } = await jupyter.run([
      "const width = 3;",
      "const height = 4;\n({ width, height, same: ((width: number) => ({ width }))(5), hasLog: 'log' in { console }.console })",
    ]);
    const shown = "{ width: 3, height: 4, same: { width: 5 }, hasLog: true }";
    assert.equal(last(outputs[1]).data?.["text/plain"], shown);
  });

  test("a silent request shows nothing and does not count", async () => {
    const silent = await jupyter.run("1 + 1; console.log('x'); 2", { silent: true });
    assert.deepEqual(silent.outputs[0], []);
  });

  const failures: [string, string, string, RegExp, RegExp?][] = [
    ["a thrown error", "\n\nthrow new TypeError('boom');", "TypeError", /^boom$/, /at cell \[\d+\]:3:7/],
    ["an error class without a name", "class Own extends Error {}\nthrow new Own('mine');", "Own", /^mine$/],
    ["a thrown string", "throw 'text';", "ThrownValue", /^text/],
    [
      "a cell that does not compile",
      "1;\nconst a: number = 'b';",
      "TypeScriptError",
      /^line 2:7 - Type 'string'/,
      /2 \| const a/,
    ],
    ["a cell that does not parse", "f(", "TypeScriptError", /line 1/],
    [
      "an awaited rejection",
      "await null;\nawait Promise.reject(new RangeError('far'));",
      "RangeError",
      /^far$/,
      /cell \[\d+\]:2:22/,
    ],
    [
      "a floating rejection",
      "Promise.reject(new Error('adrift'));\n1;",
      "Error",
      /^adrift$/,
      /cell \[\d+\]:1:16/,
    ],
    [
      "an error in a timer",
      "setTimeout(() => {\n  throw new Error('tick');\n}, 0);",
      "Error",
      /^tick$/,
      /cell \[\d+\]:2:9/,
    ],
    ["process.exit", "process.exit(3);\nconsole.log('goes on');", "ProcessExit", /^process\.exit\(3\)/],
    [
      "process.exit in a try block",
      "try { process.exit(); } catch {}\n1;",
      "ProcessExit",
      /^process\.exit\(\)/,
    ],
    [
      "a value that cannot be shown",
      "({ [Symbol.for('Jupyter.display')]() { throw new Error('hidden'); } })",
      "Error",
      /^hidden$/,
    ],
    [
      "an error in lib/",
      "import { matrix, multiply } from './lib/matrix';\nmultiply(matrix([[1, 2]]), matrix([[1, 2]]));",
      "Error",
      /1×2/,
      /at .*lib\/matrix\.ts:\d+:\d+/,
    ],
    [
      "a cause",
      "throw new Error('outer', { cause: new Error('inner') });",
      "Error",
      /^outer$/,
      /Error: inner\n {2}which was the cause of:/,
    ],
  ];
  for (const [what, code, ename, evalue, traceback] of failures) {
    test(`${what} is an error with name, text and traceback, and the kernel lives`, async () => {
      const { outputs, replies } = await jupyter.run([code, "20 + 3"], { stop_on_error: false });
      const error = last(outputs[0]);
      assert.deepEqual(types(outputs[0]), ["error"]);
      assert.equal(error.ename, ename);
      assert.match(error.evalue ?? "", evalue);
      const text = (error.traceback ?? []).join("\n");
      assert.match(text, traceback ?? /./);
      assert.equal(last(error.traceback as never), `${ename}: ${error.evalue}`);
      assert.doesNotMatch(text, new RegExp(process.cwd()), "no path of this machine");
      assert.equal(replies[0].status, "error");
      assert.deepEqual(
        [replies[0].ename, replies[0].evalue, replies[0].traceback],
        [error.ename, error.evalue, error.traceback],
      );
      assert.equal(last(outputs[1]).data?.["text/plain"], "23");
    });
  }

  test("an error that surfaces after its cell has ended fails the next one", async () => {
    await jupyter.run("setTimeout(() => { throw new Error('late'); }, 100);");
    const { replies, outputs } = await jupyter.run(["const survived = 1; survived"]);
    assert.deepEqual([replies[0].status, replies[0].evalue], ["error", "late"]);
    assert.match(last(outputs[0]).traceback?.join("\n") ?? "", /after its cell had ended/);
    assert.equal((await jupyter.run("survived")).replies[0].status, "ok", "its code ran all the same");
  });

  test("cells that wait when one fails are aborted, each after the one before it is idle", async () => {
    const { replies, outputs, order } = await jupyter.run(["1", "throw new Error('stop');", "2", "3"]);
    assert.deepEqual(
      replies.map(({ status }) => status),
      ["ok", "error", "aborted", "aborted"],
    );
    assert.deepEqual([outputs[2], outputs[3]], [[], []]);
    assert.ok(!("execution_count" in replies[2]), "JupyterLab would show a number");
    const expected = [0, 1, 2, 3].flatMap((cell) => [
      [cell, "busy"],
      [cell, "idle"],
    ]);
    assert.deepEqual(order, expected);
    assert.equal((await jupyter.run("4")).replies[0].status, "ok", "a cell sent right after runs");
  });

  test("with stop_on_error false the cells after a failure run", async () => {
    const { replies } = await jupyter.run(["throw 1;", "2", "3"], { stop_on_error: false });
    assert.deepEqual(
      replies.map(({ status }) => status),
      ["error", "ok", "ok"],
    );
  });

  const endless: [string, string][] = [
    ["a busy loop", "while (true);"],
    ["a pending await", "await new Promise(() => {});"],
    ["a busy loop after an await", "await null;\nouter: for (;;) { do { continue outer; } while (true); }"],
    ["a busy loop in a timer", "await new Promise(() => setTimeout(() => { for (;;); }, 1));"],
    ["a busy loop that catches", "await null;\nwhile (true) { try { throw 1; } catch {} }"],
    ["a busy function of lib/", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"],
  ];
  for (const [what, code] of endless) {
    test(`an interrupt stops ${what}, and the next cell runs`, async () => {
      const { replies } = await jupyter.run(code, { interrupt_after: 0.4 });
      assert.deepEqual([replies[0].status, replies[0].ename], ["error", "KeyboardInterrupt"]);
      const next = await jupyter.run(["await new Promise((done) => setTimeout(done, 150));", "5"]);
      assert.deepEqual(
        next.replies.map(({ status }) => status),
        ["ok", "ok"],
      );
    });
  }

  test("a loop that was interrupted does not go on in the background", async () => {
    await jupyter.run(
      "for (;;) { (globalThis as any).turns = ((globalThis as any).turns ?? 0) + 1; await new Promise((next) => setTimeout(next, 5)); }",
      { interrupt_after: 0.4 },
    );
    const { outputs } = await jupyter.run(
      "const turns = (globalThis as any).turns; await new Promise((next) => setTimeout(next, 100)); (globalThis as any).turns - turns",
    );
    assert.equal(last(outputs[0]).data?.["text/plain"], "0");
  });

  test("a restart is answered as one, and ends the kernel though a timer is pending", async () => {
    await jupyter.run("setInterval(() => {}, 1000);");
    assert.deepEqual(await jupyter.ask({ do: "restart" }), { status: "ok", restart: true });
  });
});
