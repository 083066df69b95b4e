import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";

type AsyncFunctionConstructor = new (...source: string[]) => (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => {}).constructor as AsyncFunctionConstructor;

/**
 * Executes one example: lines "expression // value", where the value is an expression, "≈ 0.4621" (equal to the
 * printed decimals, also inside arrays) or "throws /pattern/"; lines "const x = …" and 'import { a } from "./b"'.
 * @param scope names that the example may use
 * @param path the file that it stands in, to which its imports are relative
 */
export async function runExample(
  example: string,
  scope: Record<string, unknown>,
  path: string,
): Promise<void> {
  const names = { ...scope };
  const evaluate = (expression: string) =>
    new AsyncFunction(...Object.keys(names), `return (${expression}\n)`)(...Object.values(names));

  for (const line of example.split("\n").map((text) => text.trim())) {
    if (line === "") continue;
    const imported = /^import \{ ([^}]+) \} from "(\.[^"]+)"$/.exec(line);
    if (imported) {
      const module = require(join(dirname(path), imported[2]));
      for (const name of imported[1].split(",")) names[name.trim()] = module[name.trim()];
      continue;
    }
    const declared = /^const (\{[^}]+\}|\[[^\]]+\]|\w+) = (.+)$/.exec(line);
    if (declared) {
      const pattern = declared[1];
      const bound = [...pattern.matchAll(/(?:\w+\s*:\s*)?(\w+)/g)].map(([, name]) => name);
      const run = new AsyncFunction(
        ...Object.keys(names).filter((name) => !bound.includes(name)),
        `const ${pattern} = ${declared[2]}\nreturn { ${bound.join(", ")} }`,
      );
      const values = Object.entries(names).filter(([name]) => !bound.includes(name));
      Object.assign(names, await run(...values.map(([, value]) => value)));
      continue;
    }
    const at = line.lastIndexOf(" // ");
    assert.ok(at > 0, `the example's line has no value: ${line}`);
    const [expression, expected] = [line.slice(0, at), line.slice(at + 4)];
    const pattern = /^throws \/(.+)\/$/.exec(expected);
    if (pattern) {
      await assert.rejects(() => evaluate(expression), new RegExp(pattern[1]), line);
    } else if (expected.startsWith("≈ ")) {
      const actual = await evaluate(expression);
      assert.ok(
        close(actual, expected.slice(2)),
        `${expression} is ${show(actual)}, the example says ${expected}`,
      );
    } else {
      const [actual, value] = [await evaluate(expression), await evaluate(expected)];
      assert.ok(
        isDeepStrictEqual(actual, value),
        `${expression} is ${show(actual)}, the example says ${expected}`,
      );
    }
  }
}

/** Numbers equal after rounding to the decimals printed, one by one through nested arrays. */
function close(actual: unknown, printed: string): boolean {
  const texts = printed.match(/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi) ?? [];
  const numbers = (ArrayBuffer.isView(actual) ? [...(actual as Float64Array)] : [actual].flat(9)) as number[];
  return (
    numbers.length === texts.length &&
    numbers.every((x, k) => {
      const [mantissa, exponent = "0"] = texts[k].toLowerCase().split("e");
      const decimals = (mantissa.split(".")[1] ?? "").length - Number(exponent);
      return Math.abs(x - Number(texts[k])) <= 0.5000001 * 10 ** -decimals;
    })
  );
}

const show = (value: unknown) =>
  typeof value === "string"
    ? JSON.stringify(value)
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
