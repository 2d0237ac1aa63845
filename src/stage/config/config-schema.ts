import { z } from "zod";
import { agentFields, type AgentKinds } from "../agents/agent-kind.ts";
import { AGENT_KINDS } from "../agents/kinds.ts";
import {
  duration,
  listOf,
  name,
  oneOf,
  section,
  text,
  variable,
  whole,
  yesOrNo,
} from "./fields.ts";

/**
 * What may stand in `wavegate.config.yaml`: names, types and ranges. The JSON Schema for editors is made from it. What
 * depends on more than one value is checked in `check-config.ts`; what agents have, in `stage/agents`.
 */

const playing = {
  agent: text("must name an agent")
    .optional()
    .describe("Who plays the role: builtin, or a name from `agents`."),
  fallback: text("must name an agent")
    .optional()
    .describe("Asked when the agent's retries are used up."),
  prompt: text().optional().describe("What to do. May hold {feature}, {role} and {stage}."),
  "prompt-file": text("must be the path of a file")
    .optional()
    .describe("The prompt in a file of its own, relative to the configuration."),
  size: oneOf(["simple", "normal", "complex"])
    .optional()
    .describe("simple takes a third of the timeout, complex twice."),
  timeout: duration().optional().describe("Whole time of one attempt, in place of the stage's."),
  stall: duration().optional().describe("Longest silence of one attempt, in place of the stage's."),
};

const headOptions = section(playing);

const roleOptions = section({
  ...playing,
  title: text().optional().describe("For people. Needed for a role of your own."),
  contract: oneOf([
    "requirements_dossier",
    "architecture_design",
    "risk_assessment",
    "project_estimation",
  ])
    .optional()
    .describe("What the role answers with. Needed for a role of your own."),
  needs: listOf(name(), "names of roles").optional().describe("Roles whose answers it waits for."),
  concurrency: whole(1, 64)
    .optional()
    .describe("Of this role at once, over all runs of the project."),
});

const stageFields = {
  profile: oneOf(["coding-agent", "api"]).optional().describe("Set of timeouts to start from."),
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
  }).optional(),
  retry: section({
    retries: whole(0, 10).optional().describe("Attempts after the first."),
    initial: duration()
      .optional()
      .describe("Wait before the first retry; doubled for each further one."),
    max: duration().optional().describe("Longest wait."),
  }).optional(),
  "sequential-second-try": yesOrNo()
    .optional()
    .describe("Try failed roles once more, one after the other, when the quorum is lost."),
  "rework-rounds": whole(0, 10).optional().describe("Most rounds of rework QA can ask for."),
  cache: oneOf(["off", "normal", "aggressive"])
    .optional()
    .describe(
      "Whether earlier answers are used again, and how long: normal by cache-ttl, aggressive at least a day.",
    ),
  "cache-ttl": section({
    agent: duration().optional(),
    review: duration().optional(),
    synthesis: duration().optional(),
    qa: duration().optional(),
  })
    .optional()
    .describe("How long an answer counts, by kind of work."),
  timeouts: section({
    agent: duration().optional(),
    stall: duration().optional(),
    review: duration().optional(),
    synthesis: duration().optional(),
    qa: duration().optional(),
    stage: duration().optional(),
  }).optional(),
  roles: z
    .record(name(), roleOptions, { error: "must be a group of roles by name" })
    .optional()
    .describe("The specialists: options of built-in ones, and roles of your own."),
  reviewer: headOptions.optional(),
  synthesizer: headOptions.optional(),
  qa: headOptions.optional(),
};

const stageOptions = section(stageFields);

const reviewOptions = section({
  ...stageFields,
  audit: yesOrNo()
    .optional()
    .describe(
      "Look for known holes of the dependencies. Sends names and versions of packages to the registry that npm is configured for.",
    ),
  artifacts: listOf(oneOf(["coverage_report.html", "security_scan.json"]), "names of files")
    .optional()
    .describe("What is made besides quality_report.md."),
});

const score = () => whole(0, 100).optional();

/** The file, with the fields of these kinds of agents. */
export const configFileOf = (kinds: AgentKinds) =>
  section({
    $schema: z.string().optional().describe("For editors. Ignored."),
    version: z
      .literal(1, { error: "must be 1, the only version this wavegate knows" })
      .optional()
      .describe("Version of this file's form."),
    agents: z
      .record(name(), section(agentFields(kinds)), { error: "must be a group of agents by name" })
      .optional()
      .describe("Programs that can play roles, besides `builtin`."),
    stages: section({
      planning: stageOptions.optional(),
      preparation: stageOptions.optional(),
      review: reviewOptions.optional(),
    }).optional(),
    scores: section({
      complexity: score(),
      clarity: score(),
      uncertainty: score(),
      debt: score(),
    })
      .optional()
      .describe("Scores, 0 to 100, in place of those that are computed: docs/scores.md."),
    limits: section({
      agents: whole(1, 1_000)
        .optional()
        .describe("Agents at once over all runs and workers of the project."),
    }).optional(),
    worker: section({
      concurrency: whole(1, 256).optional().describe("Runs that one worker executes at once."),
    }).optional(),
    redact: listOf(variable(), "names of variables")
      .optional()
      .describe("Variables whose values are secret though their names don't say so."),
  });

export const configFile = configFileOf(AGENT_KINDS);

export type ConfigFile = z.infer<typeof configFile>;
/** Options of any stage; those that only some have are absent in the others. */
export type StageOptions = z.infer<typeof stageOptions> &
  Partial<Pick<z.infer<typeof reviewOptions>, "audit" | "artifacts">>;
export type RoleOptions = z.infer<typeof roleOptions>;
export type HeadOptions = z.infer<typeof headOptions>;
