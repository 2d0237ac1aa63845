/** Something that is held again and again, as data. */
export interface Meeting {
  readonly type: string;
  readonly title: string;
  readonly frequency: "daily" | "weekly";
  /** Minutes after midnight, where that suits all who take part. */
  readonly wanted: number;
  readonly minutes: number;
  /** `team`: one for each team, with all its people. `leads`: one for all, with one of each team. */
  readonly who: "team" | "leads";
  readonly roles: readonly string[];
  readonly agenda: readonly string[];
  readonly deliverables: readonly string[];
  readonly decisionAuthority?: string;
  readonly escalationTriggers: readonly string[];
}

/**
 * S3 `coordination_requirements` (`daily_standup`, 15 minutes) and `communication_schedule`. S3 has no time for the first; after the one of
 * all teams, so that what was said there is passed on, is our choice, and so is that a team sends one of its people there: with all of
 * them S3's own limit for coordination (10 % of the effort) would be spent on standups.
 */
export const MEETINGS: readonly Meeting[] = [
  {
    type: "parallel_team_standup",
    title: "Standup of all parallel teams",
    frequency: "daily",
    wanted: 9 * 60,
    minutes: 30,
    who: "leads",
    roles: ["orchestrator"],
    agenda: [
      "Progress updates",
      "Blockers and dependencies",
      "Coordination needs",
      "Risk assessment",
    ],
    deliverables: [],
    decisionAuthority: "orchestrator",
    escalationTriggers: ["blocked_dependencies", "resource_conflicts", "quality_issues"],
  },
  {
    type: "daily_standup",
    title: "Standup of the team",
    frequency: "daily",
    wanted: 9 * 60 + 30,
    minutes: 15,
    who: "team",
    roles: [],
    agenda: ["Progress updates", "Blockers and dependencies"],
    deliverables: [],
    decisionAuthority: "team_lead",
    escalationTriggers: ["blocked_dependencies"],
  },
  {
    type: "integration_coordination",
    title: "Integration coordination",
    frequency: "weekly",
    wanted: 14 * 60,
    minutes: 60,
    who: "leads",
    roles: ["architect", "orchestrator"],
    agenda: ["Integration progress", "Dependency resolution", "Quality metrics", "Risk review"],
    deliverables: ["Integration status report", "Risk mitigation updates", "Next week priorities"],
    escalationTriggers: [],
  },
];

/** Friday (S3); the last working day of the week where nobody works on Fridays. */
export const WEEKLY_ON = 5;
