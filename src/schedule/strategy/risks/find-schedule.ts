import { deadlineAt } from "../timeline.ts";
import type { Basis } from "../basis.ts";
import {
  inDays,
  inWords,
  isOpen,
  rounded,
  said,
  watch,
  type Find,
  type Finding,
} from "./finding.ts";

/** Activities one after another without slack that make a chain long. */
const LONG = 3;
/** S3 `escalation_triggers`: 5 % behind schedule. */
const BEHIND = 0.05;

/** The critical chain itself, where nothing on it may take longer. */
export const longChain: Find = ({ basis }) => {
  const { critical, forecast, schedule } = basis;
  const open = new Set(basis.order.nodes.flatMap(({ id, open: left }) => (left > 0 ? [id] : [])));
  const steps = critical.chain.steps.filter(({ id }) => open.has(id));
  if (steps.length < LONG || schedule.makespan === 0) return [];
  const late = 1 - forecast.onTime;
  return [
    {
      about: `${steps.length} activities in a row`,
      activities: steps.map(({ id }) => id),
      probability: late,
      source: "simulated",
      does: { minutes: Math.max(0, forecast.p80.minute - schedule.makespan) },
      evidence: [
        said(
          `${steps.length} activities follow each other without slack`,
          steps.length,
          "activities",
        ),
        said(
          `${rounded(late * 100)} % of ${forecast.runs} runs end later than planned`,
          rounded(late * 100),
          "%",
        ),
        said(
          `one run in five ends at least ${inWords(basis, forecast.p80.minute - schedule.makespan)} later`,
          inDays(basis, forecast.p80.minute - schedule.makespan),
          "days",
        ),
      ],
      trigger: watch("finish-late-minutes", [], Math.round(schedule.makespan * BEHIND)),
    },
  ];
};

/** Deadlines that are missed in more runs than this are risks. */
const MISSED = 0.05;

interface Wanted {
  readonly about: string;
  readonly activities: readonly string[];
  /** The part of runs that misses it. */
  readonly missed: number;
  readonly planned: number;
  readonly p80: number;
  readonly deadline: number;
}

/** Deadlines without enough time before them, of the whole and of activities. */
export const noMargin: Find = ({ basis }) =>
  wanted(basis)
    .filter(({ missed }) => missed >= MISSED)
    .map(({ about, activities, missed, planned, p80, deadline }): Finding => {
      const margin = inDays(basis, deadline - planned);
      return {
        about,
        activities,
        probability: missed,
        source: "simulated",
        does: { minutes: Math.max(0, p80 - deadline) },
        evidence: [
          said(
            `${inWords(basis, deadline - planned)} are between its planned end and the deadline`,
            margin,
            "days",
          ),
          said(
            `${rounded(missed * 100)} % of ${basis.forecast.runs} runs miss it`,
            rounded(missed * 100),
            "%",
          ),
        ],
        trigger: watch("deadline-margin-minutes", activities, 0, "below"),
      };
    });

function wanted(basis: Basis): readonly Wanted[] {
  const { project, forecast, timeline, schedule } = basis;
  const moments = new Map(
    forecast.moments.flatMap((each) =>
      each.kind === "activity" ? [[each.id, each] as const] : [],
    ),
  );
  const activities = project.activities.flatMap(
    ({ id, title, deadline }, node): readonly Wanted[] => {
      const moment = moments.get(id);
      if (deadline === undefined || moment?.byDeadline === undefined || !isOpen(basis, node))
        return [];
      const { planned, p80, byDeadline } = moment;
      return [
        {
          about: title,
          activities: [id],
          missed: 1 - byDeadline,
          planned,
          p80,
          deadline: deadlineAt(timeline, deadline).minute,
        },
      ];
    },
  );
  if (project.deadline === undefined || forecast.byDeadline === undefined) return activities;
  const deadline = deadlineAt(timeline, project.deadline).minute;
  const whole = {
    about: "the whole",
    activities: [],
    missed: 1 - forecast.byDeadline,
    planned: schedule.makespan,
    p80: forecast.p80.minute,
    deadline,
  };
  return [whole, ...activities];
}
