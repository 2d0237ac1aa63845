import { stateOfMark } from "../box-states.ts";
import type { Criterion, Verification } from "../model.ts";
import { UniqueKeys } from "../unique-keys.ts";
import type { FoundPhases, GateBlock } from "./find-phases.ts";
import { placeIn, type Heading, type Outline } from "./outline.ts";
import type { KeyedPhase } from "./phase-dependencies.ts";
import type { CriteriaDraft, TaskDraft } from "./phase-draft.ts";
import { taskShape } from "./task-shape.ts";

/** Headings of boxes that say when all is done; boxes under others (rollback steps, notes) are no criteria. */
const CRITERIA =
  /\b(?:criteria|gates?|validation|verification|success|quality|checklist|metrics|definition of done|acceptance|checkpoints?|readiness|review|requirements?|before|during|after|technical|functional|performance)\b/i;
const NOT_CRITERIA = /\b(?:roll-?back|recovery|template|example|future)\b/i;

/** What must hold at the end: criteria of phases, of single tasks, of phases in gates elsewhere, and of the whole plan. */
export function makeVerifications(
  phases: readonly KeyedPhase[],
  keyOf: ReadonlyMap<TaskDraft, string>,
  found: readonly (FoundPhases & { readonly outline: Outline })[],
): readonly Verification[] {
  const make = verificationsWith(new UniqueKeys());
  const inPhases = phases.flatMap(({ key, draft }) => {
    const ofTasks = draft.tasks.flatMap((task) =>
      make({ ...task, title: "Acceptance Criteria" }, { tasks: [keyOf.get(task) ?? ""] }),
    );
    return [...draft.criteria.flatMap((criteria) => make(criteria, { phase: key })), ...ofTasks];
  });
  const keyByNumber = new Map(
    phases.toReversed().map(({ key, draft }) => [draft.block.number, key]),
  );
  const elsewhere = found.flatMap(({ outline, phases: blocks, gates }) => {
    let at = -1;
    return outsideOf(outline, blocks).flatMap(({ heading, criteria }) => {
      while ((gates[at + 1]?.heading.index ?? Infinity) <= heading.index) at++;
      const [last] = gates.slice(Math.max(0, at), at + 1);
      const gate = last && heading.index < last.end ? last : undefined;
      const phase = gate && keyByNumber.get(gate.number);
      if (!speaksOfCriteria(heading, gate)) return [];
      const draft = { title: heading.text, line: heading.line, at: heading.at, criteria };
      return make(draft, phase === undefined ? {} : { phase });
    });
  });
  return [...inPhases, ...elsewhere];
}

/** Makes verifications with unique keys; none where there are no criteria. */
const verificationsWith =
  (keys: UniqueKeys) =>
  (draft: CriteriaDraft, of: Pick<Verification, "phase" | "tasks">): readonly Verification[] => {
    const whose = of.tasks?.join(", ") ?? of.phase;
    if (draft.criteria.length === 0) return [];
    return [
      {
        key: keys.take(whose === undefined ? "VERIFY" : `VERIFY ${whose}`),
        ...of,
        blocking: true,
        title: draft.title,
        criteria: draft.criteria,
        commands: [],
        place: placeIn(draft.line, draft.at),
      },
    ];
  };

const speaksOfCriteria = (heading: Heading, gate: GateBlock | undefined): boolean => {
  const words = [heading.text, ...heading.above.slice(1)];
  return (
    gate !== undefined ||
    (words.some((text) => CRITERIA.test(text)) && !words.some((text) => NOT_CRITERIA.test(text)))
  );
};

/** Boxes outside of phases, by the heading they stand under. */
function outsideOf(
  outline: Outline,
  blocks: FoundPhases["phases"],
): readonly { readonly heading: Heading; readonly criteria: Criterion[] }[] {
  const sections = outline.headings.map((heading) => ({ heading, criteria: [] as Criterion[] }));
  let section = -1;
  let block = 0;
  outline.lines.forEach((line, index) => {
    while ((sections[section + 1]?.heading.index ?? Infinity) <= index) section++;
    while ((blocks[block]?.end ?? Infinity) <= index) block++;
    const inside = index >= (blocks[block]?.heading.index ?? Infinity);
    const shape = line.kind === "text" && !inside ? taskShape(line.text) : undefined;
    if (!shape?.mark) return;
    const { char, at } = shape.mark;
    sections[section]?.criteria.push({
      text: shape.text,
      box: { mark: char, state: stateOfMark("prd", char) ?? "open", offset: line.start + at },
      place: placeIn(line, shape.bulletAt),
    });
  });
  return sections;
}
