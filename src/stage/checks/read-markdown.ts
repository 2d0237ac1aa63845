/** A heading with the text under it, up to the next heading of the same or a higher level. */
export interface MarkdownSection {
  readonly level: number;
  readonly title: string;
  /** Everything under it, sub-headings included. */
  readonly body: string;
}

const HEADING = /^(#{1,6})\s+(.+?)\s*#*\s*$/;
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
  return lines.join("\n").replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ""));
}

/** All sections of a Markdown text, in order. Headings in code blocks are not headings. */
export function sectionsOf(text: string): readonly MarkdownSection[] {
  const original = text.split(/\r?\n/);
  const headings = withoutCode(text)
    .split("\n")
    .flatMap((line, at) => {
      const [, marks, title] = HEADING.exec(line) ?? [];
      return marks && title ? [{ level: marks.length, title, at }] : [];
    });
  return headings.map(({ level, title, at }, index) => {
    const next = headings.slice(index + 1).find((other) => other.level <= level);
    return {
      level,
      title,
      body: original
        .slice(at + 1, next?.at)
        .join("\n")
        .trim(),
    };
  });
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
    .replace(/[`*_]|\]\([^)]*\)|\[/g, "")
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .trim()
    .replace(/ /g, "-");

/** The section with this title at any level, or undefined. */
export const sectionNamed = (text: string, title: string): MarkdownSection | undefined =>
  sectionsOf(text).find((section) => titleKey(section.title) === titleKey(title));
