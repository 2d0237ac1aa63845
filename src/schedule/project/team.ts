import type { FilePlace } from "../../core/place.ts";

/** People who work together. A file that gives only a size and skills (S3) makes that many of them, all alike: `backend/1`, `backend/2`, … */
export interface Team {
  readonly id: string;
  readonly title: string;
  readonly people: readonly Person[];
  /** `agents` are programs: they work at all hours, and what they share is their provider's limit. */
  readonly kind: "people" | "agents";
  /** Activities at once; as many as there are people where it is not given. */
  readonly concurrent?: number;
  readonly place?: FilePlace;
}

export interface Person {
  readonly id: string;
  readonly title: string;
  readonly skills: readonly Skill[];
  /** Part of the calendar's time that is theirs to give, >0 … 1: `80%` makes the same work take 1.25 times as long. */
  readonly availability: number;
  /** Id of a calendar. */
  readonly calendar: string;
  /** Days, local to the calendar's zone, on which this person is away; both ends included. */
  readonly away: readonly { readonly from: string; readonly to: string }[];
  /** Earlier work with others, by person id: −1 … 1. Settles what makespan leaves open. */
  readonly history: ReadonlyMap<string, number>;
  readonly place?: FilePlace;
}

export interface Skill {
  readonly skill: string;
  /** 1 beginner … 5 expert; 3 where a file names a skill and no level. */
  readonly level: number;
}
