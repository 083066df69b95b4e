/**
 * Submissions that attack, or are broken: none gains a mark that it did not earn, and the part of each that is right
 * keeps its marks.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before, describe } from "node:test";
import { a3 } from "../scripts/assignment/assignments/a3";
import { prepare } from "../scripts/assignment/class/prepare";
import { Compiler } from "../scripts/assignment/mark/compiler";
import {
  gradeSubmission,
  type Paper,
  type SubmissionMark,
} from "../scripts/assignment/mark/grade-submission";
import type { Inside } from "../scripts/assignment/mark/inside";
import { paperOf } from "../scripts/assignment/mark/paper";
import { tanhPart } from "../scripts/assignment/parts/activations";
import { densePart } from "../scripts/assignment/parts/dense";
import {
  readSource,
  sourceFile,
  sourceOf,
  withoutRegions,
} from "../scripts/assignment/release/source-notebook";
import { runLimits } from "../scripts/assignment/sandbox/limits";
import { sandboxProblem } from "../scripts/assignment/sandbox/problem";
import { answering, attacks, right } from "./support/hostile-answers";

const root = path.join(__dirname, "..");
const byHand = JSON.parse(readFileSync(path.join(root, "tests/fixtures/assignments/a3.json"), "utf8"));
const rightDense = answering(`return ${right};`);

/** The part that is attacked, worth 5, and the one that is right and stays so, worth 1. */
const paper: Paper = { ...paperOf(a3), parts: [densePart, tanhPart] };

const earned = ({ parts }: SubmissionMark) =>
  parts.map(({ aspects }) => aspects.reduce((sum, aspect) => sum + aspect.earned, 0));

interface Cell {
  cell_type: string;
  source: string;
  metadata: { nbgrader?: Record<string, unknown> };
  outputs?: unknown[];
}

/** What was given out, with these answers. */
function notebook(
  dense: string,
  tanh: string = byHand.tanhBackward,
): { cells: Cell[]; [key: string]: unknown } {
  const cells = readSource(sourceFile(a3)).cells.map((cell) => ({
    ...cell,
    source: withoutRegions(sourceOf(cell)),
  })) as Cell[];
  for (const cell of cells) {
    const id = cell.metadata.nbgrader?.grade_id;
    if (id === "dense-backward") cell.source = dense;
    if (id === "tanh-backward") cell.source = tanh;
  }
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

const text = (value: unknown) => JSON.stringify(value);
const utf16 = (content: string) =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, "utf16le")]);

/** Files that a kernel or an editor spoiled: what they earn of dense and tanh; undefined where nothing can be read. */
const broken: Record<string, { file: () => string | Buffer; earns?: [number, number] }> = {
  "cells deleted": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      return text({
        ...rest,
        cells: cells.filter(({ source }) => !source.includes("function denseBackward")),
      });
    },
    earns: [0, 1],
  },
  "given cells deleted": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      return text({
        ...rest,
        cells: cells.filter(({ source }) => /function (dense|tanh)Backward/.test(source)),
      });
    },
    earns: [5, 1],
  },
  "cells in reverse": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      return text({ ...rest, cells: cells.reverse() });
    },
    earns: [5, 1],
  },
  "cells renamed": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      const renamed = cells.map((cell, k) =>
        cell.metadata.nbgrader?.solution
          ? { ...cell, id: `x${k}`, metadata: { nbgrader: { grade_id: `x${k}` } } }
          : cell,
      );
      return text({ ...rest, cells: renamed });
    },
    earns: [5, 1],
  },
  "all cells of one name": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      const same = { nbgrader: { grade_id: "dense-backward" } };
      return text({ ...rest, cells: cells.map((cell) => ({ ...cell, id: "a", metadata: same })) });
    },
    earns: [5, 1],
  },
  "an answer under the name of a given cell": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      const disguised = {
        cell_type: "code",
        source: "for (;;);",
        metadata: { nbgrader: { grade_id: "imports" } },
      };
      return text({ ...rest, cells: [disguised, ...cells] });
    },
    earns: [5, 1],
  },
  "given cells rewritten": {
    file: () => {
      const { cells, ...rest } = notebook(answering("return 0;"));
      for (const cell of cells)
        if (cell.metadata.nbgrader?.grade_id === "imports")
          cell.source = "const dense = () => { for (;;); };";
      return text({ ...rest, cells });
    },
    earns: [0, 1],
  },
  "an answer that does not compile": {
    file: () => text(notebook("function denseBackward( { return 5; }")),
    earns: [0, 1],
  },
  "an answer of another type": {
    file: () => text(notebook(rightDense.replace("): any {", "): number {"))),
    earns: [0, 1],
  },
  "another kernel": {
    file: () =>
      text({ ...notebook(rightDense), metadata: { kernelspec: { name: "python3", language: "python" } } }),
    earns: [5, 1],
  },
  "another language": {
    file: () => text(notebook("%%bash\nrm -rf / # def denseBackward(params, cache, dZ): return 0")),
    earns: [0, 1],
  },
  "cells that are no cells": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      return text({
        ...rest,
        cells: [null, 5, "cell", { cell_type: "code", source: { a: 1 } }, [], ...cells],
      });
    },
    earns: [5, 1],
  },
  "sources as lists of lines": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      return text({
        ...rest,
        cells: cells.map((cell) => ({ ...cell, source: cell.source.split(/(?<=\n)/) })),
      });
    },
    earns: [5, 1],
  },
  "a hundred megabytes of outputs": {
    file: () => {
      const { cells, ...rest } = notebook(rightDense);
      const output = { output_type: "stream", name: "stdout", text: "x".repeat(2 ** 20) };
      const flooded = { ...cells[0], cell_type: "code", source: "", outputs: new Array(100).fill(output) };
      return text({ ...rest, cells: [flooded, ...cells] });
    },
    earns: [5, 1],
  },
  "UTF-16": { file: () => utf16(text(notebook(rightDense))), earns: [5, 1] },
  "a byte order mark": { file: () => `\ufeff${text(notebook(rightDense))}`, earns: [5, 1] },
  "a one-byte encoding": {
    // as editors save it that have no sign for Δ
    file: () =>
      Buffer.from(
        text(notebook(`// f\u00fcr \u00e9\n${rightDense}`)).replace(/[\u0100-\uffff]/g, "?"),
        "latin1",
      ),
    earns: [5, 1],
  },
  "invalid JSON": { file: () => text(notebook(rightDense)).replace('"cells"', "cells") },
  "half a file": { file: () => text(notebook(rightDense)).slice(0, 4000) },
  "an empty file": { file: () => "" },
  "JSON that is no notebook": { file: () => "[1, 2, 3]" },
  "a picture": { file: () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 255, 254]) },
};

describe("a hostile submission", { skip: sandboxProblem() ?? false, concurrency: 2 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
  const secret = path.join(folder, "secret");
  const canary = path.join(folder, "canary");
  const submissions = path.join(folder, "submitted");
  let server: Server;
  let visits = 0;
  let inside: Inside;
  let compilers: Compiler[] = [];
  const port = () => (server.address() as AddressInfo).port;

  before(async () => {
    mkdirSync(submissions);
    writeFileSync(secret, "secret");
    writeFileSync(canary, "canary");
    writeFileSync(path.join(submissions, "another.ipynb"), text(notebook(rightDense)));
    server = createServer((_request, response) => {
      visits++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ({ inside } = await prepare(a3));
  });
  after(async () => {
    for (const compiler of compilers) await compiler.stop();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  async function marked(name: string, content: string | Buffer): Promise<SubmissionMark> {
    const file = path.join(submissions, `${name.replace(/\W+/g, "-")}.ipynb`);
    writeFileSync(file, content);
    const compiler = compilers.pop() ?? new Compiler(inside);
    const limits = { ...runLimits, cpuSeconds: 5, wallSeconds: 30 };
    try {
      return await gradeSubmission(file, paper, Buffer.from("secret"), { inside, compiler, limits });
    } finally {
      compilers = [...compilers, compiler];
    }
  }

  test("a right one, beside which the others are held, earns all", async () => {
    assert.deepEqual(earned(await marked("right", text(notebook(rightDense)))), [5, 1]);
  });

  const names = Object.keys(attacks({ root: "", secret: "", submissions: "", canary: "", port: 0 }));
  for (const name of names)
    test(`${name}: nothing for it, and the other part keeps its mark`, async () => {
      const source = attacks({ root, secret, submissions, canary, port: port() })[name];
      const mark = await marked(name, text(notebook(source)));
      assert.deepEqual(earned(mark), [0, 1], JSON.stringify(mark.parts, null, 1));
      assert.ok(mark.parts[0].aspects.every(({ words }) => (words ?? "").length < 3000));
    });

  for (const [name, { file, earns }] of Object.entries(broken))
    test(`${name}: ${earns ? `${earns[0]} and ${earns[1]} points` : "a clear word"}`, async () => {
      const mark = await marked(name, file());
      assert.deepEqual(earned(mark), earns ?? [0, 0], JSON.stringify(mark.parts, null, 1));
      if (!earns) assert.match(mark.unreadable ?? "", /the notebook .*: .*hand it in again/s);
      else assert.equal(mark.unreadable, undefined);
    });

  test("nothing outside was touched or reached, and a right one still earns all", async () => {
    assert.equal(readFileSync(canary, "utf8"), "canary");
    assert.equal(visits, 0);
    assert.ok(existsSync(path.join(root, "lib/layers.ts")));
    assert.deepEqual(earned(await marked("right", text(notebook(rightDense)))), [5, 1]);
  });
});
