import { spawnSync } from "node:child_process";
import { Failure } from "../bootstrap/failure.mjs";

const oldest = 10;
/** The newest minor version for which requirements.txt was compiled. */
const newest = 14;

const names = [
  "python3",
  ...Array.from({ length: newest - oldest + 1 }, (_, i) => `python3.${newest - i}`),
  "python",
];

const question =
  "import sys, importlib.util as u; " +
  "print(*sys.version_info[:3], all(u.find_spec(m) for m in ('venv', 'ensurepip')), sys.executable, sep='\\n')";

export interface Python {
  executable: string;
  version: string;
  minor: number;
  hasVenv: boolean;
}

/** Asks one Python what it is; undefined where there is none of that name, or it is no Python 3. */
export function askPython(name: string): Python | undefined {
  const { status, stdout } = spawnSync(name, ["-c", question], { encoding: "utf8", timeout: 20_000 });
  const [major, minor, micro, hasVenv, executable] = (stdout ?? "").trim().split("\n");
  if (status !== 0 || major !== "3") return undefined;
  return {
    executable,
    version: `${major}.${minor}.${micro}`,
    minor: Number(minor),
    hasVenv: hasVenv === "True",
  };
}

/** The first Python that can make the environment: $PYTHON alone where it is set, else the usual names on PATH. */
export function findPython(): Python {
  const asked = process.env.PYTHON ? [process.env.PYTHON] : names;
  const found: Python[] = [];
  for (const name of asked) {
    const python = askPython(name);
    if (!python) continue;
    if (python.minor >= oldest && python.minor <= newest && python.hasVenv) return python;
    found.push(python);
  }
  throw explain(found);
}

function explain(found: readonly Python[]): Failure {
  const again =
    "then run the same command again. Another Python can be named: PYTHON=/path/to/python3 npm start.";
  if (process.env.PYTHON && found.length === 0) {
    return new Failure(
      `PYTHON=${process.env.PYTHON} is not a Python 3 that runs.`,
      `Correct or unset PYTHON, ${again}`,
    );
  }
  const withoutVenv = found.find((python) => python.minor >= oldest && python.minor <= newest);
  if (withoutVenv) {
    const { executable, version, minor } = withoutVenv;
    return new Failure(
      `Python ${version} (${executable}) lacks the modules venv or ensurepip, which make the project's environment.`,
      `Install them (on Debian and Ubuntu: sudo apt install python3.${minor}-venv), ${again}`,
    );
  }
  const install = `Install Python 3.${oldest} to 3.${newest} (on Debian and Ubuntu: sudo apt install python3 python3-venv)`;
  if (found.length > 0) {
    const list = [...new Set(found.map((python) => `${python.version} (${python.executable})`))].join(", ");
    return new Failure(
      `Python 3.${oldest} to 3.${newest} is needed; found only ${list}.`,
      `${install}, ${again}`,
    );
  }
  return new Failure(
    `Python was not found on PATH (looked for ${names.join(", ")}).`,
    `${install}, ${again}`,
  );
}
