import type { FilePlace } from "../../core/place.ts";
import type { Calendar } from "./calendar.ts";
import type { GivenPlanning } from "./given.ts";
import type { Team } from "./team.ts";

/**
 * What is to be scheduled: who does what, after what, with what, when there is time for it (S3; MISSION WV-01 … WV-03). What plans,
 * team files and S3's JSON say is read into this; `project/compile` makes of it what solvers work on.
 *
 * Work and lags are minutes of working time. Times are local to a zone, written `2024-01-01` (that day's first working minute; of a
 * deadline, its last) or `2024-01-01T09:00`. Ids are unique among their kind, those of activities and sync points together, those of people
 * over all teams; they are only compared, never taken apart.
 */
export interface Project {
  readonly name: string;
  /** Nothing starts before. */
  readonly start: LocalTime;
  /** The time of planning, where work has begun: what is open starts no earlier, what has started goes on from here. `start` without it. */
  readonly now?: LocalTime;
  /** IANA name of the zone that times are written in, e.g. `Europe/Berlin`. */
  readonly zone: string;
  readonly activities: readonly Activity[];
  /** Phases and the like, in the order of the document. */
  readonly groups: readonly Group[];
  readonly links: readonly Link[];
  readonly resources: readonly SharedResource[];
  readonly teams: readonly Team[];
  readonly calendars: readonly Calendar[];
  /** Where all wait for each other; the only barriers there are. */
  readonly syncPoints: readonly SyncPoint[];
  /** Part of everybody's time that is kept free for what goes wrong, 0 … <1. */
  readonly buffer: number;
  /** The whole is wanted by then. */
  readonly deadline?: LocalTime;
  /** Risks and the like that the plan itself names. */
  readonly given?: GivenPlanning;
}

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, in a zone told beside it. */
export type LocalTime = string;

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly deliverables: readonly string[];
  readonly place?: FilePlace;
}

export interface Activity {
  readonly id: string;
  readonly title: string;
  /** Id of its group. */
  readonly group?: string;
  readonly work: Work;
  readonly crew: Crew;
  /** What it holds from its start to its end. */
  readonly uses: readonly Use[];
  readonly notBefore?: LocalTime;
  readonly deadline?: LocalTime;
  readonly progress: Progress;
  readonly place?: FilePlace;
}

/** Minutes of working time from start to end with its crew as asked for, before skill levels and availability. A milestone has 0. */
export interface Work {
  readonly likely: number;
  /** Best and worst case; `optimistic` ≤ `likely` ≤ `pessimistic`. Without them a factor of the likely one is used (`strategy`). */
  readonly optimistic?: number;
  readonly pessimistic?: number;
  /** What the figure rests on, in words: `"3 weeks"`, `complexity 7`, `no figure: 30 minutes`. */
  readonly basis: string;
}

/** Who has to do it. People of one activity are of one team, and there from its start to its end. */
export type Crew =
  /** Nobody: milestones, waiting times. */
  | { readonly kind: "nobody" }
  /** Some people, each need met by other ones. */
  | { readonly kind: "people"; readonly needs: readonly Need[]; readonly only?: Only }
  /** A whole team at once, as S3 gives phases to teams; someone in it has each of the skills. */
  | { readonly kind: "team"; readonly skills: readonly SkillNeed[]; readonly only?: Only };

export interface Need {
  /** Each of them has all of these; anybody where it is empty. */
  readonly skills: readonly SkillNeed[];
  /** ≥ 1 */
  readonly count: number;
}

export interface SkillNeed {
  /** Compared without case and punctuation at its ends (`skillKey`). */
  readonly skill: string;
  /** 1 … 5, as in `Person.skills`: what the estimate is made for. Who has less is slower, who has none can't. 3 where it is not given. */
  readonly level: number;
}

/** Ids of the teams and people that may be chosen; all where it is empty. */
export interface Only {
  readonly teams: readonly string[];
  readonly people: readonly string[];
}

export interface Use {
  /** Id of a shared resource. */
  readonly resource: string;
  /** ≥ 1, at most its capacity. */
  readonly amount: number;
}

/** What happened so far. What has started is never moved, what is done is only looked at. */
export type Progress =
  | { readonly state: "open" }
  | {
      readonly state: "started";
      readonly start: LocalTime;
      /** Minutes of work left at the time of planning. */
      readonly left: number;
      readonly people: readonly string[];
    }
  | {
      readonly state: "done";
      readonly start: LocalTime;
      readonly end: LocalTime;
      readonly people: readonly string[];
    };

export interface Link {
  /** Id of an activity. */
  readonly from: string;
  readonly to: string;
  /** Finish-to-start: `to` starts after `from` ends; and so on. */
  readonly kind: LinkKind;
  /** Minutes of working time between the two; negative is a lead. */
  readonly lag: number;
  /** A soft link of a circle may be passed over, and is then named. */
  readonly strength: "hard" | "soft";
  /** Why it is there, in words: `barrier`, `explicit`, `same file`, … */
  readonly origin: string;
  readonly place?: FilePlace;
}

export type LinkKind = "FS" | "SS" | "FF" | "SF";

/** What several activities can't have at once: files, a database, environments, build slots. */
export interface SharedResource {
  readonly id: string;
  readonly title: string;
  readonly kind: "file" | "database" | "environment" | "build" | "provider" | "other";
  /** Units at a time; 1 is exclusive. */
  readonly capacity: number;
  readonly place?: FilePlace;
}

export interface SyncPoint {
  readonly id: string;
  readonly title: string;
  /** Ids of activities that end before it, and of those that start after. */
  readonly after: readonly string[];
  readonly before: readonly string[];
  /** Minutes that its participants are busy with it. */
  readonly minutes: number;
  /** Ids of teams; their people are all there. */
  readonly participants: readonly string[];
  readonly triggers: readonly string[];
  readonly preparation: readonly string[];
  readonly criteria: readonly string[];
  readonly onFailure: readonly string[];
  readonly deliverables: readonly string[];
  readonly place?: FilePlace;
}
