import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import test from "node:test";
import { documentedExports } from "./support/doc-comments";
import { runExample } from "./support/run-example";

const library = join(__dirname, "../lib");
const files = readdirSync(library, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.startsWith(join("kernels", "assembly")))
  .sort();

for (const file of files) {
  const path = join(library, file);
  const { exports, imports } = documentedExports(path);
  for (const { name, isValue, isFunction, comment, examples } of exports)
    test(`${file}: ${name}`, async () => {
      assert.ok(comment, `${name} has no doc comment`);
      if (!isValue) return;
      if (isFunction) assert.ok(examples.length > 0, `${name} has no @example`);
      for (const example of examples) {
        if (example.startsWith("// not executed: ")) continue;
        const scope = { ...scopeOf(imports, path), ...(require(path) as object) };
        await runExample(example, scope, path);
      }
    });
}

/** What an example may use: lib/matrix, randomState, what its file imports from lib, and the file's own exports. */
function scopeOf(imports: Map<string, readonly string[]>, path: string): Record<string, unknown> {
  const scope: Record<string, unknown> = {
    ...require(join(library, "matrix")),
    randomState: require(join(library, "random")).randomState,
  };
  for (const [module, names] of imports) {
    const target = join(dirname(path), module);
    if (!existsSync(`${target}.ts`))
      throw new Error(`${relative(library, path)} imports ${module}, which is not there`);
    const loaded = require(target);
    for (const name of names) scope[name] = loaded[name];
  }
  return scope;
}
