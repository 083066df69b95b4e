import { spawn } from "node:child_process";
import { ROOT } from "../run/paths";

/** Runs a program to its end; gives its exit code and what it wrote. */
export function runTool(
  program: string,
  args: string[],
  input = "",
  cwd = ROOT,
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["pipe", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, out, err }));
    child.stdin.on("error", () => {}); // a program that ends early says why itself
    child.stdin.end(input);
  });
}

/** Runs a Node program from node_modules. */
export function runPackage(file: string, args: string[], cwd = ROOT) {
  return runTool(process.execPath, [require.resolve(file, { paths: [ROOT] }), ...args], "", cwd);
}
