import { workText } from "../../core/work-text.ts";
import type { Finding, Table } from "../model.ts";
import { escapeHtml } from "../../core/html/escape-html.ts";

/** The tradeoff tables of finding 5 as bars: P50 of each pattern. One that breaks what it must keep is hatched, and says so. */
export const patternBars = (findings: readonly Finding[]): string =>
  findings
    .filter(({ slug }) => slug === "5-patterns")
    .flatMap(({ sections }) => sections)
    .filter(({ id }) => id.startsWith("tradeoffs-"))
    .map(({ heading, blocks }) => {
      const table = blocks.find((block) => block.kind === "table");
      return table
        ? `<h3>${escapeHtml(heading)}</h3><p class="note">Minutes of the middle run (P50) of each pattern. Hatched: it breaks what it has to keep.</p>${bars(table)}`
        : "";
    })
    .join("\n");

function bars({ columns, rows }: Table): string {
  const column = columns.findIndex(({ title }) => title.includes("P50"));
  const kept = columns.findIndex(({ title }) => title.startsWith("Reliability"));
  const values = rows.map(({ cells }) => Number(cells[column] ?? 0));
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const items = rows.map(({ cells }, index) => {
    const value = values[index] ?? 0;
    const width = most > 0 ? Math.round((value / most) * 70) : 0;
    const broken = `${cells[kept] ?? ""}`;
    const unsafe = /[1-9]/.test(broken);
    return `<dt>${escapeHtml(`${cells[0] ?? ""}`)}</dt><dd><span class="bar${unsafe ? " unsafe" : ""}" style="width:${width}%" aria-hidden="true"></span>${workText(value)} (${Math.round(value)} min)${unsafe ? `, breaks ${escapeHtml(broken)}` : ""}</dd>`;
  });
  return `<dl class="bars">${items.join("")}</dl>`;
}
