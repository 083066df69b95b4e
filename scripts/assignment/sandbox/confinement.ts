/**
 * How a sandboxed process is kept from the rest of the machine: by bubblewrap; by a user of its own, Landlock and a
 * filter of system calls, for a machine that is itself a container; or not at all, but for limits on its time, memory
 * and output.
 */
export type Confinement = "bubblewrap" | "container" | "none";

export const confinements: readonly Confinement[] = ["bubblewrap", "container", "none"];
