/** Text as pieces of digits and of other characters, so that 2 comes before 10. */
const pieces = (text: string) => text.match(/\d+|\D+/g) ?? [];

/** The order of claims: by note, place and name, numbers by their size; the same on every machine. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  const [left, right] = [a.id, b.id].map((id) => id.split("/").map(pieces));
  for (let part = 0; part < Math.max(left.length, right.length); part++) {
    const order = byPieces(left[part] ?? [], right[part] ?? []);
    if (order !== 0) return order;
  }
  return 0;
}

function byPieces(a: readonly string[], b: readonly string[]): number {
  for (let k = 0; k < Math.min(a.length, b.length); k++) {
    if (a[k] === b[k]) continue;
    const size = Number(a[k]) - Number(b[k]);
    if (!Number.isNaN(size) && size !== 0) return size;
    return a[k] < b[k] ? -1 : 1;
  }
  return a.length - b.length;
}
