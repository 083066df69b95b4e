// Where libtensorflow comes from. Upstream's bucket has answered 403 to everyone since August 2026 (tensorflow/tfjs#8742),
// so it is taken from TensorFlow's wheels on PyPI, which carry the same library and its headers. The wheel is asked for by
// platform and Python tag: the reader's own Python version does not matter. 2.15.1 is the release that was tried with
// tfjs-node 4.22.0; it has wheels for all four platforms.

/** A wheel on PyPI, pinned. */
export interface Wheel {
  requirement: string;
  platform: string;
  bytes: number;
  sha256: string;
  /** Bytes of what is taken out of it. */
  unpackedBytes: number;
}

export const wheels: Readonly<Record<string, Wheel>> = {
  "linux-x64": {
    requirement: "tensorflow-cpu==2.15.1",
    platform: "manylinux_2_17_x86_64",
    bytes: 207_208_420,
    sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
    unpackedBytes: 621e6,
  },
  "linux-arm64": {
    requirement: "tensorflow-cpu-aws==2.15.1",
    platform: "manylinux_2_17_aarch64",
    bytes: 211_874_120,
    sha256: "d4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e",
    unpackedBytes: 703e6,
  },
  "darwin-arm64": {
    requirement: "tensorflow==2.15.1",
    platform: "macosx_12_0_arm64",
    bytes: 205_736_374,
    sha256: "aa926114d1e13ffe5b2ea59c3f195216f26646d7fe36e9e5207b291e4b7902ff",
    unpackedBytes: 610e6,
  },
  "darwin-x64": {
    requirement: "tensorflow==2.15.1",
    platform: "macosx_10_15_x86_64",
    bytes: 236_482_723,
    sha256: "6761efe511e6ee0f893f60738fefbcc51d6dc386eeaaafea59d21899ef369ffd",
    unpackedBytes: 728e6,
  },
};

/** As "linux-x64". */
export const platform = `${process.platform}-${process.arch}`;

/** A setting as upstream's install script reads it: from the environment, or from npm's configuration. */
function setting(name: string): string | undefined {
  const { env } = process;
  return env[name] || env[`npm_config_${name}`] || env[`npm_config_${name.toLowerCase()}`];
}

/**
 * The address of libtensorflow on the reader's own mirror, in upstream's layout (tfjs-node's scripts/install.js), or
 * undefined where no mirror is named or upstream has nothing for this platform.
 */
export function mirrorAddress(): string | undefined {
  const storage = setting("TFJS_NODE_CDN_STORAGE") ?? process.env.CDN_STORAGE;
  const host = storage && `${storage.replace(/\/+$/, "")}/`;
  const base = setting("TFJS_NODE_BASE_URI") ?? (host && `${host}tensorflow/libtensorflow/libtensorflow-`);
  if (platform === "darwin-arm64")
    return host && `${host}tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz`;
  if (platform === "linux-arm64") return host && `${host}tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz`;
  if (process.arch !== "x64") return undefined;
  return base && `${base}cpu-${process.platform}-x86_64-2.9.1.tar.gz`;
}
