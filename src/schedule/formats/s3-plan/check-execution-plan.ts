import { field, find, items, placeOf, wordOf } from "../../../core/json-values.ts";
import { workText } from "../../../core/work-text.ts";
import { writeLocalTime } from "../../project/local-time.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { readShare } from "../team-file/values.ts";
import { checkAgreement } from "./check-agreement.ts";
import { checkCompleteness } from "./check-completeness.ts";
import { checkRoles } from "./check-roles.ts";
import { checkThresholds } from "./check-thresholds.ts";
import { overheadOf } from "./coordination-overhead.ts";
import type { ExecutionPlan } from "./execution-plan.ts";
import { participantLists, participantsIn } from "./participants.ts";

/**
 * What an execution plan of S3 says of teams, sessions and coordination that does not hold together (WV-01). Its counts, durations, dates
 * and efficiency are claims that are checked where plans are read (`plan/dependency-json/claims`); its teams where team files are.
 */
export const checkExecutionPlan = (plan: ExecutionPlan): readonly ScheduleDiagnostic[] => [
  ...checkParticipants(plan),
  ...checkSessions(plan),
  ...checkBoundaries(plan),
  ...checkAvailability(plan),
  ...checkOverhead(plan),
  ...checkRoles(plan),
  ...checkAgreement(plan),
  ...checkCompleteness(plan),
  ...checkThresholds(plan),
];

function checkParticipants(plan: ExecutionPlan): readonly ScheduleDiagnostic[] {
  return participantLists(plan).flatMap((list) =>
    participantsIn(plan, list)
      .filter(({ kind, name }) => kind === "unknown" && !/^session/i.test(name))
      .map(({ name, value, near }) => ({
        ...report(
          "SCHEDULE_PARTICIPANT_UNKNOWN",
          placeOf(value),
          `${quoted(name)} takes part, but is no team of the plan`,
        ),
        ...(near.length > 0 && { hint: `Name the team: ${near.join(", ")}.` }),
      })),
  );
}

/** Sessions that two phases have, ids that are not of the plan's own form, and sessions that are counted and not there. */
function checkSessions({ root, waves }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const told: ScheduleDiagnostic[] = [];
  const known = new Map<string, string>();
  const form = wordOf(find(root, "session_id_format"));
  const numbered = form?.includes("3_digit") === true ? /^session_\d{3}$/ : undefined;
  for (const { number, value, phases, limit } of waves) {
    for (const phase of phases) {
      const { session, id } = phase;
      if (session === undefined) continue;
      const place = placeOf(field(phase.value, "session_id") ?? phase.value);
      const other = known.get(session);
      if (other !== undefined && other !== id)
        told.push(
          report(
            "SCHEDULE_SESSION_TWICE",
            place,
            `Phases ${quoted(other)} and ${quoted(id)} have the session ${quoted(session)}`,
          ),
        );
      known.set(session, id);
      if (numbered && !numbered.test(session))
        told.push(
          report(
            "SCHEDULE_SESSION_FORM",
            place,
            `${quoted(session)} is not of the form ${quoted(form ?? "")} that the plan sets`,
          ),
        );
    }
    const counted = field(value, "max_concurrent_sessions");
    if (counted && limit !== undefined && limit > phases.length)
      told.push(
        report(
          "SCHEDULE_SESSIONS_COUNT",
          placeOf(counted),
          `Wave ${number} counts ${limit} sessions at once, but has ${phases.length}`,
        ),
      );
  }
  return told;
}

/** A wave that ends on the day on which the next one starts: a last day of work, or the day after it? */
function checkBoundaries({ waves }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  return waves.flatMap(({ number, value, end, phases }, at) => {
    const next = waves[at + 1];
    const teams = new Set(phases.flatMap((phase) => phase.teams.map(({ name }) => name)));
    const both = next?.phases.flatMap((phase) => phase.teams).find(({ name }) => teams.has(name));
    if (!next || end === undefined || end !== next.start) return [];
    const day = writeLocalTime(end * 1_440).slice(0, 10);
    return [
      report(
        "SCHEDULE_WAVES_TOUCH",
        placeOf(field(value, "end_date") ?? value),
        `Wave ${number} ends on ${day}, the day on which wave ${next.number} starts${both ? `: team ${quoted(both.name)} has both that day` : ""}`,
      ),
    ];
  });
}

/** Phases given to a team that has not all of its time for them: they take longer than is written. */
function checkAvailability({ root, waves }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const shares = new Map(
    items(field(field(root, "resource_analysis"), "available_teams")).flatMap((team) => {
      const [id, share] = [
        wordOf(field(team, "team_id", "id", "name")),
        readShare(wordOf(field(team, "availability"))),
      ];
      return id === undefined || share === undefined ? [] : [[id, share] as const];
    }),
  );
  return waves.flatMap(({ phases }) =>
    phases.flatMap(({ id, value, teams, minutes }) => {
      const slow = teams.find(({ name }) => (shares.get(name) ?? 1) < 1);
      const share = shares.get(slow?.name ?? "");
      if (!slow || !share || minutes === undefined) return [];
      return [
        report(
          "SCHEDULE_TEAM_SLOWER",
          placeOf(field(value, "estimated_duration", "duration") ?? value),
          `Phase ${quoted(id)} is ${workText(minutes)} of work for team ${quoted(slow.name)}, which is there ${Math.round(share * 100)} % of the time: ${workText(minutes / share)}`,
        ),
      ];
    }),
  );
}

/** Per cent that the stated overhead may be off. */
const ROUNDING = 1;

function checkOverhead(plan: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const overhead = overheadOf(plan);
  if (!overhead?.stated || Math.abs(overhead.percent - overhead.stated.percent) <= ROUNDING)
    return [];
  return [
    report(
      "SCHEDULE_OVERHEAD_DIFFERS",
      placeOf(overhead.stated.value),
      `coordination_overhead says ${overhead.stated.percent}%, but who takes part in all that is scheduled spends ${workText(overhead.coordination)} of ${workText(overhead.total)} on it, ${Math.round(overhead.percent)}%`,
    ),
  ];
}
