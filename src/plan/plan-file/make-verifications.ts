import { oneLine } from "../../core/text.ts";
import type { Verification } from "../model.ts";
import type { UniqueKeys } from "../unique-keys.ts";
import type { DraftVerification } from "./drafts.ts";
import { problem } from "./problems.ts";
import type { Reading } from "./reading.ts";
import { placeIn } from "./source.ts";

/** The verifications of a plan, with what each verifies looked up. Keys differ from those of all tasks, too. */
export function makeVerifications(reading: Reading, keys: UniqueKeys): readonly Verification[] {
  return reading.drafts.verifications.map((draft) => {
    const about = subjectOf(reading, draft);
    const name = about.tasks ? draft.subject : about.phase;
    return {
      key: keys.take(name === undefined ? "VERIFY" : `VERIFY ${name}`),
      ...about,
      blocking: draft.blocking,
      title: draft.title,
      criteria: draft.criteria,
      commands: draft.commands,
      place: placeIn(reading.source, draft.line, draft.at),
    };
  });
}

function subjectOf(
  { index, source, problems }: Reading,
  draft: DraftVerification,
): Pick<Verification, "phase" | "tasks"> {
  const { subject, phase } = draft;
  const here = phase === undefined ? {} : { phase: phase.key };
  if (subject === undefined || subject === phase?.number) return here;
  const ids = index.ids.get(subject);
  const found = ids.length > 0 ? ids.slice(0, 1) : index.groups.get(subject);
  const tasks = found.filter(({ task }) => task.phase === phase?.key || ids.length > 0);
  if (tasks.length > 0) return { tasks: tasks.map(({ task }) => task.key) };
  const positions = index.phases.get(subject);
  const at = index.phasePositions.get(phase?.key ?? "") ?? -1;
  const position = positions.findLast((one) => one <= at) ?? positions[0];
  const key = position === undefined ? undefined : index.phaseKeys[position];
  problems.push(
    problem(
      "PLAN_VERIFY_SUBJECT",
      placeIn(source, draft.line, draft.at),
      `This verifies ${oneLine(subject, 20)}${phase ? ` and stands in phase ${oneLine(phase.key, 16)}` : " and stands in no phase"}; it counts for ${key === undefined ? "where it stands" : `phase ${oneLine(key, 16)}`}.`,
    ),
  );
  return key === undefined ? here : { phase: key };
}
