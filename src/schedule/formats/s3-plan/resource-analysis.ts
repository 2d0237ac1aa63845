import {
  field,
  find,
  items,
  lineOf,
  numberOf,
  placeOf,
  wordOf,
  type Value,
} from "../../../core/json-values.ts";
import { WORK_TIME } from "../../../core/work-time.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { USUAL_LEVEL } from "../../project/skills.ts";
import type { Team } from "../../project/team.ts";
import type { Document } from "../document.ts";
import { officeCalendar } from "../team-file/calendars-of.ts";
import { USUAL_BUFFER } from "../team-file/defaults.ts";
import { MOST_PEOPLE } from "../team-file/team-file-schema.ts";
import { readShare } from "../team-file/values.ts";
import type { ReadTeamFile } from "../team-file/team-file.ts";
import { sharedResources } from "./shared-resources.ts";

/** Whether a document says who is there in S3's form, by itself or in an execution plan. */
export const isResourceAnalysis = (document: Document): boolean =>
  teamsIn(valueOf(document)) !== undefined;

const valueOf = ({ root, source }: Document): Value => ({ node: root, source });

const teamsIn = (of: Value): Value | undefined => {
  const teams =
    field(field(of, "resource_analysis"), "available_teams") ?? field(of, "available_teams");
  return teams ?? (field(of, "wave_execution_plan") ? find(of, "available_teams") : undefined);
};

/**
 * Read S3's `resource_analysis`: `team_size` people who are all alike and have the `key_skills` at the usual level. `availability` and
 * `capacity` (hours a week for each) say one thing twice: 32 hours are 80 % of 40. The lower one counts where they differ, never both.
 */
export function readResourceAnalysis(document: Document, file: string): ReadTeamFile {
  const whole = valueOf(document);
  const calendar = officeCalendar("UTC");
  const problems: ScheduleDiagnostic[] = [];
  const teams = items(teamsIn(whole)).flatMap((team, at) => {
    const read = teamOf(team, team.name ?? `team_${at + 1}`, calendar.id);
    problems.push(...read.problems);
    return read.team ? [read.team] : [];
  });
  if (teams.length === 0 && problems.length === 0)
    problems.push(
      report("SCHEDULE_NO_TEAM", placeOf(teamsIn(whole) ?? whole), "No team is listed"),
    );
  const resources = sharedResources(field(whole, "resource_analysis") ?? whole);
  problems.push(...resources.problems);
  const failed = problems.some(({ severity }) => severity === "error");
  return {
    teamFile: failed
      ? undefined
      : {
          file,
          zone: "UTC",
          buffer: USUAL_BUFFER,
          teams,
          calendars: [calendar],
          resources: resources.resources,
        },
    problems,
  };
}

interface ReadTeam {
  readonly team?: Team;
  readonly problems: readonly ScheduleDiagnostic[];
}

function teamOf(value: Value, name: string, calendar: string): ReadTeam {
  const problems: ScheduleDiagnostic[] = [];
  const id = lineOf(field(value, "team_id", "id", "name")) ?? name;
  const sizeField = field(value, "team_size", "size");
  const size = sizeField === undefined ? 1 : (numberOf(sizeField) ?? Number.NaN);
  if (!Number.isInteger(size) || size < 1 || size > MOST_PEOPLE)
    problems.push(
      report(
        "SCHEDULE_NUMBER_INVALID",
        placeOf(sizeField ?? value),
        `Team ${quoted(id)} has a size of ${quoted(wordOf(sizeField) ?? "")}, which is not from 1 to ${MOST_PEOPLE}`,
      ),
    );
  const availability = availabilityOf(value, id, problems);
  if (problems.some(({ severity }) => severity === "error")) return { problems };
  const skills = items(field(value, "key_skills", "skills")).flatMap((skill) => {
    const word = lineOf(skill);
    return word === undefined ? [] : [{ skill: word, level: USUAL_LEVEL }];
  });
  const place = placeOf(value);
  const people = Array.from({ length: size }, (_, at) => ({
    id: `${id}/${at + 1}`,
    title: `${id}/${at + 1}`,
    skills,
    availability,
    calendar,
    away: [],
    history: new Map<string, number>(),
    place,
  }));
  return { team: { id, title: id, kind: "people", people, place }, problems };
}

/** Hours of a full week, of which a capacity is a part. */
const FULL_WEEK = WORK_TIME.week / WORK_TIME.hour;
/** Parts of the time that differ by rounding only. */
const ROUNDING = 0.011;

/** `"capacity": "32 hours/week per person"`: a part of 40 hours. */
export function readCapacity(text: string): number | undefined {
  const hours =
    /^\s{0,4}(\d{1,3}(?:\.\d{1,2})?)\s?(?:h|hrs?|hours?)\s?(?:\/|per|a)\s?w(?:ee)?k\b/i.exec(
      text,
    )?.[1];
  return hours === undefined ? undefined : Number(hours) / FULL_WEEK;
}

function availabilityOf(value: Value, id: string, problems: ScheduleDiagnostic[]): number {
  const [said, capacity] = [field(value, "availability"), field(value, "capacity")];
  const available = said && readShare(scalarOf(said));
  const hours = capacity && readCapacity(wordOf(capacity) ?? "");
  if (said && (available === undefined || available === 0))
    problems.push(
      report(
        "SCHEDULE_NUMBER_INVALID",
        placeOf(said),
        `Team ${quoted(id)} is available for ${quoted(wordOf(said) ?? "")}, which is no part of the time above 0`,
      ),
    );
  if (capacity && (hours === undefined || hours === 0))
    problems.push({
      ...report(
        "SCHEDULE_FIELD_INVALID",
        placeOf(capacity),
        `The capacity of team ${quoted(id)} is ${quoted(wordOf(capacity) ?? "")}, which is not understood`,
      ),
      severity: hours === 0 ? "error" : "warning",
      hint: "Write it like: 32 hours/week per person.",
    });
  const parts = [available, hours && Math.min(1, hours)].filter((part) => part !== undefined);
  const lower = parts.reduce((least, part) => Math.min(least, part), 1);
  if (available && hours && Math.abs(available - hours) > ROUNDING)
    problems.push(
      report(
        "SCHEDULE_AVAILABILITY_CONTRADICTS",
        placeOf(capacity),
        `Team ${quoted(id)} is available for ${percent(available)} of the time, but has a capacity of ${quoted(wordOf(capacity) ?? "")}, which is ${percent(hours)} of ${FULL_WEEK} hours; ${percent(lower)} is taken`,
      ),
    );
  return lower;
}

const scalarOf = ({ node }: Value): unknown => (node.kind === "scalar" ? node.value : undefined);
const percent = (part: number): string => `${Math.round(part * 100)} %`;
