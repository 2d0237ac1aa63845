import { z } from "zod";
import { agentFields, type AgentKinds } from "../agents/agent-kind.ts";
import { AGENT_KINDS } from "../agents/kinds.ts";
import { RESOURCE_MODES } from "../rules/resources.ts";
import { SANDBOX_SECTION } from "../sandbox/sandbox-fields.ts";
import { WORKSPACE_SECTION } from "../workspace/workspace-fields.ts";
import { EXECUTION_SECTION } from "./execution-options.ts";
import { MACHINES_SECTION } from "./machines-options.ts";
import { group, listOf, name, oneOf, section, text, variable, whole } from "./fields.ts";
import { secretOptions } from "./secret-options.ts";
import { budget, prices } from "./budget-options.ts";
import { ruleOptions } from "./rule-options.ts";
import {
  cast,
  ownStageOptions,
  preparationOptions,
  PROFILE_NAMES,
  reviewers,
  reviewOptions,
  stageOptions,
} from "./stage-options.ts";

/**
 * What may stand in `wavegate.config.yaml`: names, types and ranges. The JSON Schema for editors is made from it. What
 * depends on more than one value is checked in `check-config.ts`; what agents have, in `stage/agents`.
 */

const score = (about: string) => whole(0, 100).optional().describe(about);

const stages = group(
  {
    discovery: stageOptions.optional().describe("Options of the discovery before planning."),
    planning: stageOptions.optional().describe("Options of `wavegate plan`."),
    preparation: preparationOptions.optional().describe("Options of `wavegate prepare`."),
    review: reviewOptions.optional().describe("Options of `wavegate review`."),
  },
  ownStageOptions,
)
  .optional()
  .describe("Options of the built-in stages, and stages of your own: `wavegate run-stage`.");

const gates = section({
  reviewers: reviewers().describe(
    "Who may decide at the gates, by the name that is recorded. Left out: whoever runs the command.",
  ),
})
  .optional()
  .describe("What holds for the gates of all stages.");

const scores = section({
  complexity: score("How much there is to build, and how entangled it is."),
  clarity: score("How well the specification says what is wanted."),
  uncertainty: score("How much is open or new."),
  debt: score("Technical debt of the repository."),
})
  .optional()
  .describe("Scores, 0 to 100, in place of those that are computed: docs/scores.md.");

const limits = section({
  agents: whole(1, 1_000)
    .optional()
    .describe("Agents at once over all runs and workers of the project."),
  providers: z
    .record(name(), whole(1, 1_000), {
      error: "must be a group of providers by name, each with a number",
    })
    .optional()
    .describe(
      "The most calls of a provider at once over all runs and workers of the project, however many it takes.",
    ),
})
  .optional()
  .describe("What the project may use at once.");

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
    profile: oneOf(PROFILE_NAMES)
      .optional()
      .describe("Set of timeouts to start from, for all stages that name none."),
    roles: z
      .record(name(), section(cast), { error: "must be a group of roles by name" })
      .optional()
      .describe(
        "Who plays the roles of these names in every stage that has them, unless the stage says otherwise.",
      ),
    stages,
    gates,
    scores,
    resources: oneOf(RESOURCE_MODES)
      .optional()
      .describe("auto measures free memory and cores when a stage begins."),
    rules: z
      .record(name(), ruleOptions, { error: "must be a group of rules by name" })
      .optional()
      .describe("Adaptive rules of your own, and built-in ones switched off: docs/rules.md."),
    budget: budget("every run"),
    prices,
    limits,
    worker: section({
      concurrency: whole(1, 256).optional().describe("Runs that one worker executes at once."),
    })
      .optional()
      .describe("Options of `wavegate worker`."),
    prompts: text("must be the path of a folder")
      .optional()
      .describe("Folder with prompts of your own, STAGE/ROLE.md: docs/prompts.md."),
    sandbox: SANDBOX_SECTION,
    execution: EXECUTION_SECTION,
    workspace: WORKSPACE_SECTION,
    machines: MACHINES_SECTION,
    secrets: secretOptions,
    redact: listOf(variable(), "names of variables")
      .optional()
      .describe("Variables whose values are secret though their names don't say so."),
  });

export const configFile = configFileOf(AGENT_KINDS);

export type ConfigFile = z.infer<typeof configFile>;
