import { allHoursCalendar } from "../../schedule/formats/team-file/calendars-of.ts";
import type { TeamFile } from "../../schedule/formats/team-file/team-file.ts";

/** Where nothing is said of who does the work: so many agents. */
export const USUAL_WORKERS = 4;

/**
 * Agents without a team file: each can do everything, at all hours, one thing at a time.
 *
 * @param limit how many of them their provider lets work at once
 */
export function agentTeams(workers: number, limit?: number): TeamFile {
  const calendar = allHoursCalendar();
  return {
    file: `${workers} agents`,
    zone: "UTC",
    buffer: 0,
    calendars: [calendar],
    resources: [],
    teams: [
      {
        id: "agents",
        title: "Agents",
        kind: "agents",
        people: Array.from({ length: workers }, (_, at) => ({
          id: `agent/${at + 1}`,
          title: `Agent ${at + 1}`,
          skills: [],
          availability: 1,
          calendar: calendar.id,
          away: [],
          history: new Map<string, number>(),
        })),
        ...(limit !== undefined && { concurrent: limit }),
      },
    ],
  };
}
