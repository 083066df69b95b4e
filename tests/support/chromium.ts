// A browser for the tests that need one: Debian's Chromium or Chrome, driven by playwright-core.
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { inCI } from "./ci";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The first browser found: CHROMIUM_PATH, or one of the usual names on the PATH. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const usual = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.CHROMIUM_PATH ?? "", ...usual].find(runs);
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return file !== "";
  } catch {
    return false;
  }
}

/**
 * For the `skip` option of a test: the reason where no browser is installed, else false. In CI a browser is
 * obligatory, so there the tests run, and fail.
 */
export function noBrowser(): string | false {
  const found = findChromium() !== undefined || inCI;
  return found ? false : `no browser: install Debian's chromium, or set CHROMIUM_PATH`;
}

/** Starts the browser with an empty profile; it asks nothing of the network by itself. */
export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      `No browser found (CHROMIUM_PATH, ${NAMES.join(", ")}); these tests are obligatory in CI: apt-get install chromium`,
    );
  }
  const quiet = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const machine = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"];
  return chromium.launch({ executablePath, args: [...machine, ...quiet] });
}
