import { readWorkSpan } from "../../../core/work-span.ts";
import type {
  Activity,
  Crew,
  Group,
  Link,
  LocalTime,
  Project,
  SharedResource,
  Use,
  Work,
} from "../../project/project.ts";
import {
  quoted,
  report,
  type ScheduleCode,
  type ScheduleDiagnostic,
} from "../../project/report.ts";
import { skillKey, USUAL_LEVEL } from "../../project/skills.ts";
import type { TeamFile } from "../team-file/team-file.ts";
import type { ColumnName } from "./columns.ts";
import { readPredecessor, type Lag } from "./predecessors.ts";
import type { WrittenActivities, WrittenActivity, WrittenField } from "./read-activities.ts";

export interface ActivitiesProject {
  readonly project: Project;
  /** An error among them: the project is not what the file says. */
  readonly problems: readonly ScheduleDiagnostic[];
}

/** What `start` is where neither file nor caller says. */
export interface ActivitiesOptions {
  readonly start: LocalTime;
  readonly now?: LocalTime;
  /** Agents of whom no skill is named do what skills and teams are asked for; without it these stay, as they are written. */
  readonly agentsDoAll?: boolean;
}

/**
 * The project that a file of activities means, with who does them. Names of resources are people, teams or shared resources of the team file;
 * what it does not have is a shared resource of its own, with as many units as the most that one activity takes.
 */
export function projectOfActivities(
  written: WrittenActivities,
  teams: TeamFile,
  options: ActivitiesOptions,
): ActivitiesProject {
  const reader = new Reader(written, teams, options);
  const activities = written.activities.map((activity, at) => reader.activity(activity, at));
  const links = written.activities.flatMap((activity, at) =>
    reader.links(activity, at, activities),
  );
  return {
    problems: [...written.problems, ...reader.problems],
    project: {
      name: written.file,
      start: teams.start ?? options.start,
      ...(options.now !== undefined && { now: options.now }),
      zone: teams.zone,
      activities,
      groups: reader.groups(),
      links,
      resources: [...teams.resources.map(({ resource }) => resource), ...reader.resources()],
      teams: teams.teams,
      calendars: teams.calendars,
      syncPoints: [],
      buffer: teams.buffer,
      ...(teams.deadline !== undefined && { deadline: teams.deadline }),
    },
  };
}

class Reader {
  readonly problems: ScheduleDiagnostic[] = [];
  readonly #ids: readonly string[];
  /** The first of each id. */
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #teams: TeamFile;
  readonly #start: LocalTime;
  /** There are only agents of whom no skill is named: they do what anybody is asked for. */
  readonly #canDoAll: boolean;
  readonly #groups = new Map<string, Group>();
  readonly #amounts = new Map<string, SharedResource>();

  constructor(
    { activities }: WrittenActivities,
    teams: TeamFile,
    { start, now, agentsDoAll = false }: ActivitiesOptions,
  ) {
    this.#ids = activities.map(
      ({ fields }, at) => fields.get("id")?.text ?? fields.get("title")?.text ?? String(at + 1),
    );
    this.#numbers = new Map(this.#ids.map((id, at) => [id, at] as const).toReversed());
    this.#teams = teams;
    this.#canDoAll =
      agentsDoAll &&
      teams.teams.length > 0 &&
      teams.teams.every(
        ({ kind, people }) =>
          kind === "agents" && people.every(({ skills }) => skills.length === 0),
      );
    this.#start = now ?? teams.start ?? start;
  }

  activity({ fields, place }: WrittenActivity, at: number): Activity {
    const id = this.#ids[at] ?? "";
    const group = fields.get("group");
    const work = this.#work(fields);
    const { uses, only } = this.#resources(fields);
    const crew = this.#crew(fields, only);
    const named = (name: ColumnName): LocalTime | undefined => fields.get(name)?.text;
    const [notBefore, deadline] = [named("notBefore"), named("deadline")];
    if (group && !this.#groups.has(group.text))
      this.#groups.set(group.text, {
        id: group.text,
        title: group.text,
        deliverables: [],
        place: group.place,
      });
    return {
      id,
      title: fields.get("title")?.text ?? id,
      ...(group && { group: group.text }),
      work,
      crew: work.likely === 0 ? { kind: "nobody" } : crew,
      uses,
      ...(notBefore !== undefined && { notBefore }),
      ...(deadline !== undefined && { deadline }),
      progress: isDone(fields.get("done"))
        ? { state: "done", start: this.#start, end: this.#start, people: [] }
        : { state: "open" },
      place,
    };
  }

  links({ fields }: WrittenActivity, at: number, activities: readonly Activity[]): readonly Link[] {
    const field = fields.get("predecessors");
    if (!field) return [];
    return listOf(field.text).flatMap((text) => {
      const read = readPredecessor(text, (id) => this.#numbers.has(id));
      if (!read.ok) {
        this.#tell("SCHEDULE_ACTIVITY_UNKNOWN", field, `${quoted(text)} ${read.reason}`);
        return [];
      }
      const { id, kind, lag } = read.predecessor;
      return [
        {
          from: id,
          to: this.#ids[at] ?? "",
          kind,
          lag: minutesOf(lag, activities[this.#numbers.get(id) ?? -1]),
          strength: "hard" as const,
          origin: "explicit",
          place: field.place,
        },
      ];
    });
  }

  groups = (): readonly Group[] => [...this.#groups.values()];
  resources = (): readonly SharedResource[] => [...this.#amounts.values()];

  #tell(code: ScheduleCode, { place }: WrittenField, message: string): void {
    this.problems.push(report(code, place, message));
  }

  #work(fields: WrittenActivity["fields"]): Work {
    const field = fields.get("duration");
    const likely = this.#minutes(field);
    const optimistic = fields.get("optimistic");
    const pessimistic = fields.get("pessimistic");
    const span = field && readWorkSpan(withUnit(field));
    return {
      likely: likely ?? 0,
      ...(optimistic
        ? { optimistic: this.#minutes(optimistic) ?? 0 }
        : span?.low !== undefined && { optimistic: span.low }),
      ...(pessimistic
        ? { pessimistic: this.#minutes(pessimistic) ?? 0 }
        : span?.high !== undefined && { pessimistic: span.high }),
      basis: field?.text ?? "no duration: milestone",
    };
  }

  #minutes(field: WrittenField | undefined): number | undefined {
    if (!field) return undefined;
    const text = withUnit(field);
    if (/^0{1,9}(?:\.0{1,9})? ?[a-z]{0,8}$/i.test(text)) return 0;
    const minutes = readWorkSpan(text)?.minutes;
    if (minutes === undefined)
      this.#tell("SCHEDULE_DURATION_INVALID", field, `${quoted(field.text)} is no duration`);
    return minutes;
  }

  #crew(
    fields: WrittenActivity["fields"],
    only: NonNullable<Exclude<Crew, { kind: "nobody" }>["only"]>,
  ): Crew {
    const skills = this.#canDoAll ? [] : listOf(fields.get("skills")?.text ?? "").map(skillNeed);
    const people = fields.get("people");
    const count = people ? Number(people.text) : Math.max(1, only.people.length);
    if (people && !(Number.isInteger(count) && count >= 0))
      this.#tell(
        "SCHEDULE_NUMBER_INVALID",
        people,
        `${quoted(people.text)} is no number of people`,
      );
    if (count === 0) return { kind: "nobody" };
    const restricted = only.teams.length + only.people.length > 0;
    return { kind: "people", needs: [{ skills, count }], ...(restricted && { only }) };
  }

  /** Names of teams, people and things, as `database`, `staging[2]`. */
  #resources(fields: WrittenActivity["fields"]) {
    const there = new Set(this.#teams.teams.map(({ id }) => id));
    const teams = listOf(fields.get("team")?.text ?? "").filter(
      (id) => there.has(id) || !this.#canDoAll,
    );
    const people: string[] = [];
    const uses: Use[] = [];
    const all = this.#teams.teams.flatMap((team) => team.people);
    for (const text of listOf(fields.get("resources")?.text ?? "")) {
      const [, name = text, amountText] =
        /^(.{1,200}?)\s?\[(\d{1,6})(?: units?)?\]$/.exec(text) ?? [];
      const bare = name.replace(/\[[^\]]{0,40}\]$/, "").trim();
      if (this.#teams.teams.some(({ id }) => id === bare)) teams.push(bare);
      else if (all.some(({ id, title }) => id === bare || title === bare))
        people.push(all.find(({ id, title }) => id === bare || title === bare)?.id ?? bare);
      else uses.push({ resource: bare, amount: amountText === undefined ? 1 : Number(amountText) });
    }
    const place = fields.get("resources")?.place;
    for (const { resource, amount } of uses) {
      if (this.#teams.resources.some((known) => known.resource.id === resource)) continue;
      const known = this.#amounts.get(resource);
      const capacity = Math.max(amount, known?.capacity ?? 1);
      this.#amounts.set(resource, {
        id: resource,
        title: resource,
        kind: "other",
        capacity,
        ...(place && { place: known?.place ?? place }),
      });
    }
    return { uses, only: { teams, people } };
  }
}

const withUnit = ({ text, unit }: WrittenField): string => {
  const plain = text.replace(/\?$/, "").trim();
  return unit !== undefined && /^[\d.,-]{1,20}$/.test(plain) ? `${plain} ${unit}` : plain;
};

/** Parts between commas and semicolons. */
const listOf = (text: string): string[] =>
  text
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** `React`, `React: 4`, `React (4)`. */
function skillNeed(text: string): { readonly skill: string; readonly level: number } {
  const [, skill = text, level] = /^(.{1,200}?)\s?[:(]\s?(\d{1,2})\)?$/.exec(text) ?? [];
  return {
    skill: skillKey(skill) === "" ? text : skill.trim(),
    level: level === undefined ? USUAL_LEVEL : Number(level),
  };
}

const minutesOf = (lag: Lag, predecessor: Activity | undefined): number =>
  "minutes" in lag ? lag.minutes : Math.round(lag.part * (predecessor?.work.likely ?? 0));

const isDone = (field: WrittenField | undefined): boolean =>
  field !== undefined && /^(?:100 ?%?|1|yes|true|done|x|complete[d]?)$/i.test(field.text);
