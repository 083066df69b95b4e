import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { hash } from "../scripts/hash";
import { differingSections, type Hashes, withOverall } from "../scripts/hash/hashes";
import { Recorder, sha256 } from "../scripts/hash/recorder";
import { noBrowser } from "./support/chromium";

const root = path.join(__dirname, "..");
const committed: Hashes = JSON.parse(readFileSync(path.join(root, "data", "determinism.json"), "utf8"));

/** Computes everything in a process of its own; its output must end with the committed hash and `where` it ran. */
function giveCommittedHashes(args: readonly string[], where: RegExp): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/main.mjs", "hash", ...args], {
    cwd: root,
    encoding: "utf8",
    timeout: 300_000,
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
  const [last] = stdout.trimEnd().split("\n").slice(-1);
  assert.match(last, new RegExp(`^${committed.sha256}  all, ${where.source}$`));
}

for (const threads of [1, 2])
  test(`this Node gives the committed hashes with ${threads === 1 ? "one thread" : "two threads"}`, () => {
    const node = `Node ${process.versions.node}, ${threads} threads?`;
    giveCommittedHashes(["--threads", String(threads)], new RegExp(node));
  });

test("Chromium gives the committed hashes", { skip: noBrowser() }, () =>
  giveCommittedHashes(["--browser"], /Chromium [\d.]+/),
);

test("the committed hash of all is that of the sections' hashes", async () => {
  const lines = Object.entries(committed.sections).map(([name, hash]) => `${name} ${hash}\n`);
  assert.equal(createHash("sha256").update(lines.join("")).digest("hex"), committed.sha256);
  assert.deepEqual(await withOverall(committed.sections), committed);
});

const hashOf = (...results: readonly unknown[]) => {
  const recorder = new Recorder();
  for (const result of results) recorder.note("result", result);
  return recorder.hash();
};

test("a hash tells apart what differs in one bit, in sign, in precision or in form", async () => {
  const results: unknown[] = [
    ...[0, -0, 5e-324, 1, 1 + 2 ** -52, Number.NaN, Number.POSITIVE_INFINITY, "1", true, false, null],
    ...[[1], [[1]], [], {}, { a: 1 }, { b: 1 }, { a: 1, b: undefined }],
    ...[[[1], [2, 3]], [[1, 2], [3]], [[1, 2, 3]]],
    ...[Float64Array.of(1), Float32Array.of(1), Float64Array.of(1, 0), Float64Array.of(1, -0)],
    ...[new Map([["a", 1]]), new Map([["a", 2]])],
  ];
  const hashes = await Promise.all(results.map((result) => hashOf(result)));
  assert.equal(new Set(hashes).size, results.length);
  assert.notEqual(await hashOf(1, 2), await hashOf(2, 1));
  await assert.rejects(async () => hashOf(() => 1), /result is a function/);
});

test("a NaN has one hash whatever its bits; more numbers than fit at first are hashed as well", async () => {
  const numbers = new Float64Array(200_000);
  const words = new BigUint64Array(numbers.buffer);
  words.fill(0xfff8000000000123n);
  const other = new Float64Array(200_000).fill(Number.NaN);
  assert.equal(await hashOf(numbers), await hashOf(other));
  other[199_999] = 0;
  assert.notEqual(await hashOf(numbers), await hashOf(other));
});

test("SHA-256 of FIPS 180's example", async () => {
  assert.equal(await sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a section that differs is named and can be accepted; others are left as they are", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "determinism-"));
  const file = path.join(folder, "determinism.json");
  const said: string[] = [];
  t.mock.method(console, "log", (line: string) => said.push(line));
  try {
    const sections: Hashes["sections"] = {
      ...committed.sections,
      samplers: "0".repeat(64),
      tape: "1".repeat(64),
    };
    assert.deepEqual(differingSections(sections, committed.sections), ["samplers", "tape"]);
    writeFileSync(file, JSON.stringify({ sha256: "", sections }));
    assert.equal(await hash(["schedules", "samplers"], { committed: file }), 1);
    assert.ok(said.includes(`${committed.sections.schedules.slice(0, 16)}  schedules`));
    assert.match(
      said.join("\n"),
      /samplers {2}DIFFERS.*\n\n1 of 2 sections differ \(Node .*\): samplers\.\n/,
    );

    assert.equal(await hash(["samplers"], { committed: file, update: true }), 0);
    const accepted: Hashes = JSON.parse(readFileSync(file, "utf8"));
    assert.deepEqual(accepted, await withOverall({ ...committed.sections, tape: "1".repeat(64) }));
    assert.equal(await hash(["schedules", "samplers"], { committed: file }), 0);

    assert.equal(await hash(["schedules"], { values: folder }), 0);
    const values = readFileSync(path.join(folder, "schedules.txt"), "utf8").split("\n");
    assert.ok(values.includes("constant[0]\t0.1"));
    await assert.rejects(hash(["schedule"]), /there is no section "schedule"/);
    await assert.rejects(hash([], { threads: "two" }), /"two" is not a number of threads/);
    await assert.rejects(hash([], { browser: true, update: true }), /a browser has one thread/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
