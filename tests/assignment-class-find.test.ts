/** What students handed in: found in folders and zips of all kinds, and copied to where it is graded. */
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, describe } from "node:test";
import { type Zippable, zipSync } from "fflate";
import { chosenAssignment } from "../scripts/assignment/class/chosen-assignment";
import { collect } from "../scripts/assignment/class/collect";
import { placesIn } from "../scripts/assignment/class/course";
import { findSubmissions } from "../scripts/assignment/class/find/find-submissions";
import { safeName, withIdsFor } from "../scripts/assignment/class/find/student-ids";

const folder = mkdtempSync(path.join(tmpdir(), "class-find-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const [A1, A3] = [
  { id: "A1", notebook: "A1-linear-units" },
  { id: "A3", notebook: "A3-layers" },
];
const text = (words: string) => JSON.stringify({ cells: [], words });
const bytes = (words: string) => Buffer.from(text(words));

let count = 0;

/** A folder with files, whose names may lead into folders of it; each is a minute newer than the one before it. */
function handedIn(files: Readonly<Record<string, string | Buffer>>): string {
  const place = path.join(folder, `in-${count++}`);
  for (const [k, [name, content]] of Object.entries(files).entries()) {
    const file = path.join(place, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, 1e9 + 60 * k, 1e9 + 60 * k);
  }
  return place;
}

const zip = (files: Zippable) => Buffer.from(zipSync(files, { mtime: "2026-01-01T10:00:00" }));

/** What a course has after a folder was collected: by student the notebook's words, or the problem; and the notes. */
async function collected(place: string, course = path.join(folder, `course-${count++}`), only?: string[]) {
  const found = await findSubmissions(place);
  const places = placesIn(course, "A3");
  const submissions = await collect({ folder: place, found, places, sought: A3, all: [A1, A3], only });
  const words = ({ file, problem }: (typeof submissions)[number]) =>
    file ? JSON.parse(readFileSync(file, "utf8")).words : problem;
  return {
    course,
    students: Object.fromEntries(submissions.map((one) => [one.student, words(one)])),
    notes: Object.fromEntries(submissions.flatMap(({ student, note }) => (note ? [[student, note]] : []))),
    problems: submissions.flatMap(({ problem }) => problem ?? []),
  };
}

describe("what is found", () => {
  test("is an entry for each student: folders, nbgrader's folders, notebooks, zips, zips in folders", async () => {
    const place = handedIn({
      "anna/A3-layers.ipynb": text("anna"),
      "ben/A3/A3-layers.ipynb": text("ben"),
      "chen/deep/er/A3-layers.ipynb": text("chen"),
      "dora.ipynb": text("dora"),
      "emil.zip": zip({ "A3-layers.ipynb": bytes("emil"), "manifest.json": Buffer.from("{}") }),
      "fay/download.zip": zip({ "A3/A3-layers.ipynb": bytes("fay") }),
      "readme.txt": "no submission",
      ".hidden/A3-layers.ipynb": text("hidden"),
    });
    const { students, notes, course } = await collected(place);
    assert.deepEqual(students, {
      anna: "anna",
      ben: "ben",
      chen: "chen",
      dora: "dora",
      emil: "emil",
      fay: "fay",
    });
    assert.deepEqual(notes, {});
    assert.deepEqual(readdirSync(path.join(course, "submitted/emil/A3")), ["A3-layers.ipynb"]);
  });

  test("is copied byte for byte, and what is there already is not touched", async () => {
    const odd = Buffer.from([0xff, 0xfe, 0, 1, 2, 13, 10, 0xc0]);
    const place = handedIn({ "anna.ipynb": odd });
    const places = placesIn(path.join(folder, "untouched"), "A3");
    const once = async () => {
      const found = await findSubmissions(place);
      return collect({ folder: place, found, places, sought: A3, all: [A3] });
    };
    const [{ file = "" }] = await once();
    assert.deepEqual(readFileSync(file), odd);
    const { ino, mtimeMs } = statSync(file);
    await once();
    assert.deepEqual([statSync(file).ino, statSync(file).mtimeMs], [ino, mtimeMs]);
  });

  test("of several notebooks is the assignment's by its name, then the newest, and a note says which", async () => {
    const place = handedIn({
      "anna/A3-layers.ipynb": text("by its name"),
      "anna/newer.ipynb": text("newer"),
      "ben/old.ipynb": text("old"),
      "ben/new.ipynb": text("new"),
      "chen/A3/A3-layers.ipynb": text("in its folder"),
      "chen/backup/A3-layers.ipynb": text("newer, elsewhere"),
      "dora/A3-layers (1).ipynb": text("downloaded"),
      "dora/scratch.ipynb": text("newer"),
      "emil/A3-layers.ipynb": text("emil"),
      "emil/.ipynb_checkpoints/A3-layers-checkpoint.ipynb": text("Jupyter's own copy"),
      "fay/A1-linear-units.ipynb": text("of another assignment"),
      "fay/mine.ipynb": text("fay's"),
    });
    const { students, notes } = await collected(place);
    assert.deepEqual(students, {
      anna: "by its name",
      ben: "new",
      chen: "in its folder",
      dora: "downloaded",
      emil: "emil",
      fay: "fay's",
    });
    assert.deepEqual(notes, {
      anna: "of 2 notebooks anna/A3-layers.ipynb, by its name",
      ben: "of 2 notebooks ben/new.ipynb, the newest",
      chen: "of 2 notebooks chen/A3/A3-layers.ipynb, by its name",
      dora: "of 2 notebooks dora/A3-layers (1).ipynb, by its name",
    });
  });

  test("may be nothing for a student: that is said, and the others are there", async () => {
    const place = handedIn({
      "anna.ipynb": text("anna"),
      "ben/report.pdf": "no notebook",
      "chen/A1-linear-units.ipynb": text("another assignment"),
    });
    const { students } = await collected(place);
    assert.deepEqual(students, {
      anna: "anna",
      ben: "no notebook of A3 in ben",
      chen: "no notebook of A3 in chen (only chen/A1-linear-units.ipynb)",
    });
    await assert.rejects(
      findSubmissions(handedIn({ "readme.txt": "" })),
      /holds no submissions: .*NAME\.zip/,
    );
    await assert.rejects(findSubmissions("/no/such/folder"), /\/no\/such\/folder cannot be read \(ENOENT\)/);
  });

  test("does not follow links", async () => {
    const place = handedIn({ "anna.ipynb": text("anna"), "ben/notes.txt": "" });
    const outside = handedIn({ "secret.ipynb": text("secret") });
    symlinkSync(path.join(outside, "secret.ipynb"), path.join(place, "chen.ipynb"));
    symlinkSync(path.join(outside, "secret.ipynb"), path.join(place, "ben/A3-layers.ipynb"));
    symlinkSync(outside, path.join(place, "ben/more"));
    symlinkSync(outside, path.join(place, "dora"));
    assert.deepEqual((await collected(place)).students, { anna: "anna", ben: "no notebook of A3 in ben" });
  });

  test("may be the course's own folder of submissions, and an earlier submission stays where none comes", async () => {
    const { course } = await collected(handedIn({ "anna.ipynb": text("first"), "ben b.ipynb": text("ben") }));
    const again = await collected(handedIn({ "anna.zip": "no zip", "chen.ipynb": text("chen") }), course);
    assert.deepEqual(again.students, { anna: "first", "ben-b": "ben", chen: "chen" });
    assert.match(again.problems[0], /the zip anna\.zip cannot be read/);
    const own = await collected(path.join(course, "submitted"), course);
    assert.deepEqual(own.students, { anna: "first", "ben-b": "ben", chen: "chen" });
    const only = await collected(path.join(course, "submitted"), course, ["chen"]);
    assert.deepEqual(only.students, { chen: "chen" });
    await assert.rejects(
      collected(path.join(course, "submitted"), course, ["dora"]),
      /--only: nothing was handed in by dora\. There are anna, ben-b, chen\./,
    );
  });

  test("says which assignment it is, if it is one", async () => {
    const known = [A1, A3] as unknown as Parameters<typeof chosenAssignment>[2];
    const found = (...names: string[]) =>
      findSubmissions(handedIn(Object.fromEntries(names.map((name) => [name, text("")]))));
    assert.equal(chosenAssignment(undefined, await found("anna/A3-layers.ipynb", "b.ipynb"), known), A3);
    const others = await found("anna/A3-layers.ipynb");
    assert.throws(
      () => chosenAssignment("a1", others, known),
      /No entry of the folder holds a notebook of A1, A1-linear-units\.ipynb \(there are A3-layers\.ipynb\)/,
    );
    assert.equal(chosenAssignment("a1", await found("anna/A1-linear-units.ipynb"), known), A1);
    const both = await found("anna/A3-layers.ipynb", "anna/A1-linear-units.ipynb");
    assert.throws(
      () => chosenAssignment(undefined, both, known),
      /notebooks of A1, A3: say with --assignment/,
    );
    const none = await found("anna/mine.ipynb");
    assert.throws(() => chosenAssignment(undefined, none, known), /No notebook.*--assignment \(A1, A3\)/);
    assert.throws(() => chosenAssignment("A9", none, known), /no assignment "A9"; there are: A1, A3/);
  });
});

describe("a zip", () => {
  test("is read whatever its names are, and writes nothing but the notebook that is chosen", async () => {
    const gbk = Buffer.from("d5c5c8fd", "hex"); // 张三 in GBK, as Windows in China writes it
    const inGbk = zip({ "XXXX/A3-layers.ipynb": bytes("gbk"), "XXXX/b.ipynb": bytes("b") });
    for (let at = inGbk.indexOf("XXXX"); at >= 0; at = inGbk.indexOf("XXXX")) gbk.copy(inGbk, at);
    const place = handedIn({
      "up.zip": zip({ "../../../A3-layers.ipynb": bytes("up") }),
      "root.zip": zip({ "/etc/A3-layers.ipynb": bytes("root") }),
      "windows.zip": zip({ "folder\\A3-layers.ipynb": bytes("windows") }),
      "chinese.zip": zip({ "作业/A3-layers.ipynb": bytes("chinese") }),
      "gbk.zip": inGbk,
      "mac.zip": zip({ "A3-layers.ipynb": bytes("mac"), "__MACOSX/._A3-layers.ipynb": Buffer.from("no") }),
    });
    const { students, notes, course } = await collected(place);
    assert.deepEqual(students, {
      up: "up",
      root: "root",
      windows: "windows",
      chinese: "chinese",
      gbk: "gbk",
      mac: "mac",
    });
    assert.equal(notes.gbk, "of 2 notebooks gbk.zip/张三/A3-layers.ipynb, by its name");
    const written = readdirSync(course, { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(path.join(course, name)).isFile(),
    );
    const own = Object.keys(students).map((student) => `submitted/${student}/A3/A3-layers.ipynb`);
    assert.deepEqual(written.sort(), [...own, "students.json"].sort());
    assert.ok(!existsSync(path.join(folder, "A3-layers.ipynb")));
  });

  test("that is hostile or broken costs nobody but its student", async () => {
    const link: Zippable = {
      "A3-layers.ipynb": [Buffer.from("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }],
    };
    const lying = zip({ "A3-layers.ipynb": new Uint8Array(1e6) });
    // the uncompressed size that the central directory states, at offset 24 of its header
    lying.writeUInt32LE(100, lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    const bomb = zip({ "A3-layers.ipynb": bytes("bomb") });
    bomb.writeUInt32LE(300 * 2 ** 20, bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    const locked = zip({ "A3-layers.ipynb": bytes("locked") });
    // bit 0 of the flags, at offset 8: encrypted
    locked.writeUInt16LE(1, locked.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8);
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, k) => [`${k}`, new Uint8Array(0)]));
    const whole = zip({ "A3-layers.ipynb": bytes("whole") });
    const place = handedIn({
      "a-link.zip": zip(link),
      "bomb.zip": bomb,
      "cut.zip": whole.subarray(0, whole.length - 30),
      "empty.zip": "",
      "good.zip": whole,
      "lying.zip": lying,
      "locked.zip": locked,
      "many.zip": zip(many),
    });
    const { students } = await collected(place);
    assert.equal(students.good, "whole");
    assert.equal(students["a-link"], "no notebook of A3 in a-link");
    assert.match(students.bomb, /the notebook has 300 MiB, and more than 256 MiB are not read/);
    for (const broken of ["cut", "empty"])
      assert.match(students[broken], new RegExp(`the zip ${broken}.zip cannot be read`));
    assert.match(students.lying, /lying\.zip\/A3-layers\.ipynb cannot be read \(.*too many bytes/);
    assert.match(students.locked, /cannot be read \(it is encrypted, or packed in a way that is not usual\)/);
    assert.match(students.many, /more than 10000 entries/);
  });
});

describe("a student's id", () => {
  test("is a safe name of files, in any script", () => {
    for (const [name, id] of [
      ["anna", "anna"],
      ["Anna Müller", "Anna-Müller"],
      ["张三", "张三"],
      ["../x", "x"],
      ["..", "student"],
      ["a/b\\c:d\u0000e\nf", "a-b-c-d-e-f"],
      ["anna@example.org", "anna@example.org"],
      ["--only", "only"],
      ["💥", "student"],
      ["x".repeat(300), "x".repeat(150)],
      // of four bytes each
      ["\u{20000}".repeat(60), "\u{20000}".repeat(37)],
    ])
      assert.equal(safeName(name), id, name);
    assert.equal(safeName("Mu\u0308ller"), "Müller", "composed");
  });

  test("is nobody else's, and stays the same", () => {
    const ids = withIdsFor(["a b", "a-b", "A-B", "a  b", "__proto__"], {});
    assert.deepEqual(Object.entries(ids), [
      ["a b", "a-b"],
      ["a-b", "a-b-2"],
      ["A-B", "A-B-3"],
      ["a  b", "a-b-4"],
      ["__proto__", "__proto__"],
    ]);
    const later = withIdsFor(["a:b", "a b"], ids);
    assert.deepEqual([later["a b"], later["a:b"]], ["a-b", "a-b-5"]);
  });

  test("is kept in students.json, where two names can be made one student", async () => {
    const { course } = await collected(handedIn({ "Anna Müller.ipynb": text("first") }));
    const file = path.join(course, "students.json");
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { "Anna Müller": "Anna-Müller" });
    writeFileSync(file, JSON.stringify({ "Anna Müller": "anna", "mueller, anna": "anna" }));
    const later = handedIn({ "Anna Müller.ipynb": text("old"), "mueller, anna.ipynb": text("newer") });
    const { students, notes } = await collected(later, course);
    assert.equal(students.anna, "newer");
    assert.match(notes.anna, /of 2 notebooks mueller, anna\.ipynb, the newest/);
    writeFileSync(file, JSON.stringify({ "Anna Müller": "../anna" }));
    await assert.rejects(
      collected(later, course),
      /Anna Müller: "\.\.\/anna" cannot be a student's id; "anna" can/,
    );
    writeFileSync(file, '{\n "Anna Müller": "anna",\n}');
    await assert.rejects(
      collected(later, course),
      /students\.json cannot be used as it is:\n {2}line 3, column 1: no JSON/,
    );
  });
});
