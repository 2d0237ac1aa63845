import type { Calendar } from "../../project/calendar.ts";
import type { LocalTime, SharedResource } from "../../project/project.ts";
import type { ScheduleDiagnostic } from "../../project/report.ts";
import type { Team } from "../../project/team.ts";

/** What a file says of teams, and of what they share. */
export interface TeamFile {
  readonly file: string;
  readonly teams: readonly Team[];
  readonly calendars: readonly Calendar[];
  readonly resources: readonly NamedResource[];
  /** Zone of the times in it; `UTC` where it is not said. */
  readonly zone: string;
  /** Part of people's time that is kept free; a fifth where it is not said (S3 `buffer_planning`). */
  readonly buffer: number;
  readonly start?: LocalTime;
  readonly deadline?: LocalTime;
}

/** A shared resource, and the words by which it is known which activities use it: those that have one of them; `*` is all. */
export interface NamedResource {
  readonly resource: SharedResource;
  readonly usedBy: readonly string[];
}

export interface ReadTeamFile {
  /** Undefined where there is an error. */
  readonly teamFile: TeamFile | undefined;
  readonly problems: readonly ScheduleDiagnostic[];
}
