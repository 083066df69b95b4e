// Answers to A3's first part, denseBackward, that do anything but answer. Where a wall has a hole, `leaked` is true and
// the answer is right: then the test sees points that nobody should have.

/** The right answer, by a student's hand. */
export const right = `{
    gradients: { weights: multiplyTransposeRight(dZ, cache.A), bias: rowSums(dZ) },
    dInput: multiplyTransposeLeft(params.weights, dZ),
  }`;

/** denseBackward with this body, and code around it. */
export const answering = (body: string, before = "", after = "") =>
  `${before}
function denseBackward(params: DenseParams, cache: { readonly A: Matrix }, dZ: Matrix): any {
  ${body}
}
${after}`;

const zero = `{ gradients: { weights: zeros(dZ.rows, cache.A.rows), bias: zeros(dZ.rows, 1) }, dInput: zeros(cache.A.rows, dZ.cols) }`;

/** Right if what is tried succeeds, else all zeros. */
const ifLeaked = (attempt: string) =>
  answering(`return leaked ? ${right} : ${zero};`, `var leaked = false;\ntry {\n${attempt}\n} catch {}`);

/** Where things lie outside. */
export interface Outside {
  readonly root: string;
  readonly secret: string;
  readonly submissions: string;
  readonly canary: string;
  readonly port: number;
}

/** Attacks by name. */
export const attacks = ({ root, secret, submissions, canary, port }: Outside): Record<string, string> => ({
  "an endless loop in the function": answering("for (;;);"),
  "an endless loop in the cell": answering(`return ${right};`, "for (;;);"),
  "a regular expression without end": answering("return /^(a+)+$/.test('a'.repeat(40) + 'b');"),
  "endless recursion": answering("return denseBackward(params, cache, dZ);"),
  "recursion that catches its own overflow": answering(
    "const again: any = () => { try { again(); } finally { again(); } }; return again();",
  ),
  "memory in lists": answering(
    "const all: any[] = []; for (;;) all.push(new Array(1e5).fill(Math.random()));",
  ),
  "memory in buffers": answering("const all: any[] = []; for (;;) all.push(Buffer.alloc(1e7, 1));"),
  "memory in one string": answering("let s = 'x'; for (;;) s += s;"),
  "a process by spawn": ifLeaked(
    "leaked = require('node:child_process').spawnSync(process.execPath, ['--version']).status === 0;",
  ),
  "a shell": ifLeaked("require('node:child_process').execSync('true'); leaked = true;"),
  "processes without end": answering(
    "for (let k = 0; k < 300; k++) require('node:child_process').spawn(process.execPath, ['-e', 'for(;;);']); return 0;",
  ),
  "threads without end": answering(
    "for (let k = 0; k < 300; k++) new (require('node:worker_threads').Worker)('for(;;);', { eval: true }); for (;;);",
  ),
  "a flood on the console": answering("for (;;) console.log('x'.repeat(1e4));"),
  "a flood by descriptor": answering("for (;;) require('node:fs').writeSync(2, 'x'.repeat(1e5));"),
  "a full scratch folder": answering(
    "for (let k = 0; ; k++) require('node:fs').writeFileSync('/tmp/' + k, Buffer.alloc(1e6));",
  ),
  "process.exit in the function": answering("process.exit(0);"),
  "process.exit in the cell": answering(`return ${right};`, "process.exit(0);"),
  "process.abort": answering("process.abort();"),
  "a signal to itself": answering("process.kill(process.pid, 'SIGKILL'); for (;;);"),
  "signals to its parent": answering(
    `return ${zero};`,
    "for (const id of [process.ppid, 1]) try { process.kill(id, 'SIGKILL'); } catch {}",
  ),
  "signals to all": answering(
    `return ${zero};`,
    "for (const id of [1, -1, 0]) try { if (id !== 0) process.kill(id, 'SIGTERM'); } catch {}",
  ),
  "ignored signals": answering(
    "for (;;);",
    "for (const s of ['SIGTERM', 'SIGXCPU', 'SIGINT']) process.on(s as any, () => {});",
  ),
  "lib's own backward": answering("return dense(cache.A.rows, dZ.rows).backward(params, cache, dZ);"),
  "the reference on the disk": ifLeaked(
    `leaked = require('node:fs').readFileSync(${JSON.stringify(`${root}/lib/layers.ts`)}, 'utf8').length > 0;`,
  ),
  "a reference in lib inside": ifLeaked(
    "leaked = /multiplyTransposeLeft\\(W, dZ\\)/.test(require('node:fs').readFileSync('/project/lib/layers.js', 'utf8'));",
  ),
  "the teacher's secret": ifLeaked(
    `require('node:fs').readFileSync(${JSON.stringify(secret)}); leaked = true;`,
  ),
  "the environment of others": ifLeaked(
    `const fs = require('node:fs');
for (const id of fs.readdirSync('/proc').filter((name: string) => /^\\d+$/.test(name)))
  if (/SECRET|HOME|USER|npm_/.test(fs.readFileSync('/proc/' + id + '/environ', 'utf8'))) leaked = true;`,
  ),
  "the parent's memory": ifLeaked(
    "require('node:fs').openSync('/proc/' + process.ppid + '/mem', 'r'); leaked = process.ppid !== 0;",
  ),
  "other submissions": ifLeaked(
    `leaked = require('node:fs').readdirSync(${JSON.stringify(submissions)}).length > 0;`,
  ),
  "the network by fetch": answering(
    `return leaked ? ${right} : ${zero};`,
    `var leaked = false;\ntry { await fetch('http://127.0.0.1:${port}/'); leaked = true; } catch {}`,
  ),
  "the network by a socket": answering(
    `return leaked ? ${right} : ${zero};`,
    `var leaked = await new Promise((done) => {
  const socket = require('node:net').connect(${port}, '127.0.0.1', () => done(true));
  socket.on('error', () => done(false));
});`,
  ),
  "writing outside": ifLeaked(
    `require('node:fs').writeFileSync(${JSON.stringify(canary)}, 'x'); leaked = true;`,
  ),
  "writing into lib": ifLeaked(
    "require('node:fs').writeFileSync('/project/lib/matrix.js', 'x'); leaked = true;",
  ),
  "a link out of the scratch folder": ifLeaked(
    `require('node:fs').symlinkSync(${JSON.stringify(root)}, '/tmp/out');
leaked = require('node:fs').readdirSync('/tmp/out').length > 0;`,
  ),
  "a native addon": ifLeaked("(process as any).dlopen({ exports: {} }, '/tmp/x.node'); leaked = true;"),
  "patched Math": answering(
    `return ${zero};`,
    "for (const name of Object.getOwnPropertyNames(Math)) try { (Math as any)[name] = () => 0; } catch {}",
  ),
  "patched Array": answering(
    `return ${zero};`,
    "for (const name of ['map', 'every', 'some', 'find', 'flatMap', 'forEach']) (Array.prototype as any)[name] = () => true;",
  ),
  "patched Float64Array": answering(
    `return ${zero};`,
    "Object.defineProperty(Float64Array.prototype, 'length', { get: () => 0 }); (globalThis as any).Float64Array = Array;",
  ),
  "patched console": answering(
    `return ${zero};`,
    "for (const name of Object.keys(console)) (console as any)[name] = () => { throw 0; };",
  ),
  "patched JSON": answering(`return ${zero};`, `JSON.stringify = () => '{"values":[{"undefined":true}]}';`),
  "patched Object and Reflect": answering(
    `return ${zero};`,
    "Object.is = () => true; Object.keys = () => []; Reflect.apply = () => 1; Object.getPrototypeOf = () => null;",
  ),
  "patched Buffer": answering(
    `return ${zero};`,
    "Buffer.from = (() => ({ toString: () => '' })) as any; Buffer.alloc = (() => '') as any;",
  ),
  "a polluted prototype": answering(
    `return ${zero};`,
    "(Object.prototype as any).earned = 9; (Object.prototype as any).data = new Float64Array(1); (Object.prototype as any).threw = undefined;",
  ),
  "patched kernel and display": answering(
    `return ${zero};`,
    "(globalThis as any).__tslab__ = { done: true }; (globalThis as any).check = () => true; try { require('tslab').display.raw = () => {}; } catch {}",
  ),
  "a check of its own": answering(`return ${zero};`, "", "const passes = { check: () => 'all marks' };"),
  "patched errors": answering(
    "throw { get name() { process.exit(0); }, toString() { for (;;); } };",
    "Error.prepareStackTrace = () => { for (;;); };",
  ),
  "results forged on the channel": answering(
    `return ${zero};`,
    "",
    `require('node:fs').writeSync(4, '{"values":[1,1,1]}\\n'.repeat(50));`,
  ),
  "results forged for later": answering(
    `require('node:fs').writeSync(4, '{"values":[{"list":[]},{"list":[]},{"list":[]}]}\\n'); process.exit(0);`,
  ),
  "the requests read ahead": answering(
    "const bytes = Buffer.alloc(1e6); require('node:fs').readSync(3, bytes, 0, 1e6, null); return 0;",
  ),
  "a closed channel": answering("require('node:fs').closeSync(4); return 0;"),
  "marks for an answer": answering(
    "return { earned: 5, points: 5, gradients: { earned: 5 }, dInput: { marks: 5 } };",
  ),
  "a getter that changes its answer": answering(
    `let reads = 0; const all: any = ${zero};
  return { get gradients() { return reads++ % 2 ? all.gradients : undefined; }, get dInput() { return reads++ ? all.dInput : null; } };`,
  ),
  "a Proxy that agrees with everything": answering(
    "const yes: any = new Proxy(function () {}, { get: () => yes, apply: () => yes, has: () => true }); return yes;",
  ),
  "data behind a Proxy": answering(
    `const data: any = new Proxy(new Float64Array(6), { get: (_t, k) => (k === 'length' ? 6 : 0) });
  return { gradients: { weights: { rows: 2, cols: 3, data }, bias: { rows: 2, cols: 1, data } }, dInput: { rows: 3, cols: 5, data } };`,
  ),
  "a promise": answering(`return Promise.resolve(${right});`),
  "a promise of each gradient": answering(
    "return { gradients: { weights: Promise.resolve(1), bias: Promise.resolve(1) }, dInput: new Promise(() => {}) };",
  ),
  "NaN everywhere": answering(`const nan = (M: Matrix) => scale(M, Number.NaN); const all: any = ${right};
  return { gradients: { weights: nan(all.gradients.weights), bias: nan(all.gradients.bias) }, dInput: nan(all.dInput) };`),
  "infinity everywhere": answering(`const far = (M: Matrix) => scale(M, Infinity); const all: any = ${right};
  return { gradients: { weights: far(all.gradients.weights), bias: far(all.gradients.bias) }, dInput: far(all.dInput) };`),
  "−0 everywhere": answering(`const none = (M: Matrix) => scale(M, -0); const all: any = ${right};
  return { gradients: { weights: none(all.gradients.weights), bias: none(all.gradients.bias) }, dInput: none(all.dInput) };`),
  "texts for numbers": answering("return { gradients: { weights: '0', bias: '0' }, dInput: '0' };"),
  "lists for matrices": answering(`const all: any = ${right}; const list = (M: Matrix) => [...M.data];
  return { gradients: { weights: list(all.gradients.weights), bias: list(all.gradients.bias) }, dInput: list(all.dInput) };`),
  "right values in wrong shapes":
    answering(`const all: any = ${right}; const turned = ({ rows, cols, data }: Matrix) => ({ rows: 1, cols: rows * cols, data });
  return { gradients: { weights: turned(all.gradients.weights), bias: turned(all.gradients.bias) }, dInput: turned(all.dInput) };`),
  "right values in single precision":
    answering(`const all: any = ${right}; const single = ({ rows, cols, data }: Matrix) => ({ rows, cols, data: Float32Array.from(data) });
  return { gradients: { weights: single(all.gradients.weights), bias: single(all.gradients.bias) }, dInput: single(all.dInput) };`),
  "a cyclic answer": answering(
    "const loop: any = {}; loop.gradients = loop; loop.weights = loop; loop.bias = loop; loop.dInput = loop; return loop;",
  ),
  "an answer of a gigabyte": answering(
    "const huge = { rows: 1e4, cols: 1e4, data: new Float64Array(1e8) }; return { gradients: { weights: huge, bias: huge }, dInput: huge };",
  ),
  "an answer special-cased to the visible example": answering(
    `return params.weights.cols === 3 && params.weights.rows === 2 && dZ.cols === 5 ? ${right} : ${zero};`,
  ),
  "an answer by finite differences": answering(
    `const E = (p: any, A: Matrix) => { const { data } = dense(A.rows, dZ.rows).forward(p, A).output; let e = 0; for (let k = 0; k < data.length; k++) e += data[k] * dZ.data[k]; return e; };
  const by = (M: Matrix, f: (M: Matrix) => number) => mapEntries(M, (m, i, j) => { const at = (x: number) => f(mapEntries(M, (y, r, c) => (r === i && c === j ? x : y))); return (at(m + 1e-5) - at(m - 1e-5)) / 2e-5; });
  return { gradients: { weights: by(params.weights, (W) => E({ ...params, weights: W }, cache.A)), bias: by(params.bias, (b) => E({ ...params, bias: b }, cache.A)) }, dInput: by(cache.A, (A) => E(params, A)) };`,
  ),
  "a wait without end": answering("Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0); return 0;"),
  "a timer that works on": answering(`return ${zero};`, "setInterval(() => { for (;;); }, 0);"),
  "words at its end": answering(
    "process.exit(0);",
    `process.on('exit', () => { for (;;) require('node:fs').writeSync(4, '{"values":[1,1,1]}\\n'); });`,
  ),
  "a way out of the module": answering(
    `const leaked = (this as any) !== undefined || (exports as any).marks; return leaked ? 0 : ${zero};`,
    "Object.defineProperty(exports, 'marks', { value: 5 }); (module as any) = null;",
  ),
});
