/** What kind of work a role does in a stage. */
export type TaskKind = "analysis" | "review" | "synthesis" | "qa";
