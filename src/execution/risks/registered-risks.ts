import { oneLine } from "../../core/text.ts";
import type { RegisterFile } from "../../schedule/formats/read-risk-register.ts";
import { MEASURED_BY_RUNS } from "./measure-risks.ts";
import type { WatchedRisk } from "./risk-watch.ts";

/** Of one register; so many are more than anybody answers. */
const MOST = 200;

/**
 * The risks that schedules found in plans, as far as a run can measure them (MISSION WV-09). What a plan names itself is read of the plan.
 *
 * @param prefix in front of keys of the plan's tasks, where there are several plans
 */
export const registeredRisks = (
  { risks }: Pick<RegisterFile, "risks">,
  prefix: string,
): readonly WatchedRisk[] =>
  risks
    .filter(({ source, trigger }) => source === "derived" && MEASURED_BY_RUNS.has(trigger.metric))
    .slice(0, MOST)
    .map(({ source: _source, trigger, ...risk }) => ({
      ...risk,
      id: prefix + oneLine(risk.id, 80),
      name: oneLine(risk.name, 200),
      owner: oneLine(risk.owner, 80),
      response: risk.response.map((line) => oneLine(line, 300)),
      contingency: oneLine(risk.contingency, 300),
      trigger: {
        ...trigger,
        unit: oneLine(trigger.unit, 20),
        subjects:
          trigger.metric === "same-file-changes"
            ? trigger.subjects
            : trigger.subjects.map((key) => prefix + key),
      },
    }));

/** Of the risks that a run's own graph shows, those that no register has, which knows more of them. */
export const notRegistered = (
  own: readonly WatchedRisk[],
  registered: readonly WatchedRisk[],
): readonly WatchedRisk[] =>
  own.filter(({ trigger: { metric, subjects } }) => {
    const known = registered.filter(({ trigger }) => trigger.metric === metric);
    return subjects.length === 0
      ? known.every(({ trigger }) => trigger.subjects.length > 0)
      : !subjects.every((each) => known.some(({ trigger }) => trigger.subjects.includes(each)));
  });
