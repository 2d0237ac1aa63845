/** A heading with the text under it, up to the next heading of the same or a higher level. */
export interface MarkdownSection {
  readonly level: number;
  readonly title: string;
  /** Everything under it, sub-headings included. */
  readonly body: string;
}

const HEADING = /^(#{1,6})\s+(\S.*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** The text with fenced code blocks and comments emptied, line numbers kept. */
export function withoutCode(text: string): string {
  let open: string | undefined;
  const lines = text.split(/\r?\n/).map((line) => {
    const fence = FENCE.exec(line)?.[1];
    if (open === undefined) {
      open = fence;
      return fence === undefined ? line : "";
    }
    if (fence !== undefined && fence.startsWith(open)) open = undefined;
    return "";
  });
  return withoutComments(lines.join("\n"));
}

function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf("<!--"); open >= 0; open = text.indexOf("<!--", at)) {
    const end = text.indexOf("-->", open + 4);
    if (end < 0) break;
    parts.push(text.slice(at, open), text.slice(open, end).replace(/[^\n]/g, ""));
    at = end + 3;
  }
  return [...parts, text.slice(at)].join("");
}

/** All sections of a Markdown text, in order. Headings in code blocks are not headings. */
export function sectionsOf(text: string): readonly MarkdownSection[] {
  const original = text.split(/\r?\n/);
  const headings = withoutCode(text)
    .split("\n")
    .flatMap((line, at) => {
      const [, marks, title] = HEADING.exec(line) ?? [];
      return marks && title ? [{ level: marks.length, title: withoutClosing(title), at }] : [];
    });
  // From the last heading to the first: where the next one of each level, or a higher one, stands.
  const nextAt = Array.from({ length: 7 }, () => original.length);
  const sections = headings.toReversed().map(({ level, title, at }) => {
    const lines = original.slice(at + 1, nextAt[level]);
    nextAt.fill(at, level);
    return { level, title, body: lines.join("\n").trim() };
  });
  return sections.toReversed();
}

/** `Title ##` → `Title`. */
function withoutClosing(title: string): string {
  const trimmed = title.trimEnd();
  let end = trimmed.length;
  while (trimmed[end - 1] === "#") end -= 1;
  return trimmed[end - 1] === " " ? trimmed.slice(0, end).trimEnd() : trimmed;
}

/** Titles compared without case, punctuation and emphasis. */
export const titleKey = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** GitHub's anchor of a heading. */
export const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[`*_]|\]\([^()]{0,300}\)|\[/g, "")
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .trim()
    .replace(/ /g, "-");

/** The section with this title at any level, or undefined. */
export const sectionNamed = (text: string, title: string): MarkdownSection | undefined =>
  sectionsOf(text).find((section) => titleKey(section.title) === titleKey(title));
