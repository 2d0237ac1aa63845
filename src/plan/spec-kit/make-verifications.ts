import { placeOn } from "../../core/markdown/source-lines.ts";
import { oneLine } from "../../core/text.ts";
import type { Criterion, Verification } from "../model.ts";
import type { Draft, DraftCheckpoint, DraftSection } from "./draft.ts";
import { boxOf, taskPlace, type MadeTask } from "./make-tasks.ts";

const GATE =
  /^\W{0,4}gate\s{1,4}([\p{L}\p{N}][\p{L}\p{N}.-]{0,20})\s{0,4}[:–—-]?\s{0,4}(.{0,200})$/iu;
const COMMAND = /^\s*(?:[-*+]\s+)?\**command\**\s*:\**\s*(.{1,2000})$/iu;

/** Checkpoints, gates of batches, and boxes that are criteria of the whole plan, as verifications; their keys are not made unique yet. */
export function makeVerifications(
  draft: Draft,
  made: readonly MadeTask[],
  file: string,
): readonly Verification[] {
  const phase = draft.checkpoints.map((checkpoint) => ({
    line: checkpoint.lines[0]?.number ?? 0,
    make: (): Verification => fromCheckpoint(checkpoint, file),
  }));
  const gates = draft.sections
    .filter(({ kind }) => kind === "gate")
    .map((section) => ({
      line: section.line.number,
      make: (): Verification => fromGate(section, made, file),
    }));
  const all = [...phase, ...gates].toSorted((a, b) => a.line - b.line).map(({ make }) => make());
  const whole = fromCriteria(draft, file);
  return whole ? [...all, whole] : all;
}

function fromCheckpoint({ phase, lines, at, title }: DraftCheckpoint, file: string): Verification {
  const [first] = lines;
  const words = lines
    .map(({ text }, index) => (index === 0 ? text.slice(at) : text).trim())
    .join(" ")
    .trim();
  const place = first
    ? taskPlace(file, first, first.text.length - first.text.trimStart().length)
    : { file };
  return {
    key: phase ? `VERIFY ${phase.key}` : "VERIFY",
    ...(phase ? { phase: phase.key } : {}),
    blocking: true,
    title,
    criteria: words === "" ? [] : [{ text: oneLine(words, 2_000), box: undefined, place }],
    commands: [],
    place,
  };
}

/** `#### Gate 3.2` of a batch `[P:3.2]`, with its command in a line or in a fence. */
function fromGate(section: DraftSection, made: readonly MadeTask[], file: string): Verification {
  const [, batch = "", rest = ""] = GATE.exec(section.title) ?? [];
  const tasks = made.filter(({ facts }) => facts.batch === batch).map(({ task }) => task.key);
  const commands = section.lines.flatMap(({ kind, text, language }) => {
    if (kind === "code") return language === undefined || text.trim() === "" ? [] : [text.trim()];
    const value = COMMAND.exec(text)?.[1]?.trim();
    return value === undefined ? [] : [value.replace(/^`([^`]*)`.*$/, "$1")];
  });
  return {
    key: `VERIFY ${batch}`,
    ...(section.phase && tasks.length === 0 ? { phase: section.phase.key } : {}),
    ...(tasks.length > 0 ? { tasks } : {}),
    blocking: true,
    title: rest === "" ? `Gate ${batch}` : rest,
    criteria: [],
    commands,
    place: taskPlace(file, section.line, section.line.text.search(/\S/)),
  };
}

function fromCriteria(draft: Draft, file: string): Verification | undefined {
  const [first] = draft.criteria;
  if (!first) return undefined;
  const criteria = draft.criteria.map(({ line, shape }): Criterion => ({
    text: shape.text,
    box: boxOf(line, shape),
    place: { file, ...placeOn(line, shape.bulletAt) },
  }));
  return {
    key: "VERIFY",
    blocking: true,
    title: first.section?.title ?? "",
    criteria,
    commands: [],
    place: criteria[0]?.place ?? { file },
  };
}
