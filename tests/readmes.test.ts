// Pages that are there in English and in Chinese say the same: whoever changes one is told of the other.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test, { describe } from "node:test";
import { Command } from "commander";
import { addAssignmentCommands } from "../scripts/assignment/command";
import type { EditionFacts } from "../scripts/assignment/edition/facts";
import { packageFiles } from "../scripts/assignment/release/manifest";
import { ROOT } from "../scripts/run/paths";

const read = (name: string) => readFileSync(path.join(ROOT, name), "utf8");
/** Without what is generated for each. */
const typed = (name: string) => read(name).replace(/<!-- (\w+): written[\s\S]*?<!-- \/\1 -->/g, "");

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
    /`((?:npm|sudo|wsl|git|uv|docker) [^`]+)`/g,
  );

/** Where a link leads, whatever the language of the page that it leads to; a heading has another name in each. */
const addresses = (text: string) =>
  found(text, /\]\(((?!README)[^)]+)\)/g).map((address) =>
    address.replace(/\.zh\.md$/, ".md").replace(/^#.*/, "#"),
  );

const folders = ["", "notebooks/assignments/"];

for (const folder of folders)
  describe(`${folder}README.md and README.zh.md`, () => {
    const english = typed(`${folder}README.md`);
    const chinese = typed(`${folder}README.zh.md`);

    test("both name the same commands", () => {
      assert.ok(commands(english).length >= 10, `${commands(english)}`);
      assert.deepEqual(commands(chinese), commands(english));
    });

    test("the commands that they name are there", () => {
      const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
      for (const name of scriptsNamed(english).filter((each) => each !== "ci"))
        assert.ok(scripts[name], `package.json has no script ${name}`);
    });

    test("both name the same programs, files, packages, variables and addresses", () => {
      for (const [what, pattern] of [
        ["inline code", /`([^`\n]+)`/g],
        ["numbers of versions and sizes", /\b\d+(?:\.\d+)+\b|\b\d+ [MG]i?B\b/g],
      ] as const)
        assert.deepEqual(found(chinese, pattern), found(english, pattern), what);
      assert.deepEqual(addresses(chinese), addresses(english));
    });

    test("both have the same sections and tables, row by row", () => {
      const shape = (text: string) =>
        text.split("\n").flatMap((line) => /^#+(?= )|^\|(?= ?-)|^\| |^\|-|^\d+\. |^- /.exec(line)?.[0] ?? []);
      assert.deepEqual(shape(chinese), shape(english));
    });

    test("every link leads to a file or to a heading", () => {
      for (const text of [english, chinese])
        for (const address of found(text, /\]\(((?!https?:)[^)]+)\)/g)) {
          const [file, heading] = address.split("#");
          assert.ok(existsSync(path.join(ROOT, folder, file)), address);
          if (file === "") assert.ok(headings(text).includes(heading), address);
        }
    });

    test("each links to the other", () => {
      assert.match(english, /\[中文\]\(README\.zh\.md\)/);
      assert.match(chinese, /\[English\]\(README\.md\)/);
    });

    test("the Chinese one is in Chinese: no paragraph is left in English", () => {
      const paragraphs = chinese
        .replace(/^```[\s\S]*?^```/gm, "")
        .replace(/`[^`\n]*`/g, "")
        .split(/\n+/)
        .filter((line) => line.length > 60 && !/^[|<!]/.test(line));
      for (const paragraph of paragraphs) {
        const han = paragraph.match(/\p{Script=Han}/gu)?.length ?? 0;
        assert.ok(han >= 15, paragraph.slice(0, 80));
      }
    });
  });

test("what a reader needs is named", () => {
  const named = scriptsNamed(typed("README.md"));
  for (const name of ["start", "test", "lab", "report", "check", "collection", "hash", "assignment"])
    assert.ok(named.includes(name), name);
});

test("the page for teachers: every command of `npm run assignment` and every option is there, with its file", () => {
  const program = new Command("assignment");
  addAssignmentCommands(program, () => {});
  const page = typed("notebooks/assignments/README.md");
  const named = commands(page).flatMap((line) => /^npm run assignment -- (.*)/.exec(line)?.[1] ?? []);
  assert.ok(named.length >= 6, `${named}`);
  for (const line of named) {
    const [name, ...rest] = line.split(" ");
    if (name === "submit") continue; // in the students' folder
    const command = program.commands.find((each) => each.name() === name);
    assert.ok(command, `there is no command ${name}`);
    for (const option of rest.filter((word) => word.startsWith("--")))
      assert.ok(hasOption(command, option), `${name} has no ${option}`);
  }
  // Options that are explained on their own belong to one of the commands, or to `npm run report` and `npm start`.
  const all = [...program.commands, new Command().option("--for-students").option("--update")];
  for (const option of found(page, /`(--[a-z-]+)[ `]/g))
    assert.ok(
      all.some((command) => hasOption(command, option)),
      option,
    );
  for (const command of program.commands)
    assert.ok(page.includes(`npm run assignment -- ${command.name()}`), `${command.name()} is not explained`);
});

test("the page for teachers: what students run is there in their folder", () => {
  const { packageJson } = packageFiles({ id: "A3", title: "T" } as EditionFacts, []);
  const { scripts } = packageJson as { scripts: Record<string, string> };
  const page = typed("notebooks/assignments/README.md");
  const block = /In their folder:\n\n```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const named = scriptsNamed(`\`\`\`sh\n${block}\`\`\`\n`);
  assert.deepEqual(named.sort(), ["assignment", "lab", "test"]);
  for (const name of named) assert.ok(scripts[name], name);
  assert.match(block, /-- submit A3 /);
  assert.match(read("scripts/assignment/edition/assignment.ts"), /name === "submit"/);
});

test("the page for teachers: the files of this project that it names are there", () => {
  const page = typed("notebooks/assignments/README.md");
  const named = found(page, /`((?:scripts|lib|tests|data)\/[\w./-]+)`/g);
  assert.ok(named.length >= 5, `${named}`);
  // The new assignment is A6, and its files are not there yet: those of A3 are.
  for (const file of named.map((each) => each.replace(/\ba6\b/, "a3").replace(/\bA6\b/, "A3")))
    assert.ok(existsSync(path.join(ROOT, file)), file);
});

const hasOption = (command: Command, long: string) => command.options.some((option) => option.long === long);

const scriptsNamed = (text: string) =>
  commands(text).flatMap((command) => /^npm (?:run )?([a-z:-]+)/.exec(command)?.[1] ?? []);

/** The ids that GitHub gives to the headings of a page. */
const headings = (text: string) =>
  found(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
