import { field, items, lineOf, placeOf, type Value } from "../../../core/json-values.ts";
import { WORK_TIME } from "../../../core/work-time.ts";
import { workText } from "../../../core/work-text.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import type { ExecutionPlan } from "./execution-plan.ts";

const WEEK = /\bweek\s{1,3}(\d{1,3})\b/i;

/** What makes a sync point due, in the words of the plan. */
export const triggersOf = (sync: Value): readonly string[] =>
  items(field(sync, "trigger_conditions", "trigger")).flatMap((item) => lineOf(item) ?? []);

/** Whether words put a sync point into the second half of a wave: a week behind its middle, or when something is done. */
export function isLate(triggers: readonly string[], minutes = 0): boolean {
  const trigger = triggers.join(" ");
  const week = weekIn(triggers);
  if (week === undefined) return /\b(?:complet\w{0,5}|done|finish\w{0,3}|end)\b/i.test(trigger);
  return week * WORK_TIME.week > minutes / 2;
}

/** Whether it is due while the phases of its wave go on: it is held before or after them, as phases are not cut in two. */
export function isWithin(triggers: readonly string[], minutes = 0): boolean {
  const week = weekIn(triggers);
  return week !== undefined && week * WORK_TIME.week < minutes;
}

function weekIn(triggers: readonly string[]): number | undefined {
  const found = WEEK.exec(triggers.join(" "))?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Sync points that are held at another time than the plan says. */
export const checkSyncTimes = ({ waves }: ExecutionPlan): readonly ScheduleDiagnostic[] =>
  waves.flatMap(({ value, number, minutes = 0, phases }) =>
    items(field(value, "synchronization_points")).flatMap((sync) => {
      const triggers = triggersOf(sync);
      if (phases.length === 0 || !isWithin(triggers, minutes)) return [];
      const name = lineOf(field(sync, "name")) ?? "A sync point";
      return [
        report(
          "SCHEDULE_SYNC_MOVED",
          placeOf(field(sync, "trigger_conditions", "trigger") ?? sync),
          `${quoted(name)} is due at ${quoted(triggers.join(", "))}, within the ${workText(minutes)} of wave ${number}; phases are not cut in two, so it is held ${isLate(triggers, minutes) ? "after" : "before"} those of the wave`,
        ),
      ];
    }),
  );
