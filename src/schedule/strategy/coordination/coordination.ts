import type { Point } from "../timeline.ts";
import type { Price } from "../waves.ts";

/** How those who work at the same time keep together: S3 `session_coordination` and `coordination_protocols` (MISSION WV-07, WV-08). */
export interface Coordination {
  readonly sessions: readonly Session[];
  readonly sessionRules: SessionRules;
  readonly syncs: readonly SyncPlan[];
  readonly communications: readonly Communication[];
  readonly decisions: DecisionRules;
}

/** One agent's or team's work on one unit of a wave. */
export interface Session {
  /** `session_001`, in the order in which they start. */
  readonly id: string;
  /** Id of a group or activity. */
  readonly unit: string;
  readonly wave: number;
  readonly team: string;
  readonly activities: readonly string[];
  readonly start: Point;
  readonly end: Point;
  /** Where it stands in the lifecycle now. */
  readonly state: "created" | "active" | "completed";
  /** Ids of sessions that it waits for. */
  readonly waitsFor: readonly string[];
}

export interface SessionRules {
  readonly strategy: string;
  readonly idFormat: string;
  readonly stateLocation: string;
  readonly lifecycle: readonly string[];
  /** Sync after so many interactions. */
  readonly syncEvery: number;
  readonly protocol: string;
  readonly messageTypes: readonly string[];
  readonly frequency: string;
  /** Minutes until each is escalated; 0 is at once. */
  readonly escalation: Readonly<Record<EscalationKind, number>>;
  readonly syncMechanisms: readonly string[];
  readonly conflictDetection: string;
  readonly conflictResolution: string;
  readonly backup: string;
}

export type EscalationKind = "conflictTimeout" | "dependencyBlocking" | "qualityGateFailure";

/** A sync point with its time and with what it costs that all wait there. */
export interface SyncPlan {
  readonly id: string;
  readonly name: string;
  readonly start: Point;
  readonly end: Point;
  readonly wave: number;
  readonly triggers: readonly string[];
  /** Ids of teams and of sessions. */
  readonly participants: readonly string[];
  readonly sessions: readonly string[];
  readonly minutes: number;
  /** Participants' minutes, all together. */
  readonly effort: number;
  readonly preparation: readonly string[];
  readonly criteria: readonly string[];
  readonly onFailure: readonly string[];
  readonly deliverables: readonly string[];
  /** Minutes that the whole takes longer for it, by scheduling anew without it. Undefined where that was not tried. */
  readonly costs?: Price;
}

/** Something that is held again and again. */
export interface Communication {
  /** S3's `communication_type`, or of our own; with the team's id where each team has one. */
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly recurrence: Recurrence;
  /** `09:00`, local to `zone`. */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
  /** Ids of teams that do not work then: there is no time that suits all. */
  readonly outsideHoursOf: readonly string[];
  readonly minutes: number;
  /** Ids of teams, and roles. */
  readonly teams: readonly string[];
  readonly roles: readonly string[];
  /** People who are there. */
  readonly headcount: number;
  /** How often it is held between the schedule's start and end. */
  readonly occurrences: number;
  /** Person-minutes in all. */
  readonly effort: number;
  readonly agenda: readonly string[];
  readonly deliverables: readonly string[];
  readonly decisionAuthority?: string;
  readonly escalationTriggers: readonly string[];
  /** From and until when. */
  readonly start: Point;
  readonly end: Point;
}

export type Recurrence =
  /** Every working day. */
  | { readonly kind: "daily" }
  /** 1 Monday … 7 Sunday. */
  | { readonly kind: "weekly"; readonly weekday: number };

/** Who decides what, and when it goes up: S3 `decision_making`. */
export interface DecisionRules {
  /** From the first to be asked to the last. */
  readonly hierarchy: readonly string[];
  readonly types: Readonly<Record<DecisionKind, string>>;
  readonly escalation: readonly EscalationRule[];
  readonly source: string;
}

export type DecisionKind = "technical" | "coordination" | "resource" | "quality";

export interface EscalationRule {
  readonly concern: string;
  /** S3's word for it. */
  readonly when: string;
  /** Minutes, where it is a time. */
  readonly after?: number;
  readonly to: string;
}
