import type { PlanLine, Task } from "../model.ts";
import { guessAccess, leadVerb } from "./guess-access.ts";
import { fileKind } from "./file-kind.ts";
import type { Access, ResourceUse } from "./model.ts";
import { pathMentionsIn, type PathMention } from "./path-mentions.ts";

/** Most lines and characters of one task that are read. */
const MAX_LINES = 400;
const MAX_TEXT = 16_384;

/** Fields of which the name says what their files are for. */
const WRITTEN =
  /^[\s>*+_-]{0,12}(?:files?(?: to (?:create|modify|change|edit))?|outputs?|output files?|deliverables?|creates?|modif(?:y|ies)|changes?|targets?|artifacts?)[*_]{0,2}\s?:/i;
const READ =
  /^[\s>*+_-]{0,12}(?:verify|verification|done when|acceptance(?: criteria)?|success(?: criteria)?|tests?|gate|checkpoint|references?|refs?|see(?: also)?|context|context scope|inputs?|leverage|depends(?: on)?|dependencies|source|sources|requirements?|based on|read|purpose|why|note|notes|example|commit|blocked by|rationale)[*_]{0,2}\s?:/i;

/**
 * Files, globs and folders that a task declares or names, each once for each access, in the order found. What its own fields
 * declare is sure and wins: further names in the text of such a task are read at most. The rest is guessed.
 */
export function usesOfTask(task: Task): readonly ResourceUse[] {
  const uses: ResourceUse[] = task.files.flatMap(declaredUse);
  const declared = uses.some(({ source }) => source === "declared");
  const lead = task.details.length > 0 ? leadVerb(task.text.slice(0, MAX_TEXT)) : "";
  const lines = [{ line: task.place.line ?? 0, text: task.text }, ...outsideFences(task.details)];
  lines.slice(0, MAX_LINES).forEach(({ line, text }, index) => {
    const shown = text.slice(0, MAX_TEXT);
    const mentions = pathMentionsIn(shown);
    const accesses =
      index > 0 ? accessesBelow(shown, mentions, lead) : guessAccess(shown, mentions);
    mentions.forEach((mention, at) => {
      uses.push({
        resource: mention.path,
        kind: mention.kind,
        access: declared ? "read" : (accesses[at] ?? "read"),
        sure: false,
        source: "mention",
        place: line > 0 ? { file: task.place.file, line } : task.place,
      });
    });
  });
  return strongestUses(uses);
}

function declaredUse(file: Task["files"][number]): readonly ResourceUse[] {
  const { path, access, inferred, place } = file;
  const plain = path.replaceAll("\\", "/").replace(/^(?:\.?\/)+/, "");
  if (plain === "") return [];
  return [
    {
      resource: plain,
      kind: inferred && plain.includes(" ") ? "other" : fileKind(plain),
      access: access ?? "write",
      sure: access !== undefined && !inferred,
      source: inferred ? "inferred" : "declared",
      place,
    },
  ];
}

function accessesBelow(
  text: string,
  mentions: readonly PathMention[],
  lead: string,
): readonly Access[] {
  if (READ.test(text)) return mentions.map(() => "read");
  return guessAccess(text, mentions, WRITTEN.test(text) ? "write" : lead);
}

/** Code blocks below a task are examples. */
function outsideFences(lines: readonly PlanLine[]): readonly PlanLine[] {
  let fence = false;
  return lines.filter(({ text }) => {
    const mark = /^\s{0,12}(?:```|~~~)/.test(text);
    if (mark) fence = !fence;
    return !mark && !fence;
  });
}

/** One use of each resource: a declared one before a guess, a write before a read. */
export function strongestUses(uses: readonly ResourceUse[]): readonly ResourceUse[] {
  if (uses.length < 2) return uses;
  const kept = new Map<string, ResourceUse>();
  for (const use of uses) {
    const before = kept.get(use.resource);
    if (!before || rank(use) > rank(before)) kept.set(use.resource, use);
  }
  return [...kept.values()];
}

const rank = (use: ResourceUse): number =>
  (use.source === "declared" ? 2 : 0) + (use.access === "write" ? 1 : 0);
