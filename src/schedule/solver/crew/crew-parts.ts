/**
 * What a problem with people is made of (multi-skill project scheduling: Bellenguez-Morineau and Néron 2005; options as the modes of Talbot
 * 1982): integer ticks, people and resources by number. `crewPartFaults` tells what is wrong with parts, `makeCrewProblem` takes good ones.
 */
export interface CrewParts {
  readonly activities: readonly CrewActivity[];
  /** They have no cycle. */
  readonly arcs: readonly CrewArc[];
  /** Units of each shared resource, the same at all times. */
  readonly capacities: readonly number[];
  /** For each person, when they do not work: sorted, apart from each other. */
  readonly absences: readonly (readonly Interval[])[];
  /** Sets of people who can do something, which needs name by number: those who have a skill at a level. */
  readonly pools: readonly (readonly PoolMember[])[];
}

/** From a tick up to, but not with, another. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export interface PoolMember {
  readonly person: number;
  /** How much longer than estimated they take: 1 is as estimated, 1.25 a quarter more. */
  readonly factor?: number;
  /** How little they are wanted for it: 0 is the best. Counts after makespan and lateness. */
  readonly cost?: number;
}

/** How one activity waits for another: which end of `from`, then which of `to`; s(to) or e(to) ≥ s(from) or e(from) + lag. */
export type LinkKind = "FS" | "SS" | "FF" | "SF";

export interface CrewArc {
  readonly from: number;
  readonly to: number;
  readonly kind?: LinkKind;
  readonly lag?: number;
}

export interface CrewActivity {
  /** Ways to do it, at least one. */
  readonly options: readonly CrewOption[];
  /** It starts no earlier. */
  readonly release?: number;
  /** What it ends after this is its lateness. */
  readonly deadline?: number;
  /** It has started or ended: it stays where it is, whatever it waits for. */
  readonly fixed?: FixedPlace;
}

export interface FixedPlace {
  readonly start: number;
  readonly end: number;
  readonly people: readonly number[];
  /** The option that was taken, whose resources it uses; the first one if it is not said. */
  readonly option?: number;
}

/** An activity lasts from its start to the latest end among its people; without people, as many ticks as it has work. */
export interface CrewOption {
  /** Ticks that each of its people works, times their factor; their absences come on top. */
  readonly work: number;
  readonly demands?: readonly CrewDemand[];
  /** Everybody serves one need. */
  readonly needs?: readonly CrewNeed[];
  /** How little it is wanted: 0 is the best. Counts after makespan and lateness. */
  readonly cost?: number;
}

export interface CrewDemand {
  readonly resource: number;
  readonly amount: number;
}

export interface CrewNeed {
  readonly pool: number;
  /** People of the pool who work at the same time, at least 1. */
  readonly count: number;
}
