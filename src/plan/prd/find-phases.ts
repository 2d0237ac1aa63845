import type { FilePlace } from "../../core/place.ts";
import type { PlanDiagnostic } from "../model.ts";
import { readEstimate } from "../estimates.ts";
import { fieldsIn, fieldKind } from "./fields.ts";
import type { Heading, Outline } from "./outline.ts";
import { note } from "../report.ts";
import { PRD_REPORT } from "./report.ts";
import { taskShape } from "./task-shape.ts";

/** A phase as it stands in a document. */
export interface PhaseBlock {
  /** As written: `1`, `2A`, `3.1`. */
  readonly number: string;
  readonly title: string;
  /** An estimate in the heading: `(2-3 weeks)`. */
  readonly time: string | undefined;
  readonly heading: Heading;
  /** Lines of its body: from `start` up to, not including, `end`. */
  readonly start: number;
  readonly end: number;
  readonly outline: Outline;
}

/** A heading elsewhere that gives criteria of a phase: `Phase 1 Validation Gates`. */
export interface GateBlock {
  readonly number: string;
  readonly heading: Heading;
  readonly start: number;
  readonly end: number;
  readonly outline: Outline;
}

export interface FoundPhases {
  readonly phases: readonly PhaseBlock[];
  readonly gates: readonly GateBlock[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

const NUMBER = String.raw`\d{1,6}(?:\.\d{1,6})?[A-Za-z]?|[A-Z]|[IVX]{1,5}`;
const SECTION = String.raw`(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]?\s{1,4})?`;
const PHASE = new RegExp(
  String.raw`^${SECTION}(?:implementation\s{1,4})?phase(?:\s{1,4}#?|\s{0,4}#|(?=\d))(${NUMBER})(?![\p{L}\p{N}])\s{0,4}(\([^()]{0,80}\)\s{0,4})?(?:[:.|\-–—]\s{0,8}(.{0,1000}))?$`,
  "iu",
);
const SINGLE = /^single phase\s{0,4}[:\-–—]\s{0,4}(.{1,1000})$/i;
const GATE = new RegExp(
  String.raw`^${SECTION}phase\s{1,4}(${NUMBER})\s{1,4}[^:]{0,60}\b(?:validation|gates?|criteria|checklist|sign-?off|verification|completion)\b`,
  "iu",
);
/** Sections that go through the phases once more. */
const RETOLD =
  /\b(?:roll-?back|timeline|schedule|milestones?|risks?|gates?|metrics|summary|budget|resources?|deployment|roll-?out|progress|future|post-mvp|log)\b/i;
const TIME = /\s{0,4}\(([^()]{1,60})\)\s*$/;

/**
 * The phases of a document. A number that stands in several headings is several phases only where each has something of a phase:
 * dependencies, tasks, or a goal. Rollback procedures, timelines and gates go through the phases again and are none.
 */
export function findPhases(outline: Outline): FoundPhases {
  const numbered = outline.headings.flatMap((heading) => blockOf(heading, outline));
  const single = outline.headings.flatMap((heading) => singleOf(heading, outline));
  const candidates = numbered.length > 0 ? numbered : single.slice(0, 1);
  const chosen = realOnes(candidates);
  const phases = candidates.filter((block) => chosen.has(block));
  const byNumber = new Map(phases.toReversed().map((block) => [block.number, block]));
  const diagnostics = candidates
    .filter((block) => !chosen.has(block))
    .map((block) => repeated(block, byNumber.get(block.number)));
  return {
    phases: phases.map((block, at) => endedBy(block, phases[at + 1])),
    gates: outline.headings.flatMap((heading) => gateOf(heading, outline)),
    diagnostics,
  };
}

function blockOf(heading: Heading, outline: Outline): readonly PhaseBlock[] {
  const match = PHASE.exec(heading.text);
  if (!match) return [];
  const [, number = "", bracket, rest = ""] = match;
  const file = outline.file;
  const inTitle = TIME.exec(rest)?.[1];
  const time = [inTitle, bracket?.trim().slice(1, -1)].find(
    (words) => words !== undefined && readEstimate(words, { file }) !== undefined,
  );
  const title = time !== undefined && time === inTitle ? rest.replace(TIME, "") : rest;
  return [{ number, title: title.trim() || `Phase ${number}`, time, ...extent(heading, outline) }];
}

function singleOf(heading: Heading, outline: Outline): readonly PhaseBlock[] {
  const title = SINGLE.exec(heading.text)?.[1];
  return title === undefined
    ? []
    : [{ number: "1", title: title.trim(), time: undefined, ...extent(heading, outline) }];
}

const gateOf = (heading: Heading, outline: Outline): readonly GateBlock[] => {
  const number = PHASE.test(heading.text) ? undefined : GATE.exec(heading.text)?.[1];
  return number === undefined ? [] : [{ number, ...extent(heading, outline) }];
};

const extent = (heading: Heading, outline: Outline) => ({
  heading,
  outline,
  start: heading.index + 1,
  end: heading.end,
});

/** A phase inside of another ends what belongs to the outer one; `next` is the phase after it in the document. */
const endedBy = (block: PhaseBlock, next: PhaseBlock | undefined): PhaseBlock =>
  next && next.heading.index < block.end ? { ...block, end: next.heading.index } : block;

/** Which of the headings are phases: of each number those of the best rank. */
function realOnes(all: readonly PhaseBlock[]): ReadonlySet<PhaseBlock> {
  const ranks = new Map(all.map((block) => [block, rankOf(block)]));
  const groups = new Map<string, PhaseBlock[]>();
  for (const block of all) {
    const group = groups.get(block.number);
    if (group) group.push(block);
    else groups.set(block.number, [block]);
  }
  const any = [...ranks.values()].some((rank) => rank > 0);
  const real = new Set<PhaseBlock>();
  for (const group of groups.values()) {
    const best = group.reduce((most, block) => Math.max(most, ranks.get(block) ?? 0), 0);
    const good = group.filter((block) => ranks.get(block) === best);
    if (best === 0 && any) continue;
    for (const block of best >= 2 ? good : good.slice(0, 1)) real.add(block);
  }
  return real;
}

/** 3: it has something of a phase and stands in a place of its own; 2: only the first; 1: only the second. */
function rankOf(block: PhaseBlock): number {
  const told = [
    ...block.heading.above.slice(1),
    block.heading.above.length === 1 ? (block.heading.above[0] ?? "") : "",
  ].some((words) => RETOLD.test(words) && !/^(?:implementation|plan|phases)/i.test(words));
  return (hasContent(block) ? 2 : 0) + (told ? 0 : 1);
}

function hasContent({ outline, start, end }: PhaseBlock): boolean {
  for (let index = start; index < Math.min(end, start + 400); index++) {
    const line = outline.lines[index];
    if (line?.kind !== "text") continue;
    if (
      fieldsIn(line.text).some(
        ({ kind }) => kind === "dependencies" || kind === "tasks" || kind === "goal",
      )
    )
      return true;
    if (taskShape(line.text)?.id !== undefined) return true;
    const heading = /^ {0,3}#{2,6}\s{1,8}(.{1,100})/.exec(line.text)?.[1];
    if (
      heading !== undefined &&
      (/^(?:sub-?)?task\s/i.test(heading) ||
        ["tasks", "deliverables", "dependencies"].includes(fieldKind(heading)))
    )
      return true;
  }
  return false;
}

function repeated(block: PhaseBlock, meant: PhaseBlock | undefined): PlanDiagnostic {
  const place: FilePlace = {
    file: block.outline.file,
    line: block.heading.line.number,
    column: block.heading.at + 1,
  };
  const of = meant ? `phase ${block.number} of line ${meant.heading.line.number}` : "no phase";
  return note(
    PRD_REPORT.repeated,
    place,
    `This heading goes through ${of} once more and has no tasks, goal or dependencies`,
  );
}
