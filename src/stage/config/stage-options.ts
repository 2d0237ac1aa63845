import { z } from "zod";
import { budget } from "./budget-options.ts";
import {
  duration,
  fileName,
  listOf,
  name,
  oneOf,
  personName,
  section,
  text,
  whole,
  yesOrNo,
} from "./fields.ts";

/** What may stand under one name of `stages`. */

export const PROFILE_NAMES = ["coding-agent", "api"] as const;

/** What a specialist can answer with; leads have contracts of their own. */
const ROLE_CONTRACTS = [
  "requirements_dossier",
  "architecture_design",
  "risk_assessment",
  "project_estimation",
  "core_implementation",
  "integration_design",
  "test_strategy",
  "documentation_plan",
  "completeness_assessment",
  "feasibility_assessment",
  "security_assessment",
  "consistency_assessment",
  "clarification_questions",
  "planning_assumptions",
  "discovery_scope",
  "analysis_report",
] as const;

/** People as they are recorded with their decisions. */
export const reviewers = () =>
  listOf(personName(), "names of people").min(1, "must name at least one person").optional();

/** Who plays a role. */
export const cast = {
  agent: text("must name an agent")
    .optional()
    .describe("Who plays the role: builtin, or a name from `agents`."),
  fallback: text("must name an agent")
    .optional()
    .describe("Asked when the agent's retries are used up."),
};

/** In MiB; 0 is no limit. */
const memory = () => whole(0, 1_048_576).optional();

const playing = {
  ...cast,
  prompt: text().optional().describe("What to do. May hold {feature}, {role} and {stage}."),
  "prompt-file": text("must be the path of a file")
    .optional()
    .describe("The prompt in a file of its own, relative to the configuration."),
  size: oneOf(["simple", "normal", "complex"])
    .optional()
    .describe("simple takes a third of the timeout, complex twice."),
  timeout: duration().optional().describe("Whole time of one attempt, in place of the stage's."),
  stall: duration().optional().describe("Longest silence of one attempt, in place of the stage's."),
  memory: memory().describe(
    "Memory of its agent's processes together, in MiB, in place of the stage's; 0 for no limit.",
  ),
  budget: budget("the role"),
};

const headOptions = section(playing);

const roleOptions = section({
  ...playing,
  title: text().optional().describe("For people. Needed for a role of your own."),
  contract: oneOf(ROLE_CONTRACTS)
    .optional()
    .describe("What the role answers with. Needed for a role of your own."),
  needs: listOf(name(), "names of roles").optional().describe("Roles whose answers it waits for."),
  concurrency: whole(1, 64)
    .optional()
    .describe("Of this role at once, over all runs of the project."),
});

/** What only stages of one's own have: the built-in ones bring theirs. */
const ownStage = {
  title: text().optional().describe("For people. Needed for a stage of your own."),
  artifacts: listOf(
    section({
      name: fileName().describe("File name; approval writes it next to the specification."),
      required: yesOrNo()
        .optional()
        .describe("Whether the stage can end without it. Default true."),
      sections: listOf(text(), "headings")
        .optional()
        .describe("Headings that must be there, each with text under it."),
    }),
    "artifacts",
  )
    .min(1, "must name at least one artifact")
    .optional()
    .describe("What a stage of your own produces. Needed there."),
  checks: oneOf(["report", "plan", "implementation-plan"])
    .optional()
    .describe(
      "Deterministic checks of the artifacts: report checks sections, ids and links; the others the tasks of a plan, too.",
    ),
  reads: listOf(fileName(), "file names")
    .optional()
    .describe(
      "Documents next to the specification that the roles get; repository.json stands for what is measured of the project.",
    ),
  requires: listOf(
    section({
      name: fileName().describe("File name, next to the specification."),
      "approved-by": name()
        .optional()
        .describe("Stage at whose gate it must have been approved, unchanged since."),
      or: listOf(fileName(), "file names").optional().describe("Files that serve instead."),
    }),
    "documents",
  )
    .optional()
    .describe("What must be there before the stage starts."),
  closing: section({
    message: text().optional().describe("Said when the stage is approved and written."),
    "next-steps": listOf(text(), "texts").optional().describe("What people can do next."),
  })
    .optional()
    .describe("What is said at the end."),
};

const stageFields = {
  profile: oneOf(PROFILE_NAMES).optional().describe("Set of timeouts to start from."),
  concurrency: whole(1, 64).optional().describe("Specialists at once in one run."),
  quorum: section({
    minimum: whole(1, 50).optional().describe("At least this many roles must succeed."),
    ratio: z
      .number({ error: "must be a number from 0 to 1" })
      .min(0, "must be a number from 0 to 1")
      .max(1, "must be a number from 0 to 1")
      .optional()
      .describe("At least this part of all roles, rounded up."),
    required: listOf(name(), "names of roles").optional().describe("These must succeed."),
  })
    .optional()
    .describe("How many roles must succeed for the review to start: all three must hold."),
  retry: section({
    retries: whole(0, 10).optional().describe("Attempts after the first."),
    initial: duration()
      .optional()
      .describe("Wait before the first retry; doubled for each further one."),
    max: duration().optional().describe("Longest wait."),
  })
    .optional()
    .describe("How a failed attempt is tried again."),
  "sequential-second-try": yesOrNo()
    .optional()
    .describe("Try failed roles once more, one after the other, when the quorum is lost."),
  "synthesis-iterations": whole(1, 5)
    .optional()
    .describe("How often the synthesizer writes before QA looks, each time on its own draft."),
  "rework-rounds": whole(0, 10).optional().describe("Most rounds of rework QA can ask for."),
  memory: memory().describe(
    "Memory of one agent's processes together, in MiB; 0 for no limit. Default: 256 in the profile api (512 for complex roles), none for coding agents.",
  ),
  budget: budget("the stage"),
  cache: oneOf(["off", "normal", "aggressive"])
    .optional()
    .describe(
      "Whether earlier answers are used again, and how long: normal by cache-ttl, aggressive at least a day.",
    ),
  "cache-ttl": section({
    agent: duration().optional().describe("For answers of specialists."),
    review: duration().optional().describe("For answers of the reviewer."),
    synthesis: duration().optional().describe("For answers of the synthesizer."),
    qa: duration().optional().describe("For answers of QA."),
  })
    .optional()
    .describe("How long an answer counts, by kind of work."),
  timeouts: section({
    agent: duration().optional().describe("Whole time of one attempt of a specialist."),
    stall: duration().optional().describe("Longest silence of any attempt."),
    review: duration().optional().describe("Whole time of one attempt of the reviewer."),
    synthesis: duration().optional().describe("Whole time of one attempt of the synthesizer."),
    qa: duration().optional().describe("Whole time of one attempt of QA."),
    stage: duration()
      .optional()
      .describe("The stage up to its gate; the time of people is not counted."),
  })
    .optional()
    .describe("How long things may take, in place of the profile's times."),
  roles: z
    .record(name(), roleOptions, { error: "must be a group of roles by name" })
    .optional()
    .describe("The specialists: options of built-in ones, and roles of your own."),
  reviewer: headOptions.optional().describe("Reconciles what the specialists say."),
  synthesizer: headOptions.optional().describe("Writes the artifacts."),
  qa: headOptions.optional().describe("Checks the artifacts, asks for rework, signs off."),
  gate: section({
    prompt: text().optional().describe("What the gate asks. Needs no name or placeholder."),
    reviewers: reviewers().describe(
      "Who may decide at this gate, in place of gates.reviewers. Left out: whoever runs the command.",
    ),
  })
    .optional()
    .describe("Where the stage waits for a decision."),
};

/** What every built-in stage takes. */
export const stageOptions = section(stageFields);

/** What preparation takes besides. */
export const preparationOptions = section({
  ...stageFields,
  implementation: oneOf(["whole", "phased"])
    .optional()
    .describe("phased cuts the work into phases that are validated one by one."),
});

const ON_DEMAND = ["coverage_report.html", "security_scan.json"] as const;

/** What quality review takes besides. */
export const reviewOptions = section({
  ...stageFields,
  audit: yesOrNo()
    .optional()
    .describe(
      "Look for known holes of the dependencies. Sends names and versions of packages to the registry that npm is configured for.",
    ),
  artifacts: listOf(oneOf(ON_DEMAND), "names of files")
    .optional()
    .describe("What is made besides quality_report.md."),
});

/** What a stage of one's own takes. */
export const ownStageOptions = section({ ...stageFields, ...ownStage });

/** Artifacts of quality review that are made only when they are asked for. */
export type OnDemand = (typeof ON_DEMAND)[number];

/** What a stage of one's own says of one artifact. */
export type OwnArtifact = NonNullable<z.infer<typeof ownStageOptions>["artifacts"]>[number];

/** Options of any stage; those that only some have are absent in the others. */
export type StageOptions = Omit<z.infer<typeof ownStageOptions>, "artifacts"> &
  Partial<Pick<z.infer<typeof reviewOptions>, "audit">> &
  Partial<Pick<z.infer<typeof preparationOptions>, "implementation">> & {
    /** Of quality review: what it makes on demand; of one's own stages: what they make. */
    readonly artifacts?: readonly (OnDemand | OwnArtifact)[] | undefined;
  };
export type RoleOptions = z.infer<typeof roleOptions>;
export type HeadOptions = z.infer<typeof headOptions>;
