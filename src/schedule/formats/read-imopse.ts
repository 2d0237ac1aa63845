import type { Diagnostic } from "../../core/diagnostic.ts";
import { oneLine } from "../../core/text.ts";
import { crewPartFaults } from "../solver/crew/crew-part-faults.ts";
import type { CrewArc, CrewParts, PoolMember } from "../solver/crew/crew-parts.ts";

/** What an iMOPSE file gives: the problem, which can be made only if nothing is wrong with it, and everything that is. */
export interface ImopseFile {
  /** Activities and people are numbered from 0 in the order of the file. */
  readonly parts: CrewParts;
  /** The file's own ids of tasks and resources, in that order; some numbers are left out. */
  readonly tasks: readonly number[];
  readonly resources: readonly number[];
  readonly diagnostics: readonly Diagnostic[];
}

type Report = (line: number, message: string, hint: string) => void;

interface Row {
  readonly line: number;
  readonly words: readonly string[];
}

/** Far above any real number in such a file. */
const LARGEST = 1_000_000;
const HINT = "Take a file in the .def format of iMOPSE.";
const SKILL = /^Q\d{1,4}:$/;

/**
 * Read a multi-skill project of iMOPSE, `.def` (Myszkowski, Skowroński, Olech and Oślizło 2015): below `ResourceID` each person with salary and
 * skills at levels (`Q2: 1`), below `TaskID` each task with duration, the skill and level that its one person has at least, and the tasks that
 * come before it. Salaries are left aside. Linear.
 */
export function readImopse(file: string, text: string): ImopseFile {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (line, message, hint) => {
    const place = { file, line };
    diagnostics.push({ code: "PLAN_IMOPSE_INVALID", severity: "error", message, hint, place });
  };
  const sections = sectionsOf(text);
  for (const heading of HEADINGS)
    if (!sections.has(heading)) report(1, `There is no table with ${heading}.`, HINT);
  const people = readRows(sections.get("ResourceID") ?? [], report, readPerson);
  const tasks = readRows(sections.get("TaskID") ?? [], report, readTask);
  const pools = new SkillPools(people.map(({ skills }) => skills));
  const parts: CrewParts = {
    activities: tasks.map(({ duration, skill, level }) => ({
      options: [{ work: duration, needs: [{ pool: pools.of(skill, level), count: 1 }] }],
    })),
    arcs: arcsOf(tasks, report),
    capacities: [],
    absences: people.map(() => []),
    pools: pools.all,
  };
  if (diagnostics.length === 0)
    for (const { kind, activity, text: fault } of crewPartFaults(parts)) {
      const task = tasks[activity ?? -1];
      const message = `${task ? `Task ${task.id}: ` : ""}${fault}.`;
      report(task?.line ?? 1, message, kind === "cycle" ? MEND_CYCLE : MEND_SKILL);
    }
  const [ids, resources] = [tasks, people].map((list) => list.map(({ id }) => id));
  return { parts, tasks: ids ?? [], resources: resources ?? [], diagnostics };
}

const MEND_CYCLE = "Take out one of the predecessors that lead in a circle.";
const MEND_SKILL = "Give a resource the skill at this level.";
const HEADINGS = ["ResourceID", "TaskID"] as const;

interface Task {
  readonly id: number;
  readonly line: number;
  readonly duration: number;
  readonly skill: string;
  readonly level: number;
  readonly predecessors: readonly number[];
}

interface Person {
  readonly id: number;
  readonly skills: ReadonlyMap<string, number>;
}

/** Pools of those who have a skill at a level or a higher one, made when they are first asked for. */
class SkillPools {
  readonly all: PoolMember[][] = [];
  readonly #people: readonly ReadonlyMap<string, number>[];
  readonly #numbers = new Map<string, number>();

  constructor(people: readonly ReadonlyMap<string, number>[]) {
    this.#people = people;
  }

  of(skill: string, level: number): number {
    const key = `${skill}${level}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    this.all.push(
      this.#people.flatMap((skills, person) =>
        (skills.get(skill) ?? -1) >= level ? [{ person }] : [],
      ),
    );
    return this.all.length - 1;
  }
}

const isNumber = (word: string | undefined): boolean =>
  word !== undefined && /^\d{1,9}$/.test(word) && Number(word) <= LARGEST;

/** The rows that can be read, each id once. */
function readRows<T extends { readonly id: number }>(
  rows: readonly Row[],
  report: Report,
  read: (row: Row) => T | undefined,
): readonly T[] {
  const known = new Set<number>();
  return rows.flatMap((row) => {
    const one = read(row);
    const shown = oneLine(row.words.join(" "), 60);
    if (!one) report(row.line, `Row "${shown}" is none of this table.`, HINT);
    else if (known.has(one.id))
      report(row.line, `Id ${one.id} stands here again.`, "Give each its own.");
    known.add(one?.id ?? -1);
    return one ? [one] : [];
  });
}

function readPerson({ words: [id, salary, ...pairs] }: Row): Person | undefined {
  const skills = new Map<string, number>();
  for (let at = 0; at < pairs.length; at += 2) {
    const [skill = "", level] = [pairs[at], pairs[at + 1]];
    if (!SKILL.test(skill) || !isNumber(level)) return undefined;
    skills.set(skill, Number(level));
  }
  return isNumber(id) && Number(salary) >= 0 ? { id: Number(id), skills } : undefined;
}

function readTask({
  line,
  words: [id, duration, skill = "", level, ...predecessors],
}: Row): Task | undefined {
  if (![id, duration, level, ...predecessors].every(isNumber) || !SKILL.test(skill))
    return undefined;
  return {
    id: Number(id),
    line,
    duration: Number(duration),
    skill,
    level: Number(level),
    predecessors: predecessors.map(Number),
  };
}

function arcsOf(tasks: readonly Task[], report: Report): readonly CrewArc[] {
  const numberOf = new Map(tasks.map(({ id }, index) => [id, index]));
  return tasks.flatMap(({ line, id, predecessors }, to) =>
    predecessors.flatMap((predecessor) => {
      const from = numberOf.get(predecessor);
      if (from !== undefined) return [{ from, to }];
      report(line, `Task ${id} comes after ${predecessor}, which is not there.`, "Name a task.");
      return [];
    }),
  );
}

/** The rows of words below each heading, up to the next rule of `=`. */
function sectionsOf(text: string): ReadonlyMap<string, readonly Row[]> {
  const sections = new Map<string, Row[]>();
  let open: Row[] | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const words = raw.split(/\s+/).filter((word) => word !== "");
    const heading = HEADINGS.find((known) => words[0] === known);
    if (heading) sections.set(heading, (open = []));
    else if (words[0]?.startsWith("==")) open = undefined;
    else if (words.length > 0) open?.push({ line: index + 1, words });
  }
  return sections;
}
