import { readBlocks } from "./blocks.ts";
import type { Spec, SpecItem } from "./model.ts";
import { readOutline, type Outline } from "./outline.ts";
import { readEntities } from "./read-entities.ts";
import { readHeader } from "./read-header.ts";
import { readAnswered, readItems } from "./read-items.ts";
import { readMarkers } from "./read-markers.ts";
import { readRequirements, type Found } from "./read-requirements.ts";
import type { SectionKind } from "./section-kinds.ts";
import { readStories } from "./read-stories.ts";
import { readLines, type SourceLine } from "../core/markdown/source-lines.ts";

/** A spec with the text it was read from still at hand, for the checks. */
export interface Reading {
  readonly spec: Spec;
  readonly lines: readonly SourceLine[];
  readonly outline: Outline;
  readonly found: Found;
}

/** Read a spec, keeping what the checks need beside it. */
export function readSpec(file: string, text: string): Reading {
  const lines = readLines(text);
  const blocks = readBlocks(lines);
  const outline = readOutline(blocks);
  const { sections, spots } = outline;
  const found = readRequirements(spots);
  const { requirements, unnumbered, criteria, loose } = found;
  const defined = new Set([...requirements, ...criteria].map(({ line }) => line));
  const others = (kind: SectionKind): readonly SpecItem[] =>
    readItems(spots, kind).filter(({ line }) => !defined.has(line));
  const stories = readStories(spots);
  const spec: Spec = {
    file,
    ...readHeader(blocks, lines),
    sections,
    stories,
    requirements,
    unnumbered,
    criteria,
    loose,
    entities: readEntities(spots),
    edgeCases: others("edge-cases"),
    clarifications: readMarkers(blocks, { stories, requirements, criteria }),
    answered: readAnswered(spots),
    assumptions: others("assumptions"),
    outOfScope: readItems(spots, "out-of-scope"),
    dependencies: others("dependencies"),
    constraints: readItems(spots, "constraints"),
    lines: lines.length,
  };
  return { spec, lines, outline, found };
}

/**
 * Read a specification in GitHub Spec Kit's form, in all its real variety (other languages, other headings, tables,
 * ids with suffixes, parts missing). Never fails and invents nothing: what is not found is empty. Linear in the text.
 * Does not judge what it reads; see `checkSpec`.
 */
export const parseSpec = (file: string, text: string): Spec => readSpec(file, text).spec;
