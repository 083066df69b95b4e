import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { type Candidate, type Holding, isNotebook } from "./candidate";

/** More entries are in no zip that is worth a look. */
const mostEntries = 10_000;

/**
 * The notebooks in a zip. Nothing is unpacked but the one that is chosen, into a file that is named by us: names inside
 * are shown and compared, links and what is encrypted are left alone, and an entry that grows beyond the size it states
 * is refused while it is read.
 */
export async function notebooksInZip(file: string, within: string): Promise<Holding> {
  try {
    const entries = await entriesOf(file);
    const notebooks = entries
      .map((entry) => candidateOf(file, within, entry))
      .filter(({ path }) => isNotebook(path));
    return { notebooks, problems: [] };
  } catch (error) {
    return { notebooks: [], problems: [`the zip ${within} cannot be read (${(error as Error).message})`] };
  }
}

/** Names are taken as bytes: what is in them is for `decoded` to say, and no odd one ends the reading. */
const open = (file: string): Promise<ZipFile> =>
  openPromise(file, { decodeStrings: false, autoClose: false });

async function entriesOf(file: string): Promise<Entry[]> {
  const zip = await open(file);
  try {
    if (zip.entryCount > mostEntries) throw new Error(`it has more than ${mostEntries} entries`);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) if (isFile(entry)) entries.push(entry);
    return entries;
  } finally {
    zip.close();
  }
}

/** Unix systems write the kind of a file into the upper half of its attributes (stat(2)); others leave it 0. */
const kind = { mask: 0o170000, regular: 0o100000 };

function isFile({ externalFileAttributes, fileNameRaw }: Entry): boolean {
  const type = (externalFileAttributes >>> 16) & kind.mask;
  return (type === 0 || type === kind.regular) && fileNameRaw.at(-1) !== slash;
}

const slash = 47;

function candidateOf(file: string, within: string, entry: Entry): Candidate {
  return {
    path: `${within}/${decoded(entry.fileNameRaw)}`,
    modified: entry.getLastModDate().getTime(),
    bytes: entry.uncompressedSize,
    async copyTo(target) {
      if (!entry.canDecodeFileData())
        throw new Error("it is encrypted, or packed in a way that is not usual");
      const zip = await open(file);
      try {
        await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { flags: "wx" }));
      } finally {
        zip.close();
      }
    },
  };
}

/** A name in UTF-8, as zips should have it, or as Windows in China writes it, or in Windows' Western encoding. */
function decoded(name: Buffer): string {
  for (const encoding of ["utf-8", "gb18030"])
    try {
      return normalised(new TextDecoder(encoding, { fatal: true }).decode(name));
    } catch {
      // the next encoding
    }
  return normalised(new TextDecoder("windows-1252").decode(name));
}

const normalised = (name: string) => name.replaceAll("\\", "/").normalize("NFC");
