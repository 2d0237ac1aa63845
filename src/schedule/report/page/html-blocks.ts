import { escapeHtml } from "../../../core/html/escape-html.ts";
import { htmlTable } from "../../../core/html/html-table.ts";
import { oneLine } from "../../../core/text.ts";
import { inlineSvg, type Drawing } from "../drawing/drawing.ts";
import type { Table } from "../table.ts";

const LONGEST = 600;

export const text = (raw: string): string => escapeHtml(oneLine(raw, LONGEST));

/** A part of the page with its place in the contents. `body` is markup. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export const partHtml = ({ id, title, body }: Part): string =>
  `<section id="${id}" aria-labelledby="h-${id}"><h2 id="h-${id}">${text(title)}</h2>\n${body}\n</section>`;

export const tableHtml = ({ caption, columns, rows, more }: Table, none = "None."): string =>
  rows.length === 0
    ? `<p>${text(caption)}: ${text(none)}</p>`
    : htmlTable({ caption, columns, rows: rows.map((row) => row.map(text)) }) +
      (more > 0 ? `<p class="note">${more} more rows are in the JSON files.</p>` : "");

export const listHtml = (items: readonly string[]): string =>
  items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${text(item)}</li>`).join("")}</ul>`;

/** Width of a sheet of A4 across, less its margins, in CSS pixels; smaller than this nothing can be read. */
const PAPER = { width: 1_040, height: 640 } as const;
const SMALLEST = 0.3;

/** A picture with what is told of the focused part, its legend, and tables of the same facts. */
export function pictureHtml(drawing: Drawing, tables: readonly Table[]): string {
  const { id, description, legend, width, height, side } = drawing;
  const wide = width + (side?.width ?? 0);
  const fit = Math.max(SMALLEST, Math.min(1, PAPER.width / wide, PAPER.height / height));
  const keys = legend.map(
    ({ swatch, text: words }) =>
      `<li><svg class="drawing" width="28" height="14" aria-hidden="true">${swatch}</svg>${text(words)}</li>`,
  );
  return `<p class="note" id="${id}-desc">${text(description)}</p>
<div class="picture" style="--fit:${fit.toFixed(3)}">${inlineSvg(drawing)}
<output class="told" aria-live="polite"></output></div>
<ul class="legend" aria-label="What marks mean">${keys.join("")}</ul>
<details><summary>The same as ${tables.length === 1 ? "a table" : "tables"}</summary>
${tables.map((table) => tableHtml(table)).join("\n")}
</details>`;
}
