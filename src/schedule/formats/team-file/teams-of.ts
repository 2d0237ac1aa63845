import { nearestName } from "../../../core/nearest-name.ts";
import { USUAL_LEVEL } from "../../project/skills.ts";
import type { Person, Skill, Team } from "../../project/team.ts";
import { shownPath, shownValue, type Path } from "../document.ts";
import type { Calendars } from "./calendars-of.ts";
import type { Reading } from "./reading.ts";
import type { TeamFileForm } from "./team-file-schema.ts";
import { readDays, readShare } from "./values.ts";

type TeamForm = TeamFileForm["teams"][string];
type PersonForm = NonNullable<TeamForm["people"]>[string];

export function teamsOf(
  reading: Reading,
  form: TeamFileForm,
  calendars: Calendars,
): readonly Team[] {
  const teams = Object.entries(form.teams).map(([id, team]) =>
    teamOf(reading, calendars, id, team),
  );
  if (teams.length === 0) reading.tell("SCHEDULE_NO_TEAM", ["teams"], "The file has no team");
  const history = historyOf(
    reading,
    form,
    new Set(teams.flatMap(({ people }) => people.map(({ id }) => id))),
  );
  return teams.map((team) => ({
    ...team,
    people: team.people.map((person) => ({
      ...person,
      history: history.get(person.id) ?? new Map(),
    })),
  }));
}

function teamOf(reading: Reading, calendars: Calendars, id: string, form: TeamForm): Team {
  const path: Path = ["teams", id];
  const { title = id, kind = "people", size, people, concurrent } = form;
  const named = Object.entries(people ?? {});
  if (size === undefined && named.length === 0)
    reading.tell(
      "SCHEDULE_FIELD_MISSING",
      path,
      `Team ${shownValue(id)} has nobody: give its size, or its people`,
    );
  if (size !== undefined && named.length > size)
    reading.tell(
      "SCHEDULE_NUMBER_INVALID",
      [...path, "size"],
      `Team ${shownValue(id)} has ${named.length} people by name, but a size of ${size}`,
    );
  const usual = kind === "agents" ? calendars.allHours : calendars.usual;
  const defaults = personOf(reading, path, form, {
    skills: [],
    availability: 1,
    calendar: usual,
    away: [],
  });
  checkCalendar(reading, calendars, [...path, "calendar"], form.calendar);
  const all = named.map(([name, person]) => {
    const at: Path = [...path, "people", name];
    checkCalendar(reading, calendars, [...at, "calendar"], person.calendar);
    return {
      id: name,
      title: person.title ?? name,
      ...personOf(reading, at, person, defaults),
      place: reading.placeOf(at, "key"),
    };
  });
  for (let number = all.length + 1; number <= (size ?? 0); number++) {
    const name = `${id}/${number}`;
    all.push({ id: name, title: name, ...defaults, place: reading.placeOf(path, "key") });
  }
  return {
    id,
    title,
    kind,
    people: all.map((person) => ({ ...person, history: new Map() })),
    ...(concurrent !== undefined && { concurrent }),
    place: reading.placeOf(path, "key"),
  };
}

type Said = Pick<Person, "skills" | "availability" | "calendar" | "away">;

/** What is said of a person, and for the rest what is said of the team. */
function personOf(
  reading: Reading,
  path: Path,
  form: Pick<PersonForm & TeamForm, "skills" | "availability" | "calendar"> &
    Pick<PersonForm, "away">,
  team: Said,
): Said {
  const own = skillsOf(form.skills);
  const names = new Set(own.map(({ skill }) => skill));
  const availability =
    form.availability === undefined
      ? team.availability
      : reading.read([...path, "availability"], readShare(form.availability), {
          value: form.availability,
          wanted: "a part of the time, like 80% or 0.8",
          instead: 1,
        });
  if (form.availability !== undefined && availability === 0)
    reading.tell(
      "SCHEDULE_NUMBER_INVALID",
      [...path, "availability"],
      `${shownPath(path)} is not available at all; leave it out`,
    );
  return {
    skills: [...own, ...team.skills.filter(({ skill }) => !names.has(skill))],
    availability,
    calendar: form.calendar ?? team.calendar,
    away: (form.away ?? []).flatMap((days, at) => {
      const span = reading.read([...path, "away", at], readDays(days) ?? undefined, {
        value: days,
        wanted: "a day, like 2024-02-05, or days, like 2024-02-05..2024-02-09",
        instead: { from: "", to: "" },
      });
      return span.from === "" ? [] : [span];
    }),
  };
}

const skillsOf = (form: TeamForm["skills"]): readonly Skill[] =>
  form === undefined
    ? []
    : Array.isArray(form)
      ? form.map((skill) => ({ skill, level: USUAL_LEVEL }))
      : Object.entries(form).map(([skill, level]) => ({ skill, level }));

function checkCalendar(
  reading: Reading,
  { all }: Calendars,
  path: Path,
  name: string | undefined,
): void {
  if (name === undefined || all.some(({ id }) => id === name)) return;
  const near = nearestName(
    name,
    all.map(({ id }) => id),
  );
  reading.tell(
    "SCHEDULE_CALENDAR_UNKNOWN",
    path,
    `${shownValue(name)} is no calendar of this file${near === undefined ? "" : `; did you mean ${near}?`}`,
  );
}

/** What each person has worked with others, both ways. */
function historyOf(
  reading: Reading,
  { history = [] }: TeamFileForm,
  known: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byPerson = new Map<string, Map<string, number>>();
  for (const [at, { people, worked }] of history.entries()) {
    for (const [index, id] of people.entries())
      if (!known.has(id))
        reading.tell(
          "SCHEDULE_TEAM_UNKNOWN",
          ["history", at, "people", index],
          `${shownValue(id)} is nobody of this file`,
        );
    for (const one of people)
      for (const other of people) {
        if (one === other) continue;
        const own = byPerson.get(one) ?? new Map<string, number>();
        own.set(other, worked);
        byPerson.set(one, own);
      }
  }
  return byPerson;
}
