// One set-up at a time in one clone, and a clean end when it is interrupted.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { commonFailure, Failure } from "./failure.mjs";
import { interruptible, killTool, onToolStart } from "./tool.mjs";

const beat = 5000;

/** A process's start time: the same process id with another start time is another process. Linux only. @param {number} pid */
function startedAt(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/** @param {{pid: number, started?: string}} process_ */
function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false;
  }
  return started === undefined || startedAt(pid) === undefined || startedAt(pid) === started;
}

/** @param {string} file */
function isStale(file, owner) {
  if (owner.host === os.hostname()) return !isAlive(owner);
  // Another host (or a container that is gone): its processes cannot be seen, but a live one touches the file.
  return Date.now() - fs.statSync(file).mtimeMs > 12 * beat;
}

/** @param {string} file @param {object} owner */
function create(file, owner) {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, JSON.stringify(owner));
  try {
    fs.linkSync(own, file); // a lock is never seen without its content
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    return false;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Takes the lock, or throws. The lock of a process that is gone is taken over, and a tool it left running is ended. */
function take(file) {
  const owner = {
    pid: process.pid,
    started: startedAt(process.pid),
    host: os.hostname(),
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(file, owner)) return owner;
    const other = read(file);
    if (other === undefined) continue;
    if (!isStale(file, other)) {
      const since = new Date(other.since).toLocaleTimeString("en-GB");
      throw new Failure(
        `Another set-up is running in this folder (process ${other.pid} on ${other.host}, since ${since}).`,
        `Wait until it has ended, then run the same command again. If there is no such process, delete ${file}.`,
      );
    }
    if (other.tool && other.host === os.hostname() && isAlive(other.tool)) killTool(other.tool.pid);
    const aside = `${file}.stale.${process.pid}`;
    try {
      fs.renameSync(file, aside);
    } catch {
      continue; // somebody else was quicker
    }
    if (read(aside)?.pid !== other.pid) fs.renameSync(aside, file);
    else fs.rmSync(aside);
  }
  throw new Failure(
    `The lock ${file} changes hands all the time.`,
    "Delete it and run the same command again.",
  );
}

/**
 * Runs `work` while holding the set-up lock. When it is interrupted, what was half made carries no stamp: the next run makes
 * it anew.
 * @template T
 * @param {string} cache the folder .cache
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(cache, work) {
  try {
    return await locked(cache, work);
  } catch (error) {
    // Node's own file errors of any step: a full disk, a folder that cannot be written.
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw (code && commonFailure("Set-up", `${code} ${message}`)) || error;
  }
}

/** @template T @param {string} cache @param {() => Promise<T>} work @returns {Promise<T>} */
async function locked(cache, work) {
  fs.mkdirSync(cache, { recursive: true });
  const file = path.join(cache, "setup.lock");
  const owner = take(file);
  const release = () => fs.rmSync(file, { force: true });
  const timer = setInterval(() => fs.utimes(file, new Date(), new Date(), () => {}), beat);
  timer.unref();
  onToolStart((pid) => {
    const tool = { pid, started: startedAt(pid) };
    fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify({ ...owner, tool }));
    fs.renameSync(`${file}.${process.pid}`, file);
  });
  try {
    return await interruptible(work, release);
  } finally {
    onToolStart(undefined);
    clearInterval(timer);
    release();
  }
}
