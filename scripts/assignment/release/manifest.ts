import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../setup/paths";
import type { EditionFacts } from "../edition/facts";
import { packagesOf } from "./packages";

/** What every edition needs: the kernel, and the types of what lib uses of Node. */
const always = ["tslab", "@types/node"];

const commands = ["set-up", "lab", "test", "assignment", "clean"];

/** An edition's package.json, in which its scripts find what they know of it, and its package-lock.json. */
export function packageFiles(
  facts: EditionFacts,
  packages: readonly string[],
): { readonly packageJson: object; readonly lockFile: object } {
  const own = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const { dependencies, places } = packagesOf([...always, ...packages].sort());
  const name = `assignment-${facts.id.toLowerCase()}`;
  const { version, license, engines } = own;
  return {
    packageJson: {
      name,
      version,
      private: true,
      description: `${facts.id}: ${facts.title}`,
      license,
      engines,
      scripts: Object.fromEntries(commands.map((command) => [command, `node scripts/${command}.cjs`])),
      dependencies,
      assignment: facts,
    },
    lockFile: {
      name,
      version,
      lockfileVersion: 3,
      requires: true,
      packages: { "": { name, version, license, dependencies, engines }, ...places },
    },
  };
}
