import { oneLine } from "../../core/text.ts";
import { formatPlace } from "../../core/place.ts";
import { findingsText } from "../../plan/status/findings.ts";
import type { Block, Finding, Places, Section, Statement, Table } from "../model.ts";

/** Places shown of one statement; JSON has all. */
const PLACES = 3;
const LONGEST = 2_000;

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
      ...gaps.map((gap) => `- Not known: ${words(gap)}`),
    ].join("\n"),
    sections.map(sectionText).join("\n\n"),
  );
  return `${text}\n## Files Modified\n\nNone: plans were only read.\n`;
}

const sectionText = ({ heading, blocks }: Section): string =>
  [`### ${words(heading)}`, ...blocks.map(blockText).filter((text) => text !== "")].join("\n\n");

function blockText(block: Block): string {
  switch (block.kind) {
    case "note":
      return `> ${words(block.text)}`;
    case "paragraph":
      return block.statements.map(statementText).join(" ");
    case "list":
      return block.items.map((item) => `- ${statementText(item)}`).join("\n");
    case "table":
      return tableText(block);
    case "mermaid":
      return `${words(block.caption)}\n\n${fenced("mermaid", block.code)}`;
    case "code":
      return `${words(block.caption)}\n\n${fenced(block.language, block.code)}`;
  }
}

/** A fence longer than any run of backticks inside. */
function fenced(language: string, code: string): string {
  const longest = (code.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

function statementText({ text, places, figure }: Statement): string {
  const rests = places ? ` (${placesText(places)})` : ` (${figureText(figure)})`;
  return `${words(text)}${rests}`;
}

const figureText = (figure: Statement["figure"]): string =>
  figure
    ? `${figure.value}${figure.of === undefined ? "" : ` of ${figure.of}`} ${words(figure.unit)}`
    : "";

/** A few places; where more rest on it, how many. */
export function placesText(places: Places): string {
  const shown = places
    .slice(0, PLACES)
    .map((place) => `\`${words(formatPlace(place)).replaceAll("`", "'")}\``);
  const more = places.length - PLACES;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

function tableText({ caption, columns, rows, more }: Table): string {
  if (rows.length === 0) return `${words(caption)}: none.`;
  const placed = rows.some(({ places }) => places !== undefined);
  const head = [...columns.map(({ title }) => cellText(title)), ...(placed ? ["Where"] : [])];
  const rule = [
    ...columns.map(({ align }) => (align === "right" ? "--:" : "---")),
    ...(placed ? ["---"] : []),
  ];
  const lines = rows.map(({ cells, places }) => [
    ...cells.map(cellText),
    ...(placed ? [places ? cellText(placesText(places)) : ""] : []),
  ]);
  const table = [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `${words(caption)}:\n\n${table}${more > 0 ? `\n\n… and ${more} more rows; \`--json\` has all that is kept.` : ""}`;
}

const cellText = (cell: string | number | null): string =>
  cell === null ? "–" : typeof cell === "number" ? `${cell}` : words(cell).replace(/\\?\|/g, "\\|");

/** Text on one line that begins nothing: HTML stays text, and what would be a comment or a tag shows. */
const words = (text: string): string => oneLine(text, LONGEST).replace(/<(?=[!/?A-Za-z])/g, "&lt;");
