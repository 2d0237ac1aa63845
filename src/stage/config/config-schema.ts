import { z } from "zod";
import { parseDuration } from "../../core/duration.ts";

/**
 * What may stand in `wavegate.yaml`: names, types and ranges. The JSON Schema for editors is made from it. What
 * depends on more than one value is checked in `check-config.ts`. Every message continues "<key> …, not <value>".
 */

/** A name of a role or an agent. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const NAME_RULE =
  "must be a name of lower-case letters, digits and single dashes, at most 40 characters";
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ENV_PATTERN = /^[A-Za-z_][A-Za-z0-9_]*\*?$/;

const text = (what = "must be text with something in it") =>
  z.string({ error: what }).trim().min(1, what);
const name = () => z.string({ error: NAME_RULE }).max(40, NAME_RULE).regex(NAME, NAME_RULE);

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, error).max(most, error);
};

const listOf = <T extends z.ZodType>(item: T, what: string) =>
  z.array(item, { error: `must be a list of ${what}` }).max(200, "must have at most 200 items");

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

const section = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "invalid_type" ? "must be a group of keys and values" : undefined,
  });

const yesOrNo = () => z.boolean({ error: "must be true or false" });

/** In milliseconds once read. */
const duration = () =>
  z
    .string({ error: "must be a duration with its unit, like 30s, 15m or 2h" })
    .meta({
      pattern: String.raw`^\d{1,12}(\.\d{1,6})?(ms|s|m|h|d)$`,
      examples: ["30s", "15m", "2h"],
    })
    .transform((value, context) => {
      const read = parseDuration(value);
      if (read.ok) return read.value;
      context.addIssue({ code: "custom", message: read.error, params: { kind: "duration" } });
      return z.NEVER;
    });

const agentOptions = section({
  preset: oneOf(["claude", "codex"])
    .optional()
    .describe("A known program, with all it needs filled in."),
  command: listOf(z.string({ error: "must be text" }), "texts: the program and its arguments")
    .min(1, "must name a program")
    .optional()
    .describe(
      "Program and arguments, started without a shell. May hold {prompt}, {promptFile}, {answerFile}, {schemaFile}, {schema}, {cwd}.",
    ),
  args: listOf(z.string({ error: "must be text" }), "texts")
    .optional()
    .describe("Added after the command, or after the preset's."),
  prompt: oneOf(["stdin", "argument", "file"])
    .optional()
    .describe("How the program gets its prompt."),
  answer: oneOf(["stdout", "json-lines", "file"])
    .optional()
    .describe("Where the program leaves its answer."),
  "pass-env": listOf(
    z
      .string()
      .regex(ENV_PATTERN, "must be the name of a variable; a final * stands for any ending"),
    "names of variables",
  )
    .optional()
    .describe("Variables of your environment that the program may see."),
  env: z
    .record(
      z.string().regex(ENV_NAME, "must be the name of a variable"),
      z.string({ error: "must be text (put numbers in quotes)" }),
      { error: "must be a group of names and values; to pass variables on, list them in pass-env" },
    )
    .optional()
    .describe("Fixed values for the program. No secrets: pass those on with pass-env."),
  summary: text().optional().describe("One line for `wavegate agents`."),
});

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

const stageOptions = section({
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
});

export const configFile = section({
  $schema: z.string().optional().describe("For editors. Ignored."),
  version: z
    .literal(1, { error: "must be 1, the only version this wavegate knows" })
    .optional()
    .describe("Version of this file's form."),
  agents: z
    .record(name(), agentOptions, { error: "must be a group of agents by name" })
    .optional()
    .describe("Programs that can play roles, besides `builtin`."),
  stages: section({
    discovery: stageOptions.optional(),
    planning: stageOptions.optional(),
    preparation: stageOptions.optional(),
    review: stageOptions.optional(),
  }).optional(),
  limits: section({
    agents: whole(1, 1_000)
      .optional()
      .describe("Agents at once over all runs and workers of the project."),
  }).optional(),
  worker: section({
    concurrency: whole(1, 256).optional().describe("Runs that one worker executes at once."),
  }).optional(),
  redact: listOf(z.string().regex(ENV_NAME, "must be the name of a variable"), "names of variables")
    .optional()
    .describe("Variables whose values are secret though their names don't say so."),
});

export type ConfigFile = z.infer<typeof configFile>;
export type StageOptions = z.infer<typeof stageOptions>;
export type RoleOptions = z.infer<typeof roleOptions>;
export type HeadOptions = z.infer<typeof headOptions>;
export type AgentOptions = z.infer<typeof agentOptions>;
