/**
 * Sections that rules add to what a stage writes (ST-14): required and checked like those of the stage's contract, asked
 * for in the prompt, and written by the built-in synthesizer from what the documents say.
 */
export interface Addition {
  /** Whose main artifact can have it. */
  readonly stage: "planning" | "preparation";
  /** Heading in the stage's main artifact. */
  readonly section: string;
  /** Said to the synthesizer: what stands in it. */
  readonly instruction: string;
}

/** By name, as rules refer to them. */
export const ADDITIONS = {
  clarifications: {
    stage: "planning",
    section: "Clarifications",
    instruction:
      "every open question with the requirements that wait for it, the answers that the text leaves possible, and what the plan does until it is answered",
  },
  stakeholders: {
    stage: "planning",
    section: "Stakeholder involvement",
    instruction:
      "who has to be asked or shown what, and before which phase, by the actors that the specification names",
  },
  "validation-gates": {
    stage: "planning",
    section: "Validation gates",
    instruction:
      "before each phase what must have been shown or answered, and by which check; a phase whose gate is not passed does not begin",
  },
  prototypes: {
    stage: "planning",
    section: "Prototypes",
    instruction:
      "what to try out first: each open decision or risky piece with the question that a prototype answers and what follows from either outcome",
  },
  assumptions: {
    stage: "planning",
    section: "Explicit assumptions",
    instruction:
      "everything that the plan takes for granted, each with its source, what changes if it is wrong, and when it shows",
  },
  options: {
    stage: "planning",
    section: "Options",
    instruction:
      "for each decision that is not made the ways to go, with what speaks for and against each, and which one the plan follows until then",
  },
  contingency: {
    stage: "planning",
    section: "Contingency",
    instruction:
      "for each risk that is likely or hurts most: the sign by which it shows, what is done then, who does it, and what it costs the plan",
  },
  examples: {
    stage: "planning",
    section: "Examples",
    instruction:
      "one concrete case for each requirement, taken from the acceptance scenarios; requirements without one are named",
  },
  "component-checkpoints": {
    stage: "preparation",
    section: "Component checkpoints",
    instruction:
      "for each module the point at which it is looked at on its own, and what must hold there",
  },
  "testing-rigor": {
    stage: "preparation",
    section: "Testing rigor",
    instruction:
      "for each requirement its cases by kind (works, refused, at the limit), and the kinds that are missing with the reason",
  },
  refactoring: {
    stage: "preparation",
    section: "Refactoring",
    instruction:
      "what of the present code is put in order before or with the change, by what was counted in the repository, and where each piece stands in the order of work",
  },
  "regression-tests": {
    stage: "preparation",
    section: "Regression tests",
    instruction:
      "what of the present behaviour is pinned down by tests before anything is changed, and when the whole suite runs",
  },
  "migration-phases": {
    stage: "preparation",
    section: "Migration phases",
    instruction:
      "the move in at least three steps (both side by side, switched over, the old taken out), each with how it is undone",
  },
  "documentation-rewrite": {
    stage: "preparation",
    section: "Documentation rewrite",
    instruction: "every document that is written anew, for whom, and which present one it replaces",
  },
  "backwards-compatibility": {
    stage: "preparation",
    section: "Backwards compatibility",
    instruction:
      "which present interfaces, data and habits must go on working, how that is tested, and for how long it holds",
  },
  increments: {
    stage: "preparation",
    section: "Increments",
    instruction: "the work cut into phases each of which can be delivered and used on its own",
  },
  checkpoints: {
    stage: "preparation",
    section: "Checkpoints",
    instruction:
      "points within phases at which progress is looked at, at least one for every few tasks",
  },
  "phase-validation": {
    stage: "preparation",
    section: "Validation per phase",
    instruction: "for each phase what is run and looked at before the next one begins",
  },
  rollback: {
    stage: "preparation",
    section: "Rollback",
    instruction:
      "for each phase how to go back to the state before it, with its data, and when one must",
  },
} as const satisfies Readonly<Record<string, Addition>>;

export type AdditionName = keyof typeof ADDITIONS;

/** In the order in which they are written. */
export const ADDITION_NAMES = [
  "clarifications",
  "stakeholders",
  "validation-gates",
  "prototypes",
  "assumptions",
  "options",
  "contingency",
  "examples",
  "component-checkpoints",
  "testing-rigor",
  "refactoring",
  "regression-tests",
  "migration-phases",
  "documentation-rewrite",
  "backwards-compatibility",
  "increments",
  "checkpoints",
  "phase-validation",
  "rollback",
] as const satisfies readonly AdditionName[];
