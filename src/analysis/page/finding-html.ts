import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { Block, Cell, Finding, Places, Row, Section, Statement } from "../model.ts";
import { escapeHtml } from "../../core/html/escape-html.ts";
import { htmlTable } from "../../core/html/html-table.ts";

const MOST_PLACES = 4;
const CELL = 600;

/** A finding with all its sections; each can be folded. */
export function findingHtml(finding: Finding): string {
  const { number, title, status, summary, sections, gaps } = finding;
  return [
    `<section id="finding-${number}" aria-labelledby="h-${number}"><h2 id="h-${number}">${number}. ${escapeHtml(title)}${status === "partial" ? " <small>(partial)</small>" : ""}</h2>`,
    `<ul class="summary">${summary.map(item).join("")}</ul>`,
    ...(gaps.length === 0
      ? []
      : [
          `<p class="note">Not answered: ${gaps.map((gap) => escapeHtml(oneLine(gap, CELL))).join("; ")}</p>`,
        ]),
    ...sections.map((section) => sectionHtml(number, section)),
    `</section>`,
  ].join("\n");
}

const sectionHtml = (number: number, { id, heading, blocks }: Section): string =>
  `<details open id="${number}-${escapeHtml(id)}"><summary><h3>${escapeHtml(oneLine(heading, 160))}</h3></summary>\n${blocks.map(blockHtml).join("\n")}\n</details>`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "note":
      return `<p class="note">${escapeHtml(block.text)}</p>`;
    case "paragraph":
      return `<p>${block.statements.map(words).join(" ")}</p>`;
    case "list":
      return `<ul>${block.items.map(item).join("")}</ul>`;
    case "table":
      return tableHtml(block);
    case "mermaid":
    case "code":
      return `<figure><figcaption>${escapeHtml(block.caption)}</figcaption><pre tabindex="0">${escapeHtml(block.code)}</pre></figure>`;
  }
}

const words = ({ text, places }: Statement): string =>
  `${escapeHtml(oneLine(text, CELL))}${placesHtml(places)}`;

const item = (statement: Statement): string => `<li>${words(statement)}</li>`;

function placesHtml(places: Places | undefined): string {
  if (!places) return "";
  const shown = places
    .slice(0, MOST_PLACES)
    .map((place) => escapeHtml(oneLine(formatPlace(place), 120)));
  const more = places.length > MOST_PLACES ? ` +${places.length - MOST_PLACES}` : "";
  return ` <span class="places">${shown.join(", ")}${more}</span>`;
}

function tableHtml({ caption, columns, rows, more }: Extract<Block, { kind: "table" }>): string {
  const placed = rows.some(({ places }) => places);
  const cells = ({ cells: own, places }: Row) => [
    ...own.map(cellHtml),
    ...(placed ? [placesHtml(places)] : []),
  ];
  return (
    htmlTable({
      caption,
      columns: placed ? [...columns, { title: "Where" }] : columns,
      rows: rows.map(cells),
    }) + (more > 0 ? `<p class="note">${more} more rows are in the JSON.</p>` : "")
  );
}

const cellHtml = (cell: Cell): string =>
  cell === null ? "–" : escapeHtml(oneLine(`${cell}`, CELL));
