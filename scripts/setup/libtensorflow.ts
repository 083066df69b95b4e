// libtensorflow and its headers in .cache/libtensorflow/<source>: outside node_modules, so that npm does not throw it away.
import fs from "node:fs";
import path from "node:path";
import { requireSpace } from "../bootstrap/disk.mjs";
import { Failure, toolFailure } from "../bootstrap/failure.mjs";
import { megabytes, say, step } from "../bootstrap/progress.mjs";
import { runTool } from "../bootstrap/tool.mjs";
import { fetchFromMirror } from "./mirror";
import { cache, root, venvProgram } from "./paths";
import { mirrorAddress, platform, type Wheel, wheels } from "./sources";
import { readStamp, sha256, sha256OfFile, writeStamp } from "./stamp";
import { pipEnvironment } from "./venv";

/** What was unpacked; paths are relative to the folder. */
export interface Libtensorflow {
  source: string;
  include: string;
  libraries: string[];
  files: Record<string, { bytes: number; sha256: string }>;
}

const stampName = "complete.json";
const downloads = path.join(cache, "downloads");
const python = venvProgram("python");

/** Names the wanted source; undefined where there is none for this platform. */
export function wantedSource(): string | undefined {
  return (
    mirrorAddress() ?? (wheels[platform] && `${wheels[platform].requirement} ${wheels[platform].sha256}`)
  );
}

/** The folder of a source. */
export function libraryFolder(source: string): string {
  return path.join(cache, "libtensorflow", `${platform}-${sha256(source).slice(0, 12)}`);
}

/** The unpacked library, where it is complete: its stamp is there and every library has the recorded size. */
export function findLibtensorflow(source: string): Libtensorflow | undefined {
  const folder = libraryFolder(source);
  const stamp = readStamp<Libtensorflow>(path.join(folder, stampName));
  const complete =
    stamp?.source === source &&
    Object.entries(stamp.files).every(([file, { bytes }]) => {
      return fs.statSync(path.join(folder, file), { throwIfNoEntry: false })?.size === bytes;
    });
  return complete ? stamp : undefined;
}

/** Whether every library has the recorded SHA-256: it reads them whole, so it is asked before a build only. */
export async function isIntact({ source, files }: Libtensorflow): Promise<boolean> {
  for (const [file, recorded] of Object.entries(files)) {
    if ((await sha256OfFile(path.join(libraryFolder(source), file))) !== recorded.sha256) return false;
  }
  return true;
}

/** Downloads, verifies and unpacks. It is unpacked beside and renamed at the end. */
export async function installLibtensorflow(source: string): Promise<Libtensorflow> {
  const folder = libraryFolder(source);
  const partial = `${folder}.partial`;
  fs.mkdirSync(downloads, { recursive: true });
  const address = mirrorAddress();
  const archive = address ? await fetchFromMirror(address, downloads) : await fetchWheel(wheels[platform]);
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { recursive: true });
  const progress = step("Unpacking libtensorflow …");
  if (address) await unpackTar(archive, partial);
  else await unpackWheel(archive, partial, wheels[platform], progress.update);
  const found = await describe(source, partial);
  if (!found) {
    fs.rmSync(archive);
    throw new Failure(
      `What was downloaded (${source}) holds no libtensorflow with its headers. It was deleted.`,
      "With a mirror: check TFJS_NODE_CDN_STORAGE. Otherwise run the same command again.",
    );
  }
  writeStamp(path.join(partial, stampName), found);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(partial, folder);
  fs.rmSync(archive);
  progress.done(`libtensorflow in ${path.relative(root, folder)}`);
  return found;
}

async function fetchWheel(wheel: Wheel): Promise<string> {
  const what = "Downloading libtensorflow";
  const file = path.join(downloads, `${wheel.sha256}.whl`);
  if (!fs.existsSync(file)) {
    requireSpace(cache, wheel.bytes + wheel.unpackedBytes, what);
    const progress = step(`${what} (${wheel.requirement} from PyPI, ${megabytes(wheel.bytes)}) …`);
    const partial = `${file}.partial`;
    const script = path.join(root, "scripts", "setup", "fetch_wheel.py");
    const log = path.join(cache, "logs", "wheel.log");
    const { code, output } = await runTool(python, [script, wheel.platform, wheel.requirement, partial], {
      env: pipEnvironment(),
      log,
      onLine(line) {
        const [, got, all] = /^Progress (\d+) of (\d+)$/.exec(line) ?? [];
        if (got && Number(all) > 0) progress.update(Number(got) / Number(all), megabytes(Number(got)));
        else if (line.startsWith("Resuming"))
          say(`  ${megabytes(Number(line.split(" ")[2]))} are here already`);
      },
    });
    if (code !== 0) throw toolFailure(what, output, log);
    fs.renameSync(partial, file);
    progress.done(megabytes(wheel.bytes));
  }
  const actual = await sha256OfFile(file);
  if (actual !== wheel.sha256) {
    fs.rmSync(file);
    throw new Failure(
      `${what}: the download is corrupted (SHA-256 ${actual}, pinned ${wheel.sha256}). It was deleted.`,
      "Run the same command again.",
    );
  }
  return file;
}

async function unpackWheel(
  archive: string,
  into: string,
  wheel: Wheel,
  show: (f: number, text: string) => void,
) {
  requireSpace(cache, wheel.unpackedBytes, "Unpacking libtensorflow");
  const log = path.join(cache, "logs", "unpack.log");
  const script = path.join(root, "scripts", "setup", "unpack_wheel.py");
  const { code, output } = await runTool(python, [script, archive, into], {
    log,
    onLine(line) {
      const [, got, all] = /^Progress (\d+) of (\d+)$/.exec(line) ?? [];
      if (got) show(Number(got) / Number(all), megabytes(Number(got)));
    },
  });
  if (code !== 0) throw toolFailure("Unpacking libtensorflow", output, log);
}

async function unpackTar(archive: string, into: string): Promise<void> {
  const log = path.join(cache, "logs", "unpack.log");
  const { code, output } = await runTool("tar", ["-xzf", archive, "-C", into], { log });
  if (code === 0) return;
  fs.rmSync(archive);
  throw toolFailure("Unpacking libtensorflow (the download was deleted)", output, log);
}

/** The two libraries to link, in a wheel's layout (tensorflow/) or in upstream's archive's (lib/, include/). */
async function describe(source: string, folder: string): Promise<Libtensorflow | undefined> {
  const candidates = [
    {
      directory: "tensorflow",
      include: "tensorflow/include",
      name: /^libtensorflow(_cc|_framework)\.(so\.2|2\.dylib)$/,
    },
    { directory: "lib", include: "include", name: /^libtensorflow(_framework)?\.(so|dylib)$/ },
  ];
  for (const { directory, include, name } of candidates) {
    const place = path.join(folder, directory);
    const libraries = fs.existsSync(place) ? fs.readdirSync(place).filter((file) => name.test(file)) : [];
    if (libraries.length !== 2 || !fs.existsSync(path.join(folder, include, "tensorflow/c/c_api.h")))
      continue;
    const files: Libtensorflow["files"] = {};
    for (const library of libraries) {
      const file = path.join(place, library);
      files[`${directory}/${library}`] = { bytes: fs.statSync(file).size, sha256: await sha256OfFile(file) };
    }
    return { source, include, libraries: Object.keys(files), files };
  }
  return undefined;
}
