// The sections in headless Chromium: lib and scripts/hash in one file, served from memory, with no network.
import fs from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { startChromium } from "../../tests/support/chromium";
import { root } from "../setup/paths";
import type { HashedSection } from "./node";

/** What computes in sections besides lib: dagre lays out the flow diagrams. */
const packages = /^@dagrejs\//;

/** Node's own modules are empty in a browser; another package would be a mistake. */
const nothingOfNode: Plugin = {
  name: "nothing of Node",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "empty" }));
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || packages.test(path)
        ? undefined
        : { errors: [{ text: `the sections need the package ${path}` }] },
    );
  },
};

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, "scripts", "hash", "in-browser.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
    plugins: [nothingOfNode],
  });
  return outputFiles[0].text;
}

/** The core's bytes lie where lib/kernels/wasm.ts looks for them before lib is loaded. */
const page = `<!doctype html><meta charset="utf-8"><title>determinism</title><link rel="icon" href="data:,">
<script type="module">
  const wasm = await (await fetch("kernels.wasm")).arrayBuffer();
  globalThis[Symbol.for("backpropagation.kernels.wasm")] = new Uint8Array(wasm);
  await import("./sections.js");
  document.title = "ready";
</script>`;

/** Computes these sections, one after another, in a browser; gives its name. */
export async function inBrowser(
  names: readonly string[],
  onSection: (name: string, hashed: HashedSection) => void,
  withValues: boolean,
): Promise<string> {
  const files = new Map<string, { contentType: string; body: string | Buffer }>([
    ["/", { contentType: "text/html", body: page }],
    ["/sections.js", { contentType: "text/javascript", body: await bundle() }],
    [
      "/kernels.wasm",
      {
        contentType: "application/wasm",
        body: fs.readFileSync(path.join(root, "lib", "kernels", "kernels.wasm")),
      },
    ],
  ]);
  const browser = await startChromium();
  try {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on("pageerror", (error) => complaints.push(String(error)));
    await tab.route("**/*", (route) => {
      const file = files.get(new URL(route.request().url()).pathname);
      return file ? route.fulfill(file) : route.abort();
    });
    await tab.goto("http://localhost/");
    await tab.waitForFunction("document.title === 'ready'").catch((error) => {
      throw new Error(`the page did not load: ${complaints.join("; ") || error}`);
    });
    for (const name of names) onSection(name, await tab.evaluate(inPage(name, withValues)));
    return `Chromium ${browser.version()}`;
  } finally {
    await browser.close();
  }
}

/** What runs in the page, as text: the compiler options declare no page. */
function inPage(name: string, withValues: boolean): string {
  const listener = `(place, value) => lines.push(place + "\\t" + (Object.is(value, -0) ? "-0" : value))`;
  return `(async () => {
    const lines = [];
    const hash = await hashOfSection(${JSON.stringify(name)}, ${withValues ? listener : "undefined"}).catch(String);
    return { hash, lines };
  })()`;
}
