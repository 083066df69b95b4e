// README.md and README.zh.md say the same: whoever changes one is told of the other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { ROOT } from "../scripts/run/paths";

const read = (name: string) => readFileSync(path.join(ROOT, name), "utf8");
/** Without the map of the notebooks, which is generated for each. */
const typed = (name: string) => read(name).replace(/<!-- collection[\s\S]*?<!-- \/collection -->/, "");
const english = typed("README.md");
const chinese = typed("README.zh.md");

/** All that matches, sorted, each once. */
function found(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? match[0]))].sort();
}

/** Commands in code: lines of sh blocks and inline code that begins with a program's name. */
const commands = (text: string) =>
  found(
    text.replace(/^```sh\n([\s\S]*?)^```/gm, (_, block: string) =>
      block.replace(/^(.+?)(?: +#.*)?$/gm, "`$1`"),
    ),
    /`((?:npm|sudo|wsl|git|uv) [^`]+)`/g,
  );

test("both name the same commands", () => {
  assert.ok(commands(english).length >= 10, `${commands(english)}`);
  assert.deepEqual(commands(chinese), commands(english));
});

test("the commands that they name are there, and those that a reader needs are named", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = commands(english).flatMap((command) => /^npm (?:run )?([a-z:-]+)/.exec(command)?.[1] ?? []);
  for (const name of named.filter((each) => each !== "ci"))
    assert.ok(scripts[name], `package.json has no script ${name}`);
  for (const name of ["start", "test", "lab", "report", "check", "collection", "hash"])
    assert.ok(named.includes(name), name);
});

test("both name the same programs, files, packages, variables and addresses", () => {
  for (const [what, pattern] of [
    ["inline code", /`([^`\n]+)`/g],
    ["addresses", /\]\(((?!README)[^)]+)\)/g],
    ["numbers of versions and sizes", /\b\d+(?:\.\d+)+\b|\b\d+ [MG]B\b/g],
  ] as const)
    assert.deepEqual(found(chinese, pattern), found(english, pattern), what);
});

test("both have the same sections and tables, row by row", () => {
  const shape = (text: string) =>
    text.split("\n").flatMap((line) => /^#+(?= )|^\|(?= ?-)|^\| |^\|-/.exec(line)?.[0] ?? []);
  assert.deepEqual(shape(chinese), shape(english));
});

test("each links to the other", () => {
  assert.match(english, /\[中文\]\(README\.zh\.md\)/);
  assert.match(chinese, /\[English\]\(README\.md\)/);
});

test("the Chinese one is in Chinese: no paragraph is left in English", () => {
  const paragraphs = chinese
    .replace(/^```[\s\S]*?^```/gm, "")
    .split(/\n+/)
    .filter((line) => line.length > 60 && !/^[|<!]/.test(line));
  for (const paragraph of paragraphs) {
    const han = paragraph.match(/\p{Script=Han}/gu)?.length ?? 0;
    assert.ok(han >= 15, paragraph.slice(0, 80));
  }
});
