// The TensorFlow step: which backend is chosen and why, and that neither a broken download nor a broken build is trusted.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import test, { type TestContext } from "node:test";
import { type FakeProject, fakeProject } from "./fake-project";

const addon = "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node";

/** libtensorflow as upstream packs it, with a file of noise so that it does not fit in one piece. */
function archive(p: FakeProject): Buffer {
  const library = process.platform === "darwin" ? "dylib" : "so";
  const noise = createHash("shake256", { outputLength: 300_000 }).update("noise").digest();
  for (const [name, text] of [
    [`lib/libtensorflow.${library}`, noise],
    [`lib/libtensorflow_framework.${library}`, "framework"],
    ["include/tensorflow/c/c_api.h", ""],
  ] as const) {
    fs.mkdirSync(path.dirname(p.file(`tar/${name}`)), { recursive: true });
    fs.writeFileSync(p.file(`tar/${name}`), text);
  }
  return spawnSync("tar", ["-czf", "-", "-C", p.file("tar"), "lib", "include"], { maxBuffer: 1e7 }).stdout;
}

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A mirror on this machine; \`answer\` can be replaced. */
async function mirror(t: TestContext) {
  const requests: http.IncomingMessage[] = [];
  const state: { answer: Answer } = { answer: (_, response) => response.end() };
  const server = http.createServer((request, response) => {
    requests.push(request);
    state.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  t.after(close);
  return { state, requests, close, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function project(t: TestContext): FakeProject {
  const made = fakeProject();
  t.after(() => made.remove());
  return made;
}

function choice(p: FakeProject): { backend: string; reason: string } {
  return JSON.parse(p.read(".cache/tensorflow.json"));
}

test("from a mirror: native, addressed as upstream's install script does; the second run asks for nothing", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.writeHead(200, { "Content-Length": tar.length }).end(tar);
  const env = { TFJS_NODE_CDN_STORAGE: `${server.address}/storage/` };
  const { code, output } = await p.run(["report"], env);
  assert.equal(code, 0, output);
  assert.deepEqual([choice(p).backend, choice(p).reason], ["native", ""]);
  assert.equal(p.read(addon), "good");
  if (process.platform === "linux" && process.arch === "x64") {
    const wanted = "/storage/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz";
    assert.deepEqual(
      server.requests.map((request) => request.url),
      [wanted],
    );
  }
  assert.equal((await p.run(["report"], env)).output, "set up\n");
  assert.equal(server.requests.length, 1);
});

test("a download that breaks off is told so, and goes on where it stopped", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  const half = Math.floor(tar.length / 2);
  server.state.answer = (_, response) => {
    response.writeHead(200, { "Content-Length": tar.length, ETag: '"1"' });
    response.write(tar.subarray(0, half), () => setTimeout(() => response.destroy(), 100));
  };
  const broken = await p.run(["report"], env);
  assert.equal(broken.code, 1);
  assert.match(broken.output, /mirror: no network/);
  server.state.answer = (request, response) => {
    assert.equal(request.headers["if-range"], '"1"');
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1]);
    assert.ok(from > 0 && from <= half);
    response.writeHead(206, { "Content-Length": tar.length - from, ETag: '"1"' }).end(tar.subarray(from));
  };
  const { code, output } = await p.run(["report"], env);
  assert.equal(code, 0, output);
  assert.match(output, /here already/);
  assert.equal(choice(p).backend, "native");
});

test("a mirror that has not got it, is not there, or sends something else", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  const fails = async (...patterns: RegExp[]) => {
    const { code, output } = await p.run(["report"], env);
    assert.equal(code, 1, output);
    for (const pattern of patterns) assert.match(output, pattern);
    assert.doesNotMatch(output, /^\s+at /m, "a stack was printed");
    assert.ok(!fs.existsSync(p.file(".cache/tensorflow.json")));
  };
  server.state.answer = (_, response) => response.writeHead(403).end("denied");
  await fails(/answered 403/, /TFJS_NODE_CDN_STORAGE/);
  server.state.answer = (_, response) => response.end("this is no archive");
  await fails(/Unpacking libtensorflow \(the download was deleted\)/);
  assert.deepEqual(fs.readdirSync(p.file(".cache/downloads")), []);
  const empty = spawnSync("tar", ["-czf", "-", "-C", p.root, "package.json"]).stdout;
  server.state.answer = (_, response) => response.end(empty);
  await fails(/holds no libtensorflow/);
  server.close();
  await fails(/no network/);
});

test("no compiler: pure JavaScript with the reason; a compiler that appears is used", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.end(tar);
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  const compiler = p.read("bin/c++");
  fs.rmSync(`${p.bin}/c++`);
  for (let run = 0; run < 2; run++) {
    const { code, output } = await p.run(["report"], env);
    assert.equal(code, 0, output);
    assert.match(output, /TensorFlow\.js runs in pure JavaScript.*no C\+\+ compiler/);
  }
  assert.equal(choice(p).backend, "js");
  assert.match(choice(p).reason, /no C\+\+ compiler/);
  assert.equal(server.requests.length, 0, "nothing is downloaded that cannot be built");
  p.program("my-compiler", compiler);
  assert.equal((await p.run(["report"], { ...env, CXX: "my-compiler" })).code, 0);
  assert.equal(choice(p).backend, "native");
});

test("a build that fails, or whose addon does not load, is not used and not left behind", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.end(tar);
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  const failed = await p.run(["report"], { ...env, FAKE_COMPILER_ERROR: "fatal error: no <string>" });
  assert.equal(failed.code, 0, failed.output);
  assert.match(choice(p).reason, /could not be built: fatal error: no <string> \(.*addon\.log\)$/);
  assert.match(
    failed.output,
    /To try again: delete \.cache\/tensorflow\.json or install another C\+\+ compiler\./,
  );
  const waiting = await p.run(["report"], env);
  assert.doesNotMatch(waiting.output, /Building/, "with the same compiler it would fail again");
  fs.rmSync(p.file(".cache/tensorflow.json"));
  const broken = await p.run(["report"], { ...env, FAKE_ADDON: "garbage" });
  assert.equal(broken.code, 0, broken.output);
  assert.match(broken.output, /pure JavaScript.*does not work here: invalid ELF header/);
  assert.equal(choice(p).backend, "js");
  assert.ok(!fs.existsSync(p.file(addon)));
  fs.rmSync(p.file(".cache/tensorflow.json"));
  assert.equal((await p.run(["report"], env)).code, 0);
  assert.equal(choice(p).backend, "native");
  assert.equal(server.requests.length, 1, "the library is downloaded once");
});

test("a failed build is tried again with another compiler, and one that was killed by the next command", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.end(tar);
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  assert.equal(
    (await p.run(["report"], { ...env, FAKE_COMPILER_ERROR: "fatal error: no <string>" })).code,
    0,
  );
  assert.equal(choice(p).backend, "js");
  p.program("my-compiler", p.read("bin/c++"));
  const other = { ...env, CXX: "my-compiler" };
  const fatal = "c++: fatal error: Killed signal terminated program cc1plus";
  const killed = await p.run(["report"], { ...other, FAKE_COMPILER_ERROR: fatal });
  assert.match(killed.output, /Building .*my-compiler/);
  assert.match(killed.output, /Killed signal.*The next command tries again\./);
  const again = await p.run(["report"], other);
  assert.match(again.output, /Building .*my-compiler/);
  assert.equal(choice(p).backend, "native");
});

test("a working addon stays when the compiler changes or goes, and after BACKPROP_TFJS=js", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.end(tar);
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  assert.equal((await p.run(["report"], env)).code, 0);
  p.program("my-compiler", p.read("bin/c++"));
  assert.equal((await p.run(["report"], { ...env, CXX: "my-compiler" })).output, "set up\n");
  fs.rmSync(`${p.bin}/c++`);
  assert.equal((await p.run(["report"], env)).output, "set up\n");
  await p.run(["report"], { ...env, BACKPROP_TFJS: "js" });
  assert.equal(choice(p).backend, "js");
  const { output } = await p.run(["report"], env);
  assert.match(output, /Placing the TensorFlow addon/);
  assert.doesNotMatch(output, /pure JavaScript/);
  assert.equal(choice(p).backend, "native");
});

test("where set-up chooses pure JavaScript no unchecked addon is left for lib to find", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.end(tar);
  assert.equal((await p.run(["report"], { TFJS_NODE_CDN_STORAGE: server.address })).code, 0);
  fs.rmSync(`${p.bin}/c++`);
  const { output } = await p.run(["report"], { TFJS_NODE_CDN_STORAGE: `${server.address}/other` });
  assert.match(output, /pure JavaScript.*no C\+\+ compiler/);
  assert.ok(!fs.existsSync(p.file(addon)));
});

test("a library of the right size whose bytes were altered is not built upon", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.end(tar);
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  assert.equal((await p.run(["report"], env)).code, 0);
  const [folder] = fs.readdirSync(p.file(".cache/libtensorflow"));
  const [library] = fs.readdirSync(p.file(`.cache/libtensorflow/${folder}/lib`));
  const file = p.file(`.cache/libtensorflow/${folder}/lib/${library}`);
  const sound = fs.readFileSync(file);
  fs.writeFileSync(file, Buffer.alloc(sound.length));
  fs.rmSync(p.file(".cache/tensorflow.json"));
  assert.equal((await p.run(["report"], env)).code, 0);
  assert.equal(server.requests.length, 2);
  assert.ok(fs.readFileSync(file).equals(sound));
});

test("an addon or a library that was altered or lost is made again", async (t) => {
  const [p, server] = [project(t), await mirror(t)];
  const tar = archive(p);
  server.state.answer = (_, response) => response.end(tar);
  const env = { TFJS_NODE_CDN_STORAGE: server.address };
  assert.equal((await p.run(["report"], env)).code, 0);
  fs.writeFileSync(p.file(addon), "altered");
  const placed = await p.run(["report"], env);
  assert.match(placed.output, /Placing the TensorFlow addon/);
  assert.equal(p.read(addon), "good");
  const [folder] = fs.readdirSync(p.file(".cache/libtensorflow"));
  const [library] = fs.readdirSync(p.file(`.cache/libtensorflow/${folder}/lib`));
  fs.truncateSync(p.file(`.cache/libtensorflow/${folder}/lib/${library}`), 10);
  assert.equal((await p.run(["report"], env)).code, 0);
  assert.equal(server.requests.length, 2);
  assert.equal(fs.statSync(p.file(`.cache/libtensorflow/${folder}/lib/${library}`)).size, 300_000);
});

test("a wheel whose checksum is not the pinned one is deleted", async (t) => {
  const p = project(t);
  const { code, output } = await p.run(["report"], { FAKE_WHEEL: "not the wheel" });
  assert.equal(code, 1);
  assert.match(output, /Downloading libtensorflow \(tensorflow\S*==2\.15\.1 from PyPI, \d+ MB\)/);
  assert.match(
    output,
    /corrupted \(SHA-256 [0-9a-f]{64}, pinned [0-9a-f]{64}\)\. It was deleted\.\nRun .* again/,
  );
  assert.deepEqual(fs.readdirSync(p.file(".cache/downloads")), []);
});

test("BACKPROP_TFJS=js asks for pure JavaScript", async (t) => {
  const p = project(t);
  const { output } = await p.run(["report"], { BACKPROP_TFJS: "js" });
  assert.match(output, /pure JavaScript.*BACKPROP_TFJS=js asks for it/);
  assert.equal(choice(p).backend, "js");
});

test("out of a wheel come the libraries and the headers, and nothing else", (t) => {
  const p = project(t);
  const make = `
import zipfile
with zipfile.ZipFile("fake.whl", "w") as wheel:
    for name in ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2", "tensorflow/python/x.py",
                 "tensorflow/include/tensorflow/c/c_api.h", "tensorflow/include/tsl/platform/a.h", "../outside.h",
                 "tensorflow_cpu_aws.libs/libomp.so.5", "tensorflow/include/external/b.h"]:
        wheel.writestr(name, name)
`;
  const python = process.env.PYTHON ?? "python3";
  assert.equal(spawnSync(python, ["-c", make], { cwd: p.root }).status, 0);
  const script = p.file("scripts/setup/unpack_wheel.py");
  const { status, stdout } = spawnSync(python, [script, "fake.whl", "out"], {
    cwd: p.root,
    encoding: "utf8",
  });
  assert.equal(status, 0);
  assert.match(stdout, /Progress (\d+) of \1\n$/);
  const files = fs
    .readdirSync(p.file("out"), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile());
  assert.deepEqual(files.map((each) => each.name).sort(), [
    "a.h",
    "c_api.h",
    "libomp.so.5",
    "libtensorflow_cc.so.2",
    "libtensorflow_framework.so.2",
  ]);
});
