import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../setup/paths";

interface Locked {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly dev?: boolean;
}

type Places = Readonly<Record<string, Locked>>;

/** What npm installs for an edition: direct dependencies with their versions, and the lock file's entries for all. */
export interface EditionPackages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, object>>;
}

/**
 * The packages that some packages need, out of the project's own package-lock.json: the same versions and checksums.
 * @throws if one of them is not in it
 */
export function packagesOf(names: readonly string[], lock = projectLock()): EditionPackages {
  const found = new Map<string, Locked>();
  const follow = (name: string, from: string, optional: boolean): string | undefined => {
    const place = placeOf(name, from, lock);
    if (place === undefined) {
      if (optional) return undefined;
      throw new Error(`package-lock.json has no ${name}${from && `, which ${from} needs`}`);
    }
    if (found.has(place)) return place;
    found.set(place, lock[place]);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = lock[place];
    for (const other of Object.keys(dependencies)) follow(other, place, false);
    for (const other of Object.keys({ ...optionalDependencies, ...peerDependencies }))
      follow(other, place, true);
    return place;
  };
  const versions = names.map((name) => [name, lock[follow(name, "", false) as string].version]);
  const places = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    dependencies: Object.fromEntries(versions),
    places: Object.fromEntries(places.map(([place, { dev, ...rest }]) => [place, rest])),
  };
}

/** Where Node finds a package from another one: as near to it as possible. */
function placeOf(name: string, from: string, lock: Places): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (place in lock) return place;
    if (folder === "") return undefined;
  }
}

function projectLock(): Places {
  return JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
}
