/** An expected failure: what is wrong, and what the reader can do about it. Shown without a stack. */
export class Failure extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} remedy what to do
   * @param {number} [exitCode]
   */
  constructor(message, remedy, exitCode = 1) {
    super(message);
    this.name = "Failure";
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

const diskFull = /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/i;
const network = new RegExp(
  [
    "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT",
    "Temporary failure in name resolution|Name or service not known|nodename nor servname|Network is unreachable",
    "from versions: none|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|Max retries exceeded|Connection broken",
    "fetch failed|UND_ERR_|socket hang up|CERTIFICATE_VERIFY_FAILED|UNABLE_TO_\\w*CERT\\w*|SELF_SIGNED_CERT",
  ].join("|"),
);
const denied = /\b(EACCES|EPERM|EROFS)\b|Permission denied|Read-only file system/;
const corrupted = /EINTEGRITY|DO NOT MATCH THE HASHES|THESE PACKAGES DO NOT MATCH|Hash mismatch/i;

/**
 * The failures that every download has in common, recognised in a tool's output or in an error's text.
 * @param {string} what what was being done, as "Installing the npm packages"
 * @param {string} text the tool's output
 * @returns {Failure | undefined}
 */
export function commonFailure(what, text) {
  if (diskFull.test(text)) {
    return new Failure(
      `${what}: the disk is full.`,
      "Free some space (`npm run clean` removes what this project can make again), then run the same command again.",
    );
  }
  if (corrupted.test(text)) {
    return new Failure(
      `${what}: a download arrived corrupted (its checksum is not the pinned one).`,
      "Nothing of it was kept. Run the same command again; if it happens again, look for a proxy that alters downloads, or " +
        "empty the caches with `npm cache clean --force` and `.venv/bin/python -m pip cache purge`.",
    );
  }
  if (network.test(text)) {
    return new Failure(
      `${what}: no network, or the package index cannot be reached or lacks a package (${network.exec(text)?.[0]}).`,
      "Check the connection (behind a proxy: HTTPS_PROXY; with a mirror: npm's `registry`, pip's PIP_INDEX_URL), then run " +
        "the same command again. Finished steps are kept.",
    );
  }
  if (denied.test(text)) {
    return new Failure(
      `${what}: a file or folder cannot be written (${text
        .split("\n")
        .find((line) => denied.test(line))
        ?.trim()}).`,
      "Make the project's folder writable for this user (chown, chmod), then run the same command again.",
    );
  }
  return undefined;
}

/**
 * A tool failed for a reason not recognised: its last lines, and where the rest is.
 * @param {string} what @param {string} text @param {string} log
 */
export function toolFailure(what, text, log) {
  const tail = text.trim().split("\n").slice(-8).join("\n  ");
  return (
    commonFailure(what, text) ?? new Failure(`${what} failed:\n  ${tail}`, `The whole output is in ${log}.`)
  );
}
