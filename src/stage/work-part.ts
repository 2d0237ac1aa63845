/** Work in a run that is done outside of it: the run waits until a person says that it is done. */
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

/** The implementation, which stage B prepares and stage C looks at (S1 §1): by people, as no agents are asked for it yet. */
export const IMPLEMENTATION: WorkPart = {
  name: "implementation",
  title: "Implementation",
  before: "review",
  tasks: ["implementation_plan.md", "tasks.md", "plan.md"],
  message:
    "The plan is approved. Wavegate does not implement with agents yet: build it, then resume.",
};
