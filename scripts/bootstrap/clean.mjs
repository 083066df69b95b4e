// `npm run clean`: removes what can be made again. Plain JavaScript, so that it needs none of what it removes.
import fs from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { exclusively } from "./lock.mjs";
import { megabytes } from "./progress.mjs";

/** Bytes on disk under a file or folder. @param {string} place @returns {number} */
function size(place) {
  const stat = fs.lstatSync(place);
  if (!stat.isDirectory()) return stat.size;
  return fs.readdirSync(place).reduce((sum, name) => sum + size(path.join(place, name)), 0);
}

/**
 * @param {string} root
 * @param {readonly string[]} args `--all` also removes node_modules
 * @returns {Promise<number>} exit code
 */
export async function clean(root, args) {
  const unknown = args.find((arg) => arg !== "--all" && arg !== "--help" && arg !== "-h");
  if (unknown !== undefined)
    throw new Failure(`clean: unknown argument "${unknown}".`, "It takes only --all.", 2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(
      "Usage: npm run clean [-- --all]\n\nRemoves reports, .cache and .venv; with --all also node_modules.",
    );
    return 0;
  }
  const names = ["reports", ".venv", ...(args.includes("--all") ? ["node_modules"] : []), ".cache"];
  let freed = 0;
  await exclusively(path.join(root, ".cache"), async () => {
    for (const name of names) {
      const place = path.join(root, name);
      if (!fs.existsSync(place)) continue;
      const bytes = size(place);
      fs.rmSync(place, { recursive: true, force: true });
      console.log(`removed ${name} (${megabytes(bytes)})`);
      freed += bytes;
    }
  });
  fs.rmSync(path.join(root, ".cache"), { recursive: true, force: true });
  console.log(`${megabytes(freed)} freed. npm start makes all of it again.`);
  return 0;
}
