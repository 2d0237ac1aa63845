import type { RunOutcome } from "../stage/records.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import type { WorkPart } from "../stage/work-part.ts";
import type { Back, Here } from "./broken-stage.ts";
import { beginStage } from "./begin-stage.ts";
import { DISCOVERY } from "../stage/built-in/discovery.ts";
import { waitForWork } from "./wait-for-work.ts";
import type { AskAgain } from "./pass-gate.ts";
import { openStage, type OpenStage, type StageContext } from "./pass-stage.ts";
import type { RunInput } from "./run-stages.ts";
import { inputsHold } from "./inputs-hold.ts";
import { approvedFiles, BETWEEN, countOf, type PassedStage, type Sequence } from "./sequence.ts";
import { holdAt } from "./hold.ts";

/** Whose turn it is: a stage to begin, or one whose gate asks again. */
interface Turn {
  readonly index: number;
  readonly again?: { readonly open: OpenStage; readonly because: AskAgain };
}

type Given = Pick<StageContext, "ports" | "steps" | "runRole"> & Pick<Sequence, "implementation">;

/**
 * One stage after the other, with a gate after each, until one is rejected or all are passed (WF-01, S1 §10.1). Before a
 * stage or the work before it begins, before that work is brought over, and when an approval is about to be written, all that the stages so far worked from and made must be what
 * it was: otherwise the run is held, and goes back to the first stage that this concerns when a person lets it.
 */
export async function passStages(given: Given, run: RunInput): Promise<RunOutcome> {
  const { ports, steps, runRole } = given;
  const strict = run.stages.filter(isBuiltOn).length > 1;
  const budgeted = (run.caps ?? []).length > 0;
  const sequence = sequenceOf(given, run);
  let turn: Turn = { index: 0 };
  let restored = 0;
  for (;;) {
    const stage = run.stages[turn.index];
    if (!stage) return outcomeOf(sequence.passed, run.stages);
    if (!turn.again && sequence.passed.length > 0) {
      const here = { index: turn.index, stage };
      const work = run.work?.before === stage.name ? run.work : null;
      const back =
        (work && (await workDone(sequence, here, work))) ?? (await inputsHold(sequence, here));
      if (back) {
        turn = back;
        continue;
      }
    }
    const open =
      turn.again?.open ??
      (await opened(sequence, stage, { ports, steps, runRole, strict, budgeted }));
    if (!open) {
      turn = { index: turn.index + 1 };
      continue;
    }
    const end = await open.ask(turn.again?.because);
    if (end.status === "outdated") {
      const { index } = turn;
      const back = await inputsHold(sequence, { index, stage, open });
      turn = back ?? { index, again: { open, because: RESTORED } };
      restored = back ? 0 : restored + 1;
      if (restored >= MOST_RESTORED) {
        await holdUnsettled(sequence, stage);
        restored = 0;
      }
      continue;
    }
    restored = 0;
    const { outcome, gate } = end;
    // What people said in a stage goes on to those after it.
    for (const word of open.words) if (!sequence.words.includes(word)) sequence.words.push(word);
    sequence.passed.push({ index: turn.index, stage, open, outcome, gate });
    if (outcome.status === "rejected") return outcomeOf(sequence.passed, run.stages);
    turn = { index: turn.index + 1 };
  }
}

/** The work before a stage; where the run goes back to instead, if that has nothing to stand on any more. */
async function workDone(sequence: Sequence, here: Here, work: WorkPart): Promise<Back | undefined> {
  return (await inputsHold(sequence, here)) ?? waitForWork(sequence, work, here);
}

const sequenceOf = ({ ports, steps, implementation }: Given, run: RunInput): Sequence => ({
  ports,
  steps,
  run,
  implementation,
  passed: [],
  words: [],
  counts: new Map(),
});

const RESTORED: AskAgain = { notice: "What it was made from is again what it was.", edits: {} };

/** How often in a row a change may be gone at the next look, until a person is asked. */
const MOST_RESTORED = 3;

/** Files that change back and forth give no moment at which anything could be shown. */
async function holdUnsettled(sequence: Sequence, { name: stage }: StageSpec): Promise<void> {
  const turn = `unsettled/${countOf(sequence, "unsettled")}`;
  const { ports, steps } = sequence;
  const place = { ports, steps, scope: BETWEEN, stage };
  const { by, note } = await holdAt(place, turn, {
    code: "STAGE_INPUTS_CHANGED",
    reason: `What ${stage} was made from changes back and forth: ${MOST_RESTORED} times in a row a change was gone when it was looked at again.`,
    failures: [],
    hint: "Find what rewrites the specification or what was approved, and stop it.",
  });
  if (note !== undefined) sequence.words.push({ by, at: `hold ${turn}`, text: note });
}

/** Discovery only advises: the specification is meant to change after it, with the answers. */
const isBuiltOn = ({ name }: StageSpec): boolean => name !== DISCOVERY.name;

/** Begin a stage and bring it to its gate; undefined if it is not needed. */
async function opened(
  sequence: Sequence,
  stage: StageSpec,
  context: Omit<StageContext, "words">,
): Promise<OpenStage | undefined> {
  const times = (sequence.counts.get(stage.name) ?? 0) + 1;
  sequence.counts.set(stage.name, times);
  // A stage that is run again must not be answered by what the first time journaled and kept.
  const scope = times === 1 ? stage.name : `${stage.name}@${times}`;
  const begun = await beginStage(sequence, { stage, scope });
  if (!begun) return undefined;
  const words = [...sequence.words, ...begun.words];
  if (!isBuiltOn(stage)) return openStage({ ...context, words }, { ...begun.input, holds: [] });
  const { passed } = sequence;
  const before = passed.flatMap(({ open }) => open.input.holds);
  // What changed since an earlier stage began is found at this gate, even if it did so after the last look.
  const held = new Map(
    [...begun.input.holds, ...before, ...passed.flatMap(approvedFiles)].map((file) => [
      file.path,
      file,
    ]),
  );
  return openStage({ ...context, words }, { ...begun.input, holds: [...held.values()] });
}

function outcomeOf(passed: readonly PassedStage[], stages: readonly StageSpec[]): RunOutcome {
  const last = passed.at(-1)?.outcome;
  const names = stages.filter(isBuiltOn).map(({ name }) => name);
  const all = `Completed: ${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}.`;
  const one = last?.message ?? `Nothing to do: ${names.join(", ")} was not needed.`;
  return {
    status: last?.status ?? "completed",
    message: last?.status === "completed" && names.length > 1 ? all : one,
    nextSteps: last?.nextSteps ?? [],
    written: [...new Set(passed.flatMap(({ outcome }) => outcome.written))],
    decision: last?.decision ?? null,
    stages: passed.map(({ stage, outcome }) => ({
      stage: stage.name,
      status: outcome.status,
      decision: outcome.decision,
      written: outcome.written,
    })),
  };
}
