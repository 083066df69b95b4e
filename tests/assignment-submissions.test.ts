/** Whole notebooks, from the file to the mark. */
import assert from "node:assert/strict";
import test, { describe } from "node:test";
import { hiddenSeed, submissionHash } from "../scripts/assignment/mark/seed";
import { cellsToGrade } from "../scripts/assignment/submission/cells-to-grade";

describe("the cells that are graded", () => {
  const given = [{ name: "imports", gradeId: "imports", source: "import {} from './lib/matrix';" }];
  const own = (source: string, gradeId?: string) => ({ name: "own", source, gradeId });

  test("are the given ones as the source has them, the student's own, and the given ones again", () => {
    const handedIn = [
      own("import {} from './elsewhere';", "imports"),
      own("const a = 1;"),
      own("f", "answer"),
    ];
    assert.deepEqual(
      cellsToGrade(handedIn, given).map(({ source }) => source),
      [given[0].source, "const a = 1;", "f", given[0].source],
    );
  });

  test("hold no cell that nobody wrote by hand", () => {
    assert.equal(cellsToGrade([own("x".repeat(300_000))], given).length, 2);
    assert.equal(cellsToGrade(new Array(5000).fill(own("x")), given).length, 302);
  });
});

describe("the hidden inputs", () => {
  const cells = [{ name: "a", source: "x", gradeId: "answer" }];
  const secret = Buffer.from("secret");

  test("are the same for the same sources, whatever else is in the notebook", () => {
    assert.equal(submissionHash(cells), submissionHash([{ name: "b", source: "x" }]));
    assert.notEqual(submissionHash(cells), submissionHash([{ name: "a", source: "y" }]));
    assert.notEqual(submissionHash([...cells, ...cells]), submissionHash([{ name: "a", source: "xx" }]));
  });

  test("are others for another secret, submission or part", () => {
    const hash = submissionHash(cells);
    const seed = hiddenSeed(secret, hash, "dense");
    assert.equal(seed, hiddenSeed(secret, hash, "dense"));
    // HMAC-SHA256 by Python: hmac.new(b"secret", f"{hash} dense".encode(), "sha256").digest()[:4], little-endian
    assert.equal(hash, "cd65ea2c2ad99e94a85b1b6df72efef9cb2ed0ae933a60c32ce16317f7d7d6aa");
    assert.equal(seed, 3973505341);
    for (const other of [
      hiddenSeed(Buffer.from("else"), hash, "dense"),
      hiddenSeed(secret, "0", "dense"),
      hiddenSeed(secret, hash, "relu"),
    ])
      assert.notEqual(other, seed);
  });
});
