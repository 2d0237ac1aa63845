import type { CrewNeed, PoolMember } from "../../solver/crew/crew-parts.ts";
import { ableFor, allowedPeople, canStaff } from "../crew-teams.ts";
import { costOfFit, fitOf } from "../fit.ts";
import type { Activity, Crew, Need, Project, SkillNeed, SyncPoint } from "../project.ts";
import { skillFactor, teamSkillFactor, timeFactor } from "../skills.ts";
import type { Person, Team } from "../team.ts";

type Staffed = Exclude<Crew, { readonly kind: "nobody" }>;

/** The people of a project by number, and the pools that activities draw from; each pool is made once. */
export class People {
  readonly all: readonly { readonly person: Person; readonly team: Team }[];
  readonly pools: PoolMember[][] = [];
  /** What work times of somebody are multiplied by. */
  readonly factors = new Set<number>([1]);
  readonly #buffer: number;
  readonly #numbers = new Map<string, number>();
  readonly #needs = new Map<string, readonly CrewNeed[] | "none">();
  readonly #pools = new Map<string, number>();

  constructor({ teams, buffer }: Project) {
    this.#buffer = buffer;
    this.all = teams.flatMap((team) => team.people.map((person) => ({ person, team })));
    for (const [number, { person }] of this.all.entries()) this.#numbers.set(person.id, number);
  }

  numberOf(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  /** What an activity needs of a team; undefined where the team can't do it. */
  needsOf({ crew }: Activity, team: Team): readonly CrewNeed[] | undefined {
    if (crew.kind === "nobody") return [];
    const key = JSON.stringify([team.id, crew]);
    const known = this.#needs.get(key);
    if (known !== undefined) return known === "none" ? undefined : known;
    const needs = this.#makeNeeds(crew, team);
    this.#needs.set(key, needs ?? "none");
    return needs;
  }

  #makeNeeds(crew: Staffed, team: Team): readonly CrewNeed[] | undefined {
    const people = allowedPeople(crew, team);
    if (crew.kind === "team") return this.#wholeTeam({ ...team, people }, crew.skills);
    if (!canStaff(crew.needs, people)) return undefined;
    return crew.needs.map((need) => ({
      pool: this.#pool(ableFor(need, people).map((person) => this.#member(person, team, need))),
      count: need.count,
    }));
  }

  /** All people of the teams that take part, for as long as it takes. */
  everybodyOf({ participants }: SyncPoint): readonly CrewNeed[] {
    const people = new Set(
      this.all.flatMap(({ team }, number) => (participants.includes(team.id) ? [number] : [])),
    );
    if (people.size === 0) return [];
    const members = [...people].map((person) => ({ person, factor: 1, cost: 0 }));
    return [{ pool: this.#pool(members), count: people.size }];
  }

  /** How much longer work takes somebody, skills aside. */
  timeFactorOf(number: number): number {
    const found = this.all[number];
    return found ? timeFactor(found.person, found.team, this.#buffer) : 1;
  }

  /** Each as slow as their own time makes them, and all as slow as the skill makes the team. */
  #wholeTeam(team: Team, skills: readonly SkillNeed[]): readonly CrewNeed[] | undefined {
    const slower = teamSkillFactor(team, skills);
    if (slower === undefined || team.people.length === 0) return undefined;
    const byFactor = new Map<number, PoolMember[]>();
    for (const person of team.people) {
      const factor = round(slower * timeFactor(person, team, this.#buffer));
      const member = { person: this.#numbers.get(person.id) ?? 0, factor, cost: 0 };
      byFactor.set(factor, [...(byFactor.get(factor) ?? []), member]);
    }
    return [...byFactor.values()].map((members) => ({
      pool: this.#pool(members),
      count: members.length,
    }));
  }

  #member(person: Person, team: Team, { skills }: Need): Required<PoolMember> {
    return {
      person: this.#numbers.get(person.id) ?? 0,
      factor: round((skillFactor(person, skills) ?? 1) * timeFactor(person, team, this.#buffer)),
      cost: costOfFit(fitOf(person, team, skills)),
    };
  }

  #pool(members: readonly PoolMember[]): number {
    const key = members.map(({ person, factor, cost }) => `${person}*${factor}+${cost}`).join(" ");
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    for (const { factor = 1 } of members) this.factors.add(factor);
    this.pools.push([...members]);
    this.#pools.set(key, this.pools.length - 1);
    return this.pools.length - 1;
  }
}

/** Six digits: products of factors that are equal on paper are equal here. */
const round = (factor: number): number => Math.round(factor * 1e6) / 1e6;
