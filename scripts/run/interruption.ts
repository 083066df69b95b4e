/** Ctrl-C and its relatives, or the caller's signal, as one AbortSignal. */
export function interruption(signal?: AbortSignal): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, abort);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    release() {
      for (const name of names) process.off(name, abort);
      signal?.removeEventListener("abort", abort);
    },
  };
}
