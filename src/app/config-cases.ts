import { WavegateError } from "../core/error.ts";
import { err, ok, type Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import { AGENT_KINDS } from "../stage/agents/kinds.ts";
import { BUILT_IN_STAGES, STAGE_NAMES } from "../stage/built-in/stages.ts";
import { configFile } from "../stage/config/config-schema.ts";
import { effectiveConfig, type Setting } from "../stage/config/effective-config.ts";
import { ANY_NAME, explainKey, type ExplainedKey } from "../stage/config/explain-key.ts";
import type { StageWishes } from "../stage/config/resolve-stage.ts";
import type { AppPorts, Settings } from "./app-ports.ts";
import { unknownAgent, whereRead } from "./start-run.ts";

/** A configuration without problems. */
export interface CheckedConfig {
  /** Its name in the project; null where there is none. */
  readonly file: string | null;
  /** The agents that it defines. */
  readonly agents: readonly string[];
  /** The built-in stages, and its own. */
  readonly stages: readonly string[];
}

export interface PrintedConfig {
  readonly file: string | null;
  readonly settings: readonly Setting[];
}

export interface ExplainedConfig extends ExplainedKey {
  readonly file: string | null;
  /** What holds where nothing is set; several where the built-in stages differ. Empty for what has no default. */
  readonly defaults: readonly Setting[];
  /** What holds now and was set; null when the configuration has problems. */
  readonly set: readonly Setting[] | null;
}

export type PrintRequest = StageWishes & { readonly key?: string };

const privateFields = AGENT_KINDS.flatMap((kind) => kind.privateFields);

/** The configuration as it holds: valid, or all its problems. */
export async function checkedConfig(
  ports: Pick<AppPorts, "settings">,
): Promise<Result<CheckedConfig, WavegateError>> {
  const settings = await ports.settings();
  if (!settings.ok) return settings;
  const { configFile: file, agentPlaces, stageNames } = settings.value;
  return ok({ file, agents: Object.keys(agentPlaces), stages: stageNames });
}

/** Every value that holds, with where it comes from; those at or below `key`, where one is given. */
export async function printedConfig(
  ports: AppPorts,
  { key, ...wishes }: PrintRequest,
): Promise<Result<PrintedConfig, WavegateError>> {
  const settings = await ports.settings();
  if (!settings.ok) return settings;
  const { configFile: file } = settings.value;
  const agents = await ports.agents();
  if (wishes.agent !== undefined && !agents.has(wishes.agent))
    return err(unknownAgent(wishes.agent, [...agents.keys()], whereRead(ports, file)));
  const all = settingsNow(ports, settings.value, wishes);
  if (key === undefined) return ok({ file, settings: all });
  const chosen = all.filter((one) => one.key === key || one.key.startsWith(`${key}.`));
  return chosen.length > 0 ? ok({ file, settings: chosen }) : err(nothingThere(key));
}

/** What a key means, what holds without the file, and what the file says. Works with a configuration that has problems, too. */
export async function explainedConfig(
  ports: AppPorts,
  key: string,
): Promise<Result<ExplainedConfig, WavegateError>> {
  const found = explainKey(configFile, key);
  if (!found.ok)
    return err(
      new WavegateError("USAGE", `The configuration has no key "${oneLine(key, 80)}".`, {
        hint: oneLine(found.error, 400),
      }),
    );
  const settings = await ports.settings();
  const at = ({ path }: Setting) => matches(found.value.path, path);
  return ok({
    ...found.value,
    file: settings.ok ? settings.value.configFile : null,
    defaults: found.value.keys.length > 0 ? [] : defaultSettings().filter(at),
    set: settings.ok
      ? settingsNow(ports, settings.value, {}).filter(
          (one) => one.source.kind === "file" && at(one),
        )
      : null,
  });
}

const settingsNow = (
  ports: AppPorts,
  settings: Settings,
  wishes: StageWishes,
): readonly Setting[] => [
  ...ports.environment.map(({ name, value }): Setting => ({
    key: name,
    path: [name],
    value,
    hidden: value === null,
    source: { kind: "environment" },
  })),
  ...effectiveConfig({
    written: settings.written,
    locate: settings.locate,
    stages: settings.stageNames.map((name) => settings.stage(name, wishes)),
    reviewers: settings.reviewers,
    promptPlaces: settings.promptPlaces,
    wishes,
    privateFields,
  }),
];

const defaultSettings = (): readonly Setting[] =>
  effectiveConfig({
    written: {},
    locate: () => ({ file: "" }),
    stages: STAGE_NAMES.map((name) => BUILT_IN_STAGES[name]),
    reviewers: () => null,
    promptPlaces: {},
    wishes: {},
    privateFields,
  });

/** Whether a setting is at or below a key in which `NAME` stands for any name. */
const matches = (key: readonly string[], path: Setting["path"]): boolean =>
  key.length <= path.length &&
  key.every((step, index) => step === ANY_NAME || step === String(path[index]));

function nothingThere(key: string): WavegateError {
  const found = explainKey(configFile, key);
  return new WavegateError("USAGE", `Nothing is set at "${oneLine(key, 80)}".`, {
    hint: found.ok
      ? `Say what it means with: wavegate config explain ${oneLine(key, 80)}`
      : oneLine(found.error, 400),
  });
}
