import { z } from "zod";

/** People of a team: a file must not make a million of them. */
export const MOST_PEOPLE = 1_000;

/** A level of a skill; what it means is in docs/schedule-teams.md. */
const level = z
  .int("must be a level from 1 to 5")
  .min(1, "must be a level from 1 to 5")
  .max(5, "must be a level from 1 to 5");

const skills = z
  .union([z.record(z.string(), level), z.array(z.string())], {
    error: "must be skills: a list of names, or names with a level from 1 to 5, like React: 4",
  })
  .describe(
    "Skills, by name: with a level from 1 (beginner) to 5 (expert), or a list; then each is at 3.",
  );

const share = z
  .union([z.number(), z.string()], { error: "must be a part of the time, like 80% or 0.8" })
  .describe("Part of the calendar's time, like 80% or 0.8; above 0, up to 100%.");

const day = z.string({ error: "must be a day, like 2024-01-31" });

const away = z
  .array(day, { error: "must be a list of days, like [2024-02-05, 2024-02-12..2024-02-16]" })
  .describe("Days without work: 2024-02-05, or 2024-02-12..2024-02-16 with both ends.");

const calendar = z
  .strictObject({
    zone: z
      .string("must be the name of a time zone")
      .optional()
      .describe("Time zone, like Europe/Berlin; that of the file without it."),
    week: z
      .record(z.string(), z.string("must be hours, like 09:00-17:00"), {
        error: "must be days with their hours, like mon-fri: 09:00-12:00 13:00-17:00",
      })
      .optional()
      .describe(
        "Working hours by day or span of days (mon-fri), like 09:00-12:00 13:00-17:00; a number of hours, like 8h, begins at 9:00. Monday to Friday, 8h without it.",
      ),
    holidays: away.optional().describe("Days on which nobody of it works."),
  })
  .describe("When there is working time.");

const person = z
  .strictObject({
    title: z.string("must be a text").optional().describe("Name for people; the id without it."),
    skills: skills.optional(),
    availability: share.optional(),
    calendar: z.string("must be the name of a calendar").optional().describe("Name of a calendar."),
    away: away.optional(),
  })
  .describe("What is not said here is as the team says.");

const team = z
  .strictObject({
    title: z.string("must be a text").optional().describe("Name for people; the id without it."),
    kind: z
      .enum(["people", "agents"], { error: "must be people or agents" })
      .optional()
      .describe("Agents are programs: they work at all hours, and keep no buffer."),
    skills: skills.optional().describe("What everybody in it can, unless a person says otherwise."),
    availability: share.optional(),
    calendar: z
      .string("must be the name of a calendar")
      .optional()
      .describe("Name of a calendar; the first one without it."),
    concurrent: z
      .int("must be a whole number from 1")
      .min(1, "must be a whole number from 1")
      .optional()
      .describe(
        "Activities at once, where that is less than there are people: a provider's limit.",
      ),
    size: z
      .int("must be a whole number from 1")
      .min(1, "must be a whole number from 1")
      .max(MOST_PEOPLE, "must be at most 1000")
      .optional()
      .describe("So many people, all alike, called team/1, team/2, …"),
    people: z
      .record(z.string(), person, {
        error: "must be people by name, each with what is special about them",
      })
      .optional()
      .describe("People by id, which is unique over all teams."),
  })
  .describe("People who work together: give its size, or its people.");

const resource = z
  .strictObject({
    title: z.string("must be a text").optional().describe("Name for people; the id without it."),
    kind: z
      .enum(["file", "database", "environment", "build", "provider", "other"], {
        error: "must be file, database, environment, build, provider or other",
      })
      .optional()
      .describe("What it is; other without it."),
    capacity: z
      .int("must be a whole number from 1")
      .min(1, "must be a whole number from 1")
      .optional()
      .describe("How many can use it at a time; 1 without it, which is exclusive."),
    "used-by": z
      .array(z.string("must be a text"), {
        error: "must be a list of words, like [migration, schema]",
      })
      .optional()
      .describe("Words: an activity uses it whose title, files or skills have one of them."),
  })
  .describe("What several activities can't have at once.");

const history = z
  .strictObject({
    people: z
      .array(z.string("must be the id of a person"), { error: "must be a list of people" })
      .min(2, "must be two people or more"),
    worked: z
      .number("must be from -1 (badly) to 1 (well)")
      .min(-1, "must be from -1 (badly) to 1 (well)")
      .max(1, "must be from -1 (badly) to 1 (well)"),
  })
  .describe(
    "How people have worked together before: settles what the shortest schedule leaves open.",
  );

/** The file of teams: docs/schedule-teams.md has examples; the published schema is schemas/teams.schema.json. */
export const teamFileSchema = z.strictObject({
  $schema: z.string().optional(),
  zone: z
    .string("must be the name of a time zone")
    .optional()
    .describe("Time zone of all times in this file, like Europe/Berlin; UTC without it."),
  start: day.optional().describe("Nothing starts before: 2024-01-08, or 2024-01-08T09:00."),
  deadline: day.optional().describe("The whole is wanted by the end of this day, or by this time."),
  buffer: share
    .optional()
    .describe("Part of everybody's time that is kept free for what goes wrong; 20% without it."),
  calendars: z
    .record(z.string(), calendar, { error: "must be calendars by name" })
    .optional()
    .describe("Calendars by name."),
  teams: z.record(z.string(), team, { error: "must be teams by id" }).describe("Teams by id."),
  resources: z
    .record(z.string(), resource, { error: "must be resources by id" })
    .optional()
    .describe("Shared resources by id."),
  history: z
    .array(history, { error: "must be a list" })
    .optional()
    .describe("Earlier work with each other."),
});

export type TeamFileForm = z.infer<typeof teamFileSchema>;
