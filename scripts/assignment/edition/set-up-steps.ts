import { exclusively } from "../../bootstrap/lock.mjs";
import { installPackages } from "../../bootstrap/npm-packages.mjs";
import { installKernelSpec, kernelSpecReady } from "../../setup/kernel-spec";
import { makeVenv, venvReady } from "../../setup/venv";
import { facts } from "./facts";
import { cache, root } from "./paths";

/** The npm packages, where they are not what package-lock.json says. */
export const setUpPackages = (): Promise<void> => installPackages(root, facts);

/** The packages, the Python environment and the kernel, as far as they are missing. */
export async function setUp(): Promise<void> {
  await setUpPackages();
  if (venvReady() && kernelSpecReady()) return;
  await exclusively(cache, async () => {
    if (!venvReady()) await makeVenv();
    if (!kernelSpecReady()) await installKernelSpec();
  });
}
