// libtensorflow from the reader's own mirror (TFJS_NODE_CDN_STORAGE), resumed where an earlier download broke off.
import fs from "node:fs";
import path from "node:path";
import { commonFailure, Failure } from "../bootstrap/failure.mjs";
import { megabytes, step } from "../bootstrap/progress.mjs";
import { readStamp, sha256, writeStamp } from "./stamp";

const what = "Downloading libtensorflow from the mirror";

/** Downloads the archive; gives its path. */
export async function fetchFromMirror(address: string, folder: string): Promise<string> {
  const file = path.join(folder, `${sha256(address).slice(0, 12)}.tar.gz`);
  if (fs.existsSync(file)) return file;
  const partial = `${file}.partial`;
  try {
    await download(address, partial);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
    const text = `${error} ${cause ?? ""} ${cause?.code ?? ""}`;
    throw commonFailure(what, text) ?? error;
  }
  fs.renameSync(partial, file);
  return file;
}

async function download(address: string, partial: string): Promise<void> {
  const versionFile = `${partial}.version.json`;
  const have = fs.statSync(partial, { throwIfNoEntry: false })?.size ?? 0;
  const version = readStamp<{ version: string }>(versionFile)?.version;
  // The rest only if the file there is still the same one.
  const resume = have > 0 && version ? { Range: `bytes=${have}-`, "If-Range": version } : undefined;
  const response = await fetch(address, { headers: { "Accept-Encoding": "identity", ...resume } });
  if (!response.ok || !response.body) {
    throw new Failure(
      `${what}: ${address} answered ${response.status} ${response.statusText}.`,
      "Correct TFJS_NODE_CDN_STORAGE, or unset it to take libtensorflow from PyPI.",
    );
  }
  const resumed = response.status === 206;
  let got = resumed ? have : 0;
  const length = Number(response.headers.get("content-length"));
  const total = length ? got + length : 0;
  const progress = step(
    `${what} (${address}, ${total ? megabytes(total) : "size not told"}${resumed ? `, ${megabytes(have)} here already` : ""}) …`,
  );
  const tag = response.headers.get("etag");
  const newVersion = tag && !tag.startsWith("W/") ? tag : response.headers.get("last-modified");
  if (newVersion) writeStamp(versionFile, { version: newVersion });
  const out = fs.openSync(partial, resumed ? "a" : "w");
  try {
    for await (const chunk of response.body) {
      fs.writeSync(out, chunk);
      got += chunk.length;
      if (total) progress.update(got / total, megabytes(got));
    }
  } finally {
    fs.closeSync(out);
  }
  if (total && got !== total) throw new Error(`Connection broken: ${got} of ${total} bytes`);
  fs.rmSync(versionFile, { force: true });
  progress.done(megabytes(got));
}
