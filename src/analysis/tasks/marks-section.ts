import type { Conflict } from "../../plan/resources/model.ts";
import { collidingMarks } from "../../plan/resources/parallel-marks.ts";
import { RANKING_WORKERS } from "../measure/settings.ts";
import type { AnalysedPlan } from "../input.ts";
import type { Block, Section, Statement } from "../model.ts";
import { counted, named, rounded, rowOf, stated, tableOf } from "../phrases.ts";
import { note, planSection } from "../plan-section.ts";
import type { SequenceVerdict } from "./sequence-verdicts.ts";

/** What the plan says of parallel and sequential tasks, held against the files they name. */
export function marksSection(
  plan: AnalysedPlan,
  verdicts: readonly SequenceVerdict[],
  minutes: ReadonlyMap<SequenceVerdict, number>,
): Section {
  return planSection(plan, "marks", "[SEQUENTIAL] and [P]", [
    ...sequential(verdicts, minutes),
    ...parallel(plan),
  ]);
}

const VERDICTS: Readonly<Record<SequenceVerdict["verdict"], string>> = {
  needed: "needed",
  "not-needed": "shares nothing that is named",
  unknown: "can't be told",
};

function sequential(
  verdicts: readonly SequenceVerdict[],
  minutes: ReadonlyMap<SequenceVerdict, number>,
): readonly Block[] {
  const of = (verdict: SequenceVerdict["verdict"]) =>
    verdicts.filter((each) => each.verdict === verdict);
  const places = verdicts.map(({ sequence }) => sequence.place);
  const total: Statement = stated(
    verdicts.length === 0
      ? "The plan has no sequential groups."
      : `${counted(verdicts.length, "sequential group")}: in ${of("needed").length} tasks share a file, in ${of("not-needed").length} none do, ` +
          `of ${of("unknown").length} it can't be told as tasks name no file.`,
    { value: verdicts.length, unit: "sequential groups" },
    places,
  );
  if (verdicts.length === 0) return [{ kind: "paragraph", statements: [total] }];
  const unmeasured =
    minutes.size < verdicts.length
      ? ` The plan is large: ${minutes.size} groups were measured, those first of which no tasks share a file.`
      : "";
  return [
    { kind: "paragraph", statements: [total] },
    note(
      `Minutes: how much shorter the plan is without the group, on average over the same drawn durations, with ${RANKING_WORKERS} workers; tasks that write one file are still kept apart.${unmeasured}`,
    ),
    tableOf(
      "Sequential groups",
      ["Tasks", "Reason given", "Verdict", "What ties them", "Name no file", "#Minutes it costs"],
      verdicts.map((each) => {
        const { sequence, ties, unknown, verdict } = each;
        const cost = minutes.get(each);
        return rowOf(
          [
            sequence.range,
            sequence.reason || null,
            VERDICTS[verdict],
            tiesInWords(ties),
            named(unknown) || null,
            cost === undefined ? null : rounded(cost),
          ],
          [
            sequence.place,
            ...ties.slice(0, 2).flatMap(({ uses }) => uses.map(({ place }) => place)),
          ],
        );
      }),
    ),
  ];
}

function tiesInWords(ties: SequenceVerdict["ties"]): string | null {
  const words = ties.map(
    ({ from, to, resource, kind }) => `${from} and ${to}: ${resource} (${kind})`,
  );
  return words.length === 0 ? null : named(words, 3);
}

function parallel(plan: AnalysedPlan): readonly Block[] {
  const marks = collidingMarks(plan.barriers, plan.uses);
  const marked = plan.plan.tasks.filter((task) => task.parallel === true);
  const total = stated(
    marks.marked === 0
      ? "No task is marked as parallel."
      : `${counted(marks.marked, "task")} of ${plan.plan.tasks.length} ${marks.marked === 1 ? "is" : "are"} marked as parallel; ` +
          `${marks.colliding.length} of them ${marks.colliding.length === 1 ? "writes" : "write"} what another marked task that nothing orders writes too.`,
    { value: marks.colliding.length, unit: "colliding marks", of: marks.marked },
    marked.map(({ place }) => place).slice(0, 1),
  );
  const conflicts = marks.conflicts.contentions.flatMap(({ listed }) => listed);
  const written = conflicts.filter(({ kind }) => kind === "write-write");
  if (written.length === 0) return [{ kind: "paragraph", statements: [total] }];
  return [
    { kind: "paragraph", statements: [total] },
    tableOf(
      "Marked parallel, but writing one file",
      ["Tasks", "File", "Known from"],
      written.map(({ a, b, resource, sources, places }: Conflict) =>
        rowOf([`${a} and ${b}`, resource, sources.join(", ")], places),
      ),
    ),
  ];
}
