import { readSync, writeSync } from "node:fs";

const [requests, answers] = [3, 4];

/**
 * Reads requests from descriptor 3, a line each, and writes what `answer` gives to descriptor 4, one after another,
 * until there are no more.
 * @param failure the answer where `answer` itself fails or gives what JSON has no form for
 */
export async function serve<Request, Response>(
  answer: (request: Request) => Promise<Response>,
  failure: Response,
): Promise<void> {
  for (let line = nextLine(); line !== undefined; line = nextLine()) {
    let text: string;
    try {
      text = JSON.stringify(await answer(JSON.parse(line)));
    } catch {
      text = JSON.stringify(failure);
    }
    writeWhole(Buffer.from(`${text}\n`));
  }
  process.exit(0);
}

/** The next line; the process waits for it and computes nothing meanwhile. */
function nextLine(): string | undefined {
  const parts: Buffer[] = [];
  const part = Buffer.alloc(65536);
  for (;;) {
    const length = readSync(requests, part, 0, part.length, null);
    if (length === 0) return undefined;
    parts.push(Buffer.from(part.subarray(0, length)));
    if (part[length - 1] === 10) return Buffer.concat(parts).toString("utf8");
  }
}

function writeWhole(bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(answers, bytes, done);
}
