import { compareDiagnostics, type Diagnostic } from "../../core/diagnostic.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { AgentKinds, AnyDefinition } from "../agents/agent-kind.ts";
import { AGENT_KINDS } from "../agents/kinds.ts";
import { STAGE_NAMES } from "../built-in/stages.ts";
import type { StageSpec } from "../stage-spec.ts";
import { checkAgent, checkAgentName } from "./check-agents.ts";
import { checkOwnStage } from "./check-own-stage.ts";
import { checkPlayers } from "./check-players.ts";
import { withPrompts, type ReadPrompt } from "./check-prompts.ts";
import { withPromptFolder, type ReadPromptFolder } from "./prompt-folder.ts";
import { agentCosts } from "./agent-costs.ts";
import { checkPrices } from "./check-prices.ts";
import { checkRoles } from "./check-roles.ts";
import { checkRules } from "./check-rules.ts";
import { checkSandbox } from "./check-sandbox.ts";
import { toConfig, type Config } from "./config.ts";
import { configFileOf, type ConfigFile } from "./config-schema.ts";
import { checkSecrets } from "./secret-options.ts";
import { inheritOptions } from "./inherit-options.ts";
import type { ConfigPath, Locate } from "./locate.ts";
import { baseStage } from "./own-stage.ts";
import { toDiagnostic, type Problem, type Report } from "./report.ts";
import { resolveStage } from "./resolve-stage.ts";
import { schemaProblems, withoutProblems } from "./schema-problems.ts";
import type { StageOptions } from "./stage-options.ts";

export interface CheckContext {
  readonly locate: Locate;
  readonly readPrompt: ReadPrompt;
  /** Left out: there is no folder of prompts. */
  readonly readPromptFolder?: ReadPromptFolder;
  /** Names of agents that are there besides those of the file and `builtin`. */
  readonly given?: readonly string[];
}

/**
 * Checks configurations with agents of these kinds. The check gives the configuration, or everything that is wrong with
 * it at once. What the schema refuses is left out before the rest is checked, so that one mistake hides no other. Never
 * throws, whatever the value is.
 */
export function createConfigCheck<Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
): (value: unknown, context: CheckContext) => Result<Config<Definition>, readonly Diagnostic[]> {
  const schema = configFileOf(kinds);
  const privateFields = kinds.flatMap((kind) => kind.privateFields);
  return (value, context) => {
    const parsed = schema.safeParse(value);
    const problems: Problem[] = parsed.success
      ? []
      : [...schemaProblems(parsed.error.issues, { root: value, schema, privateFields })];
    const wrong = problems.map(({ path }) => path);
    const rest = parsed.success ? parsed : schema.safeParse(withoutProblems(value, problems) ?? {});
    const meaning = { ...context, kinds, wrong, names: agentNames(value) };
    const config = rest.success
      ? checkMeaning(rest.data, meaning, (problem) => problems.push(problem))
      : undefined;
    if (config && problems.length === 0) return ok(config);
    return err(
      problems.map((problem) => toDiagnostic(problem, context.locate)).toSorted(compareDiagnostics),
    );
  };
}

/** Checks configurations with the agents that there are. */
export const checkConfig = createConfigCheck(AGENT_KINDS);

interface MeaningContext extends CheckContext {
  /** Where the schema has found something. */
  readonly wrong: readonly ConfigPath[];
  readonly names: readonly string[];
}

function checkMeaning<Definition extends AnyDefinition>(
  file: ConfigFile,
  context: MeaningContext & { readonly kinds: AgentKinds<Definition> },
  report: Report,
): Config<Definition> {
  const { kinds, locate, readPrompt, given = [], readPromptFolder = () => undefined } = context;
  const touched = (path: ConfigPath) =>
    context.wrong.some((other) => path.every((step, index) => other[index] === step));
  for (const [name, options] of Object.entries(file.agents ?? {})) {
    checkAgentName(name, given, report);
    if (!touched(["agents", name])) checkAgent(kinds, name, options, report);
  }

  const names = [...new Set([...STAGE_NAMES, ...Object.keys(file.stages ?? {})])];
  const { stages: told, places: promptPlaces } = withPromptFolder(
    Object.fromEntries(names.map((name) => [name, file.stages?.[name] ?? {}])),
    { folder: file.prompts, read: readPromptFolder, report },
  );
  const written = Object.fromEntries(
    names.map((name) => {
      const path = ["stages", name];
      return [name, withPrompts(path, told[name] ?? {}, { readPrompt, report })];
    }),
  );
  const known = ["builtin", ...given, ...context.names];
  checkPlayers(file, written, known, report);
  const stages = Object.fromEntries(
    Object.entries(written).map(([name, own]) => {
      const options = inheritOptions(name, own, file);
      checkOwnStage({ name, options, stages: names, touched }, report);
      checkStage(name, options, { locate, touched, report });
      return [name, options];
    }),
  );
  checkSandbox(file, touched, report);
  const specs = Object.entries(stages).map(([name, options]) =>
    resolveStage(options, baseStage(name, options)),
  );
  checkPrices({ file, stages: specs, costs: agentCosts(kinds, file), touched }, report);
  checkRules({ file, stages: names, touched, locate }, report);
  const config = toConfig(kinds, file, stages, locate);
  checkSecrets(file.secrets ?? {}, kinds, config.agents, report);
  return { ...config, promptPlaces };
}

/** What is wrong with a stage as it would run. */
function checkStage(
  name: string,
  options: StageOptions,
  context: {
    readonly locate: Locate;
    readonly touched: (path: ConfigPath) => boolean;
    readonly report: Report;
  },
): void {
  const path = ["stages", name];
  const base = baseStage(name, options);
  const stage = resolveStage(options, base);
  const builtInRoles = new Set(base.roles.map((role) => role.name));
  checkRoles({ path, options, stage, builtInRoles, ...context }, context.report);
  checkTimes(path, { stage, options }, context.report);
}

function checkTimes(
  path: ConfigPath,
  { stage, options }: { readonly stage: StageSpec; readonly options: StageOptions },
  report: Report,
): void {
  if (stage.retry.initialMs > stage.retry.maxMs)
    report({
      code: "CONFIG_CONTRADICTION",
      path: [...path, "retry", options.retry?.initial === undefined ? "max" : "initial"],
      part: "value",
      message: "The first wait before a retry is longer than the longest.",
      hint: "Make retry.initial at most retry.max.",
    });
}

/** Names under `agents`, also of those that are defined wrongly: they are no unknown agents. */
function agentNames(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null || !("agents" in value)) return [];
  return typeof value.agents === "object" && value.agents !== null ? Object.keys(value.agents) : [];
}
