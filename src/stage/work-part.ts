/** Work in a run between its stages. Where nobody of the run does it, the run waits until a person says that it is done. */
export type WorkPart = {
  /** For people and events, as a stage's name. */
  readonly name: string;
  readonly title: string;
  /** Stage that looks at the work: it begins when the work is done. */
  readonly before: string;
  /** Documents next to the specification that may hold its tasks; the first that does says what is to be done. */
  readonly tasks: readonly string[];
  /** Said when the run waits. */
  readonly message: string;
};

/** The implementation, which stage B prepares and stage C looks at (S1 §1): by agents where the run has some for it, else by people. */
export const IMPLEMENTATION: WorkPart = {
  name: "implementation",
  title: "Implementation",
  before: "review",
  tasks: ["implementation_plan.md", "tasks.md", "plan.md"],
  message:
    "The plan is approved, and no agent is named that works on tasks: build it, then resume.",
};
