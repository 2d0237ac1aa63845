import { escapeHtml } from "./escape-html.ts";

/** A table with raw titles and cells that are markup already. */
export interface HtmlTable {
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align?: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
}

/** A table that is wider than the page scrolls in its own frame, which the keyboard can reach. */
export function htmlTable({ caption, columns, rows }: HtmlTable): string {
  const side = columns.map(({ align }) => (align === "right" ? ` class="number"` : ""));
  const row = (cells: readonly string[]) =>
    `<tr>${cells.map((cell, index) => `<td${side[index] ?? ""}>${cell}</td>`).join("")}</tr>`;
  const heads = columns.map(
    ({ title }, index) => `<th scope="col"${side[index] ?? ""}>${escapeHtml(title)}</th>`,
  );
  return (
    `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${heads.join("")}</tr></thead><tbody>\n${rows.map(row).join("\n")}\n</tbody></table></div>`
  );
}
