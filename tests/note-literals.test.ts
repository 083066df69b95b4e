// Every number and stated formula of the notes: how they are found, and that each is accounted for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import temml from "temml/dist/temml.cjs";
import { committedLedger, type LedgerClaim } from "../lib/notebook/ledger";
import { accountFor, extract } from "../scripts/ledger/account";
import { schemaProblems } from "../scripts/ledger/ledger-file";
import { contentIn, literalsPath, literalsText, readLiterals } from "../scripts/ledger/literals-file";
import { excluded, formulas, judged, pending, type Rule, values } from "../scripts/ledger/mapping/rules";
import { contentOf } from "../scripts/ledger/notes/extract";
import { notesFolder, readNotes } from "../scripts/ledger/notes/folder";
import { gluedFormulas } from "../scripts/ledger/notes/glued";
import { plainLetters, texLetters } from "../scripts/ledger/notes/letters";
import { cutNote } from "../scripts/ledger/notes/parts";
import { pendingText, unjudgedTable } from "../scripts/ledger/unjudged";
import { PLACES } from "../scripts/run/paths";
import { listNotebooks } from "../scripts/run/select";

const file = literalsPath(PLACES.notebooks);
const committed = readLiterals(file) ?? assert.fail("data/note-literals.json is missing");
const folder = notesFolder();

/** The numbers of a text, with their roles. */
const numbers = (text: string) =>
  contentOf({ note: "009", text }).numbers.map(({ literal, role }) => `${literal} ${role}`);
const stated = (text: string) => contentOf({ note: "009", text }).formulas.map(({ tex }) => tex);

describe("numbers are found, with what they are", () => {
  test("in prose: signs, exponents, per cent; digits of a name are none", () => {
    assert.deepEqual(numbers("范围是 -1 到 1,准确率 97%~98%+,lr=1e-3,fc1 与 28×28,步骤1-3"), [
      ...["-1 prose", "1 prose", "97% prose", "98% prose", "1e-3 prose", "28 prose", "28 prose"],
      ...["1 prose", "3 prose"],
    ]);
  });

  test("the numbers of headings and items are markers", () => {
    assert.deepEqual(
      numbers("1.2 隐藏层\n3. **批归一化** 2 个\n  • 练习2:\n# 04 神经网络\n1. 练习3(x)\nMLP: 2-32"),
      [
        ...["1.2 marker", "3 marker", "2 prose", "2 marker", "04 marker", "1 marker", "3 marker"],
        ...["2 prose", "32 prose"],
      ],
    );
  });

  test("in TeX: operands, indices, exponents, and a minus that belongs to its number", () => {
    assert.deepEqual(numbers("$$ W^{[2]} = 0.5 \\cdot -0.5622 - 0.4196^2 $$"), [
      ...["2 index", "0.5 formula", "-0.5622 formula", "0.4196 formula", "2 exponent"],
    ]);
    assert.deepEqual(numbers("$x_1 = \\frac{1}{2} e^{-10} \\begin{bmatrix} -1 \\ -2 \\end{bmatrix}$"), [
      ...["1 index", "1 formula", "2 formula", "-10 exponent", "-1 formula", "-2 formula"],
    ]);
    assert.deepEqual(numbers("$a^{(l-1)} \\in \\mathbb{R}^{d_{l-1}}$"), ["1 index", "1 index"]);
  });

  test("in code and in front matter", () => {
    assert.deepEqual(numbers("---\ndate: 2025-06-04\n---\npython\nlr = 1e-2  # 3\n  • 8 个"), [
      ...["2025 front matter", "06 front matter", "04 front matter", "1e-2 code", "3 code", "8 marker"],
    ]);
  });
});

describe("formulas are found", () => {
  test("displayed ones, over several lines and row by row; inline ones only if they state something", () => {
    const text =
      "设 $L$ 与 $x = 1$。\n$$\nE\n= 2 $$\n$$\n\\begin{align}\na &= b\\\\\nc &= d\n\\end{align}\n$$";
    assert.deepEqual(stated(text), ["x = 1", "E = 2", "a &= b", "c &= d"]);
    assert.deepEqual(
      contentOf({ note: "009", text }).formulas.map(({ line }) => line),
      [1, 3, 7, 8],
    );
  });

  test("that stand twice, as text without operators and as TeX, are taken once", () => {
    for (const [line, ...found] of [
      ["误差:tz=1t-z=1", "t-z=1"],
      ["(1,1)(1,1)z=1+11.5=0.50y=1z=1+1-1.5=0.5\\ge0 \\Rightarrow y=1", "(1,1)", "z=1+1-1.5=0.5\\ge0 \\Rightarrow y=1"],
      ["调优(如 000.50.5)", "0", "0.5"],
      ["ww+η(tz)x\\mathbf{w} \\leftarrow \\mathbf{w} + \\eta (t - z)\\mathbf{x}", "\\mathbf{w} \\leftarrow \\mathbf{w} + \\eta (t - z)\\mathbf{x}"],
      ["yk(2)=1y^{(2)}_k = 1", "y^{(2)}_k = 1"],
      ["μ[0,1)\\mu\\in[0,1)", "\\mu\\in[0,1)"],
      ["再增大到 0.9+0.9+", "0.9+"],
      ["每个 epoch 的 loss 与 28×28、2-32-16-2", ...[]],
    ]) assert.deepEqual(gluedFormulas(line).map(({ tex }) => tex), found, line); // biome-ignore format: one case a line
  });

  test("and so is TeX that stands alone", () => {
    assert.deepEqual(stated("  • 超平面:\\mathbf{w}^\\top\\mathbf{x}+b=\\text{常数}"), [
      "\\mathbf{w}^\\top\\mathbf{x}+b=\\text{常数}",
    ]);
    assert.deepEqual(stated("  • ReLU:W\\sim \\mathcal{N}\\!\\big(0,\\tfrac{2}{n}\\big)(He)"), [
      "W\\sim \\mathcal{N}\\!\\big(0,\\tfrac{2}{n}\\big)",
    ]);
  });
});

test("the letters of note 004's formulas are those that Temml sets", () => {
  const ours = committed.formulas.filter(({ note }) => note === "004");
  assert.ok(ours.length > 200);
  for (const { tex } of ours) {
    const math = temml.renderToString(tex, { throwOnError: true }).replace(/<[^>]*>/g, "");
    // Temml sets bold, calligraphic and double-struck letters as signs of their own.
    const set = plainLetters(math.replace(/&#x[0-9a-f]+;|&[a-z]+;/gi, "").normalize("NFKD"));
    const found = texLetters(tex).normalize("NFKD");
    assert.equal([...found].sort().join(""), [...set].sort().join(""), tex);
  }
});

const noNotes = folder === undefined && "the notes are not beside the checkout (NOTES_FOLDER)";

test("the committed list is what the notes hold", { skip: noNotes }, () => {
  assert.deepEqual(contentIn(committed), extract(folder as string), "npm run ledger writes it");
});

const digits = (text: string) => text.replace(/\D/g, "").length;

test("no digit of the notes is left out but those of names", { skip: noNotes }, () => {
  for (const { note, text } of readNotes(folder as string)) {
    const { parts } = cutNote(text);
    const own = contentOf({ note, text }).numbers;
    text.split("\n").forEach((line, k) => {
      const here = parts.filter((part) => part.line === k + 1);
      // The text before the TeX repeats the digits of the formulas of note 004.
      const twice = note === "004" && here.some(({ kind }) => kind === "formula");
      const shown = here.map((part) => part.text).join(" ");
      if (!twice) assert.equal(digits(shown), digits(line), `note ${note}, line ${k + 1}: ${line}`);
      const inNames = here
        .filter(({ kind }) => kind !== "formula")
        .flatMap((part) => part.text.match(/[A-Za-z_]\d+/g) ?? []);
      const taken = own.filter((number) => number.line === k + 1).map(({ literal }) => literal);
      assert.equal(
        digits(taken.join(" ")) + digits(inNames.join(" ")),
        digits(shown),
        `note ${note}, line ${k + 1}: ${taken.join(" ")} of ${line}`,
      );
    });
  }
});

test("every number and formula is judged, excluded with a reason, or awaits a notebook that is not there yet", () => {
  const account = accountFor(contentIn(committed), committedLedger(), listNotebooks(PLACES.notebooks));
  assert.deepEqual(account.problems, [], "npm run ledger -- --check names them");
  assert.equal(readFileSync(file, "utf8"), literalsText(account.literals), "npm run ledger writes it");
  assert.deepEqual(schemaProblems(JSON.parse(readFileSync(file, "utf8")), "note-literals.schema.json"), []);
});

/** Two lines of a note, with claims and rules of their own. */
const claim = (id: string, printed?: string) =>
  ({ id, note: "003", kind: printed ? "printed" : "formula", printed, notebook: "06-x" }) as LedgerClaim;
const content = contentOf({ note: "003", text: "$$ a = 0.4378 $$\n损失约 0.825,第 2 轮 $b_1$" });
const ledger = [claim("003/1/a", "0.4378"), claim("003/1/L", "0.825"), claim("003/1/formula")];
const account = (rules: readonly Rule[], notebooks: string[] = [], claims = ledger) =>
  accountFor(content, claims, notebooks, { "003": rules });
const resolutions = (rules: readonly Rule[]) => {
  const { literals } = account(rules);
  return [...literals.numbers, ...literals.formulas].map(({ resolution }) => JSON.stringify(resolution));
};

describe("rules", () => {
  test("the first that fits decides; numbers of a formula follow it; indices need none", () => {
    assert.deepEqual(
      resolutions([
        values([1, 2], "003/1/*"),
        formulas(1, "003/1/formula"),
        excluded(2, "index", { number: /^2$/, context: /第 2 轮/ }),
      ]),
      [
        '{"claims":["003/1/a"]}',
        '{"claims":["003/1/L"]}',
        '{"excluded":"index"}',
        '{"excluded":"index"}',
        '{"claims":["003/1/formula"]}',
      ],
    );
    assert.deepEqual(resolutions([judged(1, ["003/1/formula"]), pending(2, "05")]), [
      '{"claims":["003/1/formula"]}',
      '{"pending":"05"}',
      '{"pending":"05"}',
      '{"excluded":"index"}',
      '{"claims":["003/1/formula"]}',
    ]);
  });

  test("what no rule fits is a problem that names note, line and number", () => {
    const { problems } = account([formulas(1, "003/1/formula"), values(2, "003/1/L")]);
    assert.match(
      problems.join("\n"),
      /note 003, line 2: the number 2 in "[^"]*第 2 轮" is not accounted for/,
    );
    const none = account([]).problems.join("\n");
    assert.match(
      none,
      /line 1: the formula a = 0\.4378 is not accounted for.*scripts\/ledger\/mapping\/note-003/,
    );
  });

  test("a claim that no notebook judges, a rule that fits nothing, a printed claim without its number are problems", () => {
    const rest = [excluded(1, "given"), excluded(2, "given")];
    const said = (rules: readonly Rule[]) => account(rules).problems.join("\n");
    assert.match(said([values(1, "003/1/gone"), ...rest]), /names 003\/1\/gone, which no notebook judges/);
    assert.match(said([...rest, excluded([7, 9], "given")]), /the rule of lines 7 to 9 .* fits nothing/);
    assert.match(
      said(rest),
      /003\/1\/L \(06-x\) judges a printed number, and no number of the note is mapped/,
    );
    assert.deepEqual(account([values([1, 2], "003/1/*"), ...rest]).problems, []);
  });

  test("what awaits a notebook is a problem as soon as the notebook is there", () => {
    const rules = [pending(1, "05"), excluded(2, "given")];
    const without = account(rules, ["06-x"], []);
    assert.deepEqual(without.problems, []);
    assert.deepEqual(account(rules, ["05-forward-pass"], []).problems, [
      "note 003, line 1: the formula a = 0.4378 awaits notebook 05, which is there: judge it, or say why not",
    ]);
    assert.match(
      pendingText(without.literals, "5"),
      /^note 003, line 1\n {2}formula 1\.1: a = 0\.4378\n {4}its numbers: 0\.4378\n/,
    );
    assert.equal(pendingText(without.literals, "06"), "Nothing of the notes awaits notebook 06.\n");
    assert.match(unjudgedTable(without.literals), /awaits 05 +│ +1 │ +1 │/);
  });
});
