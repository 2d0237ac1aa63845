import { compareDiagnostics } from "../../../core/diagnostic.ts";
import { readLocalTime } from "../../project/local-time.ts";
import { isZone } from "../../project/zone.ts";
import { readDocument, shownValue } from "../document.ts";
import { isResourceAnalysis, readResourceAnalysis } from "../s3-plan/resource-analysis.ts";
import { calendarsOf } from "./calendars-of.ts";
import { USUAL_BUFFER } from "./defaults.ts";
import { Reading } from "./reading.ts";
import { schemaProblems } from "./schema-problems.ts";
import type { ReadTeamFile, TeamFile } from "./team-file.ts";
import { teamFileSchema, type TeamFileForm } from "./team-file-schema.ts";
import { teamsOf } from "./teams-of.ts";
import { readShare } from "./values.ts";

/**
 * Read a team file: our own form (schemas/teams.schema.json), or S3's `resource_analysis`, by itself or in an execution plan; YAML or JSON.
 * All problems at once, with places. Never throws.
 */
export function readTeamFile(text: string, file: string): ReadTeamFile {
  const { teamFile, problems } = read(text, file);
  return { teamFile, problems: problems.toSorted(compareDiagnostics) };
}

function read(text: string, file: string): ReadTeamFile {
  const { document, problems } = readDocument(text, file);
  if (!document) return { teamFile: undefined, problems };
  if (isResourceAnalysis(document)) return readResourceAnalysis(document, file);
  const parsed = teamFileSchema.safeParse(document.value);
  if (!parsed.success)
    return {
      teamFile: undefined,
      problems: schemaProblems(document, teamFileSchema, parsed.error.issues),
    };
  const reading = new Reading(document);
  const teamFile = teamFileOf(reading, parsed.data, file);
  const failed = reading.problems.some(({ severity }) => severity === "error");
  return { teamFile: failed ? undefined : teamFile, problems: reading.problems };
}

/** People of all teams: a file must not make millions of them. */
const MOST_IN_ALL = 10_000;

function teamFileOf(reading: Reading, form: TeamFileForm, file: string): TeamFile {
  const { zone = "UTC", buffer = USUAL_BUFFER, start, deadline } = form;
  if (!isZone(zone))
    reading.tell("SCHEDULE_ZONE_UNKNOWN", ["zone"], `${shownValue(zone)} is no time zone`);
  for (const [name, time] of [
    ["start", start],
    ["deadline", deadline],
  ] as const)
    if (time !== undefined && readLocalTime(time) === undefined)
      reading.tell("SCHEDULE_TIME_INVALID", [name], `${name}: ${shownValue(time)} is no day`);
  const kept = reading.read(["buffer"], readShare(buffer), {
    value: buffer,
    wanted: "a part of the time, like 20%",
    instead: 0,
  });
  if (kept >= 1)
    reading.tell("SCHEDULE_NUMBER_INVALID", ["buffer"], "A buffer of 100% leaves no time to work");
  const people = Object.values(form.teams).reduce(
    (sum, team) => sum + Math.max(team.size ?? 0, Object.keys(team.people ?? {}).length),
    0,
  );
  if (people > MOST_IN_ALL)
    reading.tell(
      "SCHEDULE_NUMBER_INVALID",
      ["teams"],
      `The teams have ${people} people, more than ${MOST_IN_ALL}`,
    );
  const calendars = calendarsOf(reading, form, isZone(zone) ? zone : "UTC");
  return {
    file,
    zone,
    buffer: kept,
    calendars: calendars.all,
    teams: people > MOST_IN_ALL ? [] : teamsOf(reading, form, calendars),
    resources: Object.entries(form.resources ?? {}).map(([id, resource]) => ({
      resource: {
        id,
        title: resource.title ?? id,
        kind: resource.kind ?? "other",
        capacity: resource.capacity ?? 1,
        place: reading.placeOf(["resources", id], "key"),
      },
      usedBy: resource["used-by"] ?? [id],
    })),
    ...(start !== undefined && { start }),
    ...(deadline !== undefined && { deadline }),
  };
}
