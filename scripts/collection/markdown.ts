/** Plain text in Markdown: what would be markup is escaped. */
export function inMarkdown(text: string): string {
  return text.replace(/[\\*_[\]<>|~#]/g, "\\$&");
}

/** A link; the label is Markdown already. */
export function link(label: string, address: string): string {
  return `[${label}](${encodeURI(address)})`;
}

/** A Markdown table; the cells are Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
