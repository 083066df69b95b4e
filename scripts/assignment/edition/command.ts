import { words } from "./words";

/** Runs a command of the edition and sets the exit code; an expected failure is told without a stack. */
export async function command(work: (args: readonly string[]) => Promise<number>): Promise<void> {
  try {
    expectPlatform();
    process.exitCode = await work(process.argv.slice(2));
  } catch (error) {
    const { name, message, remedy, stack } = error as Error & { remedy?: string };
    const expected = name === "Failure" || name === "BadInput";
    console.error(`\n${expected ? [message, remedy].filter(Boolean).join("\n") : stack}`);
    process.exitCode = name === "BadInput" ? 2 : 1;
  }
}

function expectPlatform(): void {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 20))
    throw failure(words.tooOld(process.versions.node), words.newerNode);
  if (process.platform === "win32") throw failure(words.windows, words.wsl);
}

const failure = (message: string, remedy: string) =>
  Object.assign(new Error(message), { name: "Failure", remedy });
