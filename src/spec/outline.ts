import { placeAt, tidy, type Folded } from "../core/markdown/folded.ts";
import type { Block } from "./blocks.ts";
import type { Section } from "./model.ts";
import { cleanTitle, kindOf, type SectionKind } from "./section-kinds.ts";
import { storyHeading } from "./story-words.ts";

/** Where a block stands: its headings, outermost first, and what kind of section that makes it. */
export interface Spot {
  readonly block: Block;
  readonly path: readonly Section[];
  /** Kind of the nearest heading that has one; `other` when none has. */
  readonly kind: SectionKind;
  /** A line in bold that stands above the block as a heading would. */
  readonly label: string | undefined;
}

export interface Outline {
  readonly sections: readonly Section[];
  readonly spots: readonly Spot[];
}

const BOLD_LINE = /^(?:\*\*|__)([^*_]{1,100})(?:\*\*|__)\s*[:：]?$/;

/** Kinds that a bold line may open in place of a heading. Labels inside stories are left to the stories. */
const BY_LABEL: ReadonlySet<SectionKind> = new Set([
  "edge-cases",
  "entities",
  "out-of-scope",
  "assumptions",
  "dependencies",
  "success-criteria",
]);

const labelOf = (body: Folded): string | undefined => BOLD_LINE.exec(body.text)?.[1]?.trim();

/** Put every block under its headings. Bold lines that name a section count as headings one level deeper. */
export function readOutline(blocks: readonly Block[]): Outline {
  const sections: Section[] = [];
  const spots: Spot[] = [];
  let path: readonly Section[] = [];
  let kind: SectionKind = "other";
  let label: string | undefined;
  const open = (section: Section): void => {
    path = [...path.filter((outer) => outer.level < section.level), section];
    kind = path.findLast((outer) => outer.kind !== "other")?.kind ?? "other";
    label = undefined;
  };
  for (const block of blocks) {
    if (block.kind === "heading") {
      const section = sectionOf(block.body, block.level);
      sections.push(section);
      open(section);
    } else if (block.kind === "paragraph") {
      const bold = labelOf(block.body);
      if (bold !== undefined && BY_LABEL.has(kindOf(bold)) && !inStory(path)) {
        const headings = path.filter((outer) => outer.level < 7);
        path = headings;
        open(sectionOf(block.body, 7, bold.replace(/\s*[:：]$/, "")));
        const made = path.at(-1);
        if (made) sections.push(made);
      } else if (bold !== undefined) label = bold.replace(/\s*[:：]$/, "");
    }
    spots.push({ block, path, kind, label });
  }
  return { sections, spots };
}

const inStory = (path: readonly Section[]): boolean =>
  path.some((section) => section.level > 1 && section.level < 7 && section.kind === "stories") &&
  (path.at(-1)?.level ?? 0) > 2;

function sectionOf(body: Folded, level: number, title = cleanTitle(body.text)): Section {
  const story = level > 1 && storyHeading(body.text) !== undefined;
  const kind = level === 1 ? "other" : story ? "stories" : kindOf(title);
  return { ...placeAt(body, 0), level, title: tidy(title), kind };
}
