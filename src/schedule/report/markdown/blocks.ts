import { inCell, inlineText } from "../../../core/markdown/inline-text.ts";
import { oneLine } from "../../../core/text.ts";
import type { Table } from "../table.ts";

/** Blocks of Markdown from raw text: what plans say is on one line, and nothing of it becomes markup. */

const LONGEST = 600;
const LONGEST_TITLE = 160;

export const plain = (text: string, max = LONGEST): string => inlineText(oneLine(text, max));

/** A heading from two parts of raw text or one. */
export const heading = (level: number, text: string): string =>
  `${"#".repeat(level)} ${plain(text, LONGEST_TITLE)}`;

export const bullets = (items: readonly string[]): string =>
  items.map((item) => `- ${plain(item)}`).join("\n");

/** Boxes that people tick. */
export const boxes = (items: readonly string[]): string =>
  items.map((item) => `- [ ] ${plain(item)}`).join("\n");

/** `**Name:** text`; a list under it where there are several. Nothing where there is none. */
export function named(name: string, items: readonly string[]): string {
  const [first] = items;
  if (first === undefined) return "";
  return items.length === 1 ? `**${name}:** ${plain(first)}` : `**${name}:**\n\n${bullets(items)}`;
}

/** A table; `none` where it has no rows. */
export function markdownTable({ columns, rows, more }: Table, none: string): string {
  if (rows.length === 0) return none;
  const head = columns.map(({ title }) => cell(title));
  const rule = columns.map(({ align }) => (align === "right" ? "--:" : "---"));
  const body = [head, rule, ...rows.map((row) => row.map(cell))];
  const text = body.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return more > 0 ? `${text}\n\n… and ${more} more rows; the JSON files have all.` : text;
}

const cell = (text: string): string => inCell(plain(text));

/** Blocks with an empty line between; empty ones are left out. */
export const joined = (...blocks: readonly string[]): string =>
  blocks.filter((block) => block !== "").join("\n\n");
