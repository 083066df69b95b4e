/**
 * The arrows, by their places in the list, that lead back to a step from which theirs was reached: without them the rest
 * has no cycle. The search goes depth first, from each step in order along its arrows in order.
 * @example
 * const boxes = [{ id: "a" }, { id: "b" }, { id: "c" }]
 * const links = [{ from: "a", to: "b" }, { from: "b", to: "c" }, { from: "c", to: "a" }]
 * backArrows(boxes, links) // new Set([2])
 */
export function backArrows(
  boxes: readonly { readonly id: string }[],
  links: readonly { readonly from: string; readonly to: string }[],
): Set<number> {
  const back = new Set<number>();
  const state = new Map<string, "open" | "done">();
  const visit = (id: string) => {
    state.set(id, "open");
    links.forEach(({ from, to }, k) => {
      if (from !== id) return;
      if (state.get(to) === "open") back.add(k);
      else if (!state.has(to)) visit(to);
    });
    state.set(id, "done");
  };
  for (const { id } of boxes) if (!state.has(id)) visit(id);
  return back;
}
