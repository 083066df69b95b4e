import fs from "node:fs";
import { Failure } from "./failure.mjs";
import { megabytes } from "./progress.mjs";

/**
 * Throws where the disk that holds `folder` has less than `bytes` free: better now than half-way.
 * @param {string} folder an existing folder
 * @param {number} bytes
 * @param {string} what as "Installing the npm packages"
 * @param {(folder: string) => {bavail: number, bsize: number}} [statfs]
 */
export function requireSpace(folder, bytes, what, statfs = fs.statfsSync) {
  const { bavail, bsize } = statfs(folder);
  const free = bavail * bsize;
  if (free < bytes) {
    throw new Failure(
      `${what} needs ${megabytes(bytes)} on the disk that holds ${folder}; ${megabytes(free)} are free.`,
      "Free some space (`npm run clean` removes what this project can make again), then run the same command again.",
    );
  }
}
