import type { Diagnostic, Severity } from "../../core/diagnostic.ts";
import type { FilePlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";

/** A problem of a project, its teams or the files that they were read from. */
export interface ScheduleDiagnostic extends Diagnostic {
  /** Further places that belong to it, such as every link of a circle, in order. */
  readonly related?: readonly { readonly message: string; readonly place: FilePlace }[];
}

/** What is told, how bad it is, and what to do. docs/schedule-diagnostics.md says what each means. */
export const REPORTS = {
  SCHEDULE_ACTIVITY_UNKNOWN: ["error", "Correct the id, or add the activity."],
  SCHEDULE_AVAILABILITY_CONTRADICTS: [
    "warning",
    "State it once: availability 80%, or 32 hours of a week of 40.",
  ],
  SCHEDULE_BEGUN_PLANNED_WHOLE: [
    "warning",
    "wavegate replan keeps what has begun where it is, by the times of a status file.",
  ],
  SCHEDULE_CALENDAR_EMPTY: [
    "error",
    "Give the calendar a day with working time, like: mon-fri: 09:00-17:00.",
  ],
  SCHEDULE_CALENDAR_UNKNOWN: ["error", "Correct the name, or add the calendar."],
  SCHEDULE_CIRCLE: ["error", "Take one of the links out."],
  SCHEDULE_CIRCLE_BROKEN: ["warning", "Take the link out if it is not meant."],
  SCHEDULE_CAPACITY_EXCEEDED: ["error", "Lower the demand, or raise the capacity of the resource."],
  SCHEDULE_COLUMN_UNKNOWN: ["info", "Correct its name, or leave it."],
  SCHEDULE_DATES_CONTRADICT: ["error", "Correct one of the dates."],
  SCHEDULE_DEADLINE_IMPOSSIBLE: [
    "warning",
    "Move the deadline, make the work shorter, or take a dependency out.",
  ],
  SCHEDULE_DURATION_ENORMOUS: ["error", "Correct the figure or its unit, or split the work."],
  SCHEDULE_DURATION_INVALID: [
    "error",
    "Write a number and a unit, like 30 min, 4 h, 2 d or 3 weeks.",
  ],
  SCHEDULE_DURATION_ZERO: ["warning", "Give it a duration, unless it is a milestone."],
  SCHEDULE_ESCALATION_DIFFERS: ["warning", "State one time, or say what each of the two is for."],
  SCHEDULE_FIELD_INVALID: ["error", "Correct the value, or remove the field to use the default."],
  SCHEDULE_FIELD_MISSING: ["error", "Add the field."],
  SCHEDULE_FIELD_UNKNOWN: ["error", "Correct the name of the field, or remove it."],
  SCHEDULE_FILE_SYNTAX: ["error", "Check indentation, brackets, quotes and commas around here."],
  SCHEDULE_FREQUENCY_DIFFERS: ["info", "State one frequency, or name two reports."],
  SCHEDULE_ID_TWICE: ["error", "Give each its own id."],
  SCHEDULE_LEVEL_INVALID: ["error", "Levels go from 1 (beginner) to 5 (expert)."],
  SCHEDULE_MEASURE_UNPLANNED: [
    "info",
    "Put it on the agenda of a meeting that is as often, or plan one.",
  ],
  SCHEDULE_MEETING_DIFFERS: ["warning", "State one length, or name two meetings."],
  SCHEDULE_NOBODY_WORKS: ["error", "Look at calendars, holidays and days away."],
  SCHEDULE_NUMBER_INVALID: ["error", "Correct the number."],
  SCHEDULE_NO_TEAM: ["error", "Give a team file, or a number of workers."],
  SCHEDULE_OVERHEAD_DIFFERS: ["warning", "State what is scheduled, or schedule less."],
  SCHEDULE_PARTICIPANT_UNKNOWN: ["warning", "Name a team of the plan, a session or a role."],
  SCHEDULE_PERSON_NEVER_WORKS: ["warning", "Look at the calendar and the days away."],
  SCHEDULE_PLACEHOLDER: ["info", "Fill it in."],
  SCHEDULE_RESOURCE_UNKNOWN: ["error", "Correct the id, or add the resource."],
  SCHEDULE_RESOURCE_UNUSED: ["info", "Correct its words (used-by), or leave it out."],
  SCHEDULE_RISK_UNNAMED: ["info", "Name the risk, or lower the level."],
  SCHEDULE_ROLE_UNKNOWN: ["info", "Add the role to decision_hierarchy, or name one that is there."],
  SCHEDULE_SESSIONS_COUNT: ["info", "Correct the number, or list what is missing."],
  SCHEDULE_SESSION_FORM: ["info", "Call it session_001, session_002, …"],
  SCHEDULE_SESSION_TWICE: ["warning", "Give each phase a session of its own."],
  SCHEDULE_SKILL_MISSING: [
    "error",
    "Give somebody the skill, correct its name, or take it out of the plan.",
  ],
  SCHEDULE_SYNC_MOVED: [
    "warning",
    "Split the phase where the sync point is due, if it is to be held then.",
  ],
  SCHEDULE_SYNC_TWICE: ["warning", "Keep one of the two, or give them names that differ."],
  SCHEDULE_TEAMS_UNRELATED: ["warning", "Check that the team file and the plan belong together."],
  SCHEDULE_TEAM_SLOWER: [
    "info",
    "Nothing to do if the figure is time that passes; else plan with the longer one.",
  ],
  SCHEDULE_TEAM_TOO_SMALL: ["error", "Add people with these skills, or ask for fewer."],
  SCHEDULE_TEAM_UNKNOWN: ["error", "Correct the id, or add the team or person."],
  SCHEDULE_THRESHOLDS_MIXED: ["warning", "Order them: target, warning, critical."],
  SCHEDULE_THRESHOLD_MISSED: [
    "warning",
    "Schedule less coordination, or set a threshold that the plan can keep.",
  ],
  SCHEDULE_TIME_INVALID: [
    "error",
    "Write a date that exists, like 2024-01-31 or 2024-01-31T09:00.",
  ],
  SCHEDULE_WAVES_TOUCH: ["info", "End the wave on its last day of work, the day before."],
  SCHEDULE_WAVE_INCOMPLETE: ["info", "Say it for each wave, or for none."],
  SCHEDULE_WEEK_DIFFERS: [
    "info",
    "Nothing to do if estimates are hours of work; else correct them: a week is 40 hours in every text.",
  ],
  SCHEDULE_ZONE_UNKNOWN: ["error", "Write the name of a time zone, like Europe/Berlin or UTC."],
} as const satisfies Readonly<Record<string, readonly [Severity, string]>>;

export type ScheduleCode = keyof typeof REPORTS;

export function report(
  code: ScheduleCode,
  place: FilePlace,
  message: string,
  related?: ScheduleDiagnostic["related"],
): ScheduleDiagnostic {
  const [severity, hint] = REPORTS[code];
  return {
    code,
    severity,
    message: oneLine(message, 300),
    place,
    hint,
    ...(related && { related }),
  };
}

/** Text from outside, in quotes. */
export const quoted = (text: string): string => `"${oneLine(text, 60)}"`;
