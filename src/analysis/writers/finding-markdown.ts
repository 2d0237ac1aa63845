import { inert } from "../../core/text.ts";
import { formatPlace } from "../../core/place.ts";
import { findingsText } from "../../plan/status/findings.ts";
import { codeSpan, inCell, inlineText } from "../../core/markdown/inline-text.ts";
import type { Block, Finding, Places, Section, Statement, Table } from "../model.ts";

/** Places shown of one statement; JSON has all. */
const PLACES = 3;

/**
 * A finding as S4's plans have them (FORMATS §1.3): head, summary, details, files. What is quoted from plans is inert: no line of it
 * can become a heading, a box or a fence.
 */
export function findingMarkdown(finding: Finding): string {
  const { number, title, status, summary, sections, gaps } = finding;
  const text = findingsText(
    {
      id: `${number}`,
      description: title,
      status: status === "complete" ? "completed" : "partial",
    },
    [
      ...summary.map((each) => `- ${statementText(each)}`),
      ...gaps.map((gap) => `- Not known: ${inlineText(gap)}`),
    ].join("\n"),
    sections.map(sectionText).join("\n\n"),
  );
  return `${text}\n## Files Modified\n\nNone: plans were only read.\n`;
}

const sectionText = ({ heading, blocks }: Section): string =>
  [`### ${inlineText(heading)}`, ...blocks.map(blockText).filter((text) => text !== "")].join(
    "\n\n",
  );

function blockText(block: Block): string {
  switch (block.kind) {
    case "note":
      return `> ${inlineText(block.text)}`;
    case "paragraph":
      return block.statements.map(statementText).join(" ");
    case "list":
      return block.items.map((item) => `- ${statementText(item)}`).join("\n");
    case "table":
      return tableText(block);
    case "mermaid":
      return `${inlineText(block.caption)}\n\n${fenced("mermaid", block.code)}`;
    case "code":
      return `${inlineText(block.caption)}\n\n${fenced(block.language, block.code)}`;
  }
}

/** A fence longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const code = inert(text);
  const longest = (code.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

function statementText({ text, places, figure }: Statement): string {
  const rests = places ? ` (${placesText(places)})` : ` (${figureText(figure)})`;
  return `${inlineText(text)}${rests}`;
}

const figureText = (figure: Statement["figure"]): string =>
  figure
    ? `${figure.value}${figure.of === undefined ? "" : ` of ${figure.of}`} ${inlineText(figure.unit)}`
    : "";

/** A few places; where more rest on it, how many. */
export function placesText(places: Places): string {
  const shown = places.slice(0, PLACES).map((place) => codeSpan(formatPlace(place)));
  const more = places.length - PLACES;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

function tableText({ caption, columns, rows, more }: Table): string {
  if (rows.length === 0) return `${inlineText(caption)}: none.`;
  const placed = rows.some(({ places }) => places !== undefined);
  const head = [...columns.map(({ title }) => cellText(title)), ...(placed ? ["Where"] : [])];
  const rule = [
    ...columns.map(({ align }) => (align === "right" ? "--:" : "---")),
    ...(placed ? ["---"] : []),
  ];
  const lines = rows.map(({ cells, places }) => [
    ...cells.map(cellText),
    ...(placed ? [places ? inCell(placesText(places)) : ""] : []),
  ]);
  const table = [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `${inlineText(caption)}:\n\n${table}${more > 0 ? `\n\n… and ${more} more rows; \`--json\` has all that is kept.` : ""}`;
}

const cellText = (cell: string | number | null): string =>
  cell === null ? "–" : typeof cell === "number" ? `${cell}` : inCell(inlineText(cell));
