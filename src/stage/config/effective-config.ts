import type { Json } from "../../core/json.ts";
import { toJson } from "../../core/json.ts";
import type { FilePlace } from "../../core/place.ts";
import type { StageSpec } from "../stage-spec.ts";
import { DEFAULTS } from "./defaults.ts";
import type { PromptPlaces } from "./prompt-folder.ts";
import { showPath, type ConfigPath, type Locate } from "./locate.ts";
import type { StageWishes } from "./resolve-stage.ts";
import { stageAsOptions } from "./stage-as-options.ts";

/** Where a value comes from. */
export type Source =
  | { readonly kind: "file"; readonly place: FilePlace }
  | { readonly kind: "flag"; readonly flag: string }
  | { readonly kind: "environment" }
  | { readonly kind: "profile"; readonly profile: string }
  | { readonly kind: "default" };

/** One value of the configuration as it holds. */
export interface Setting {
  readonly key: string;
  readonly path: ConfigPath;
  /** Null where nothing is set and nothing holds, and for what may be secret. */
  readonly value: Json;
  readonly hidden: boolean;
  readonly source: Source;
}

/** What the settings are made of. */
export interface EffectiveInput {
  /** The file's value as it is written; an empty group where there is none. */
  readonly written: unknown;
  readonly locate: Locate;
  /** The stages as they would run, with the wishes in them. */
  readonly stages: readonly StageSpec[];
  readonly reviewers: (stage: string) => readonly string[] | null;
  readonly promptPlaces: PromptPlaces;
  /** What flags ask for. */
  readonly wishes: StageWishes;
  /** Fields of agents whose values are never repeated. */
  readonly privateFields: readonly string[];
}

/** Every value of the configuration as it holds, each with where it comes from: general ones first, then stage by stage. */
export function effectiveConfig(input: EffectiveInput): readonly Setting[] {
  const { stages: _stages, $schema: _schema, ...written } = groupOf(toJson(input.written ?? {}));
  return [
    ...leavesOf(merged(DEFAULTS, written)).map((leaf) => setting(input, leaf, [leaf.path])),
    ...input.stages.flatMap((stage) =>
      leavesOf(stageAsOptions(stage, input.reviewers(stage.name))).map(({ path, value }) =>
        stageSetting(input, stage, { path, value }),
      ),
    ),
  ];
}

interface Leaf {
  readonly path: ConfigPath;
  readonly value: Json;
}

type Group = { readonly [key: string]: Json };

const isGroup = (value: Json | undefined): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const groupOf = (value: Json): Group => (isGroup(value) ? value : {});

/** One over the other; what is absent or null above is as below. */
function merged(below: Group, above: Group): Group {
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key): [string, Json] => {
      const under = below[key];
      const over = above[key] ?? under ?? null;
      return [key, isGroup(under) && isGroup(over) ? merged(under, over) : over];
    }),
  );
}

/** Lists are values of their own. */
const leavesOf = (value: Json, path: ConfigPath = []): readonly Leaf[] =>
  isGroup(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]))
    : [{ path, value }];

function stageSetting(input: EffectiveInput, stage: StageSpec, { path, value }: Leaf): Setting {
  const full = ["stages", stage.name, ...path];
  const [key = ""] = path;
  const last = path.at(-1);
  const isCast = last === "agent" || last === "fallback";
  // Where the file may say it: here, in a file of its own, or for all stages.
  const paths = [
    full,
    ...(last === "prompt" ? [[...full.slice(0, -1), "prompt-file"]] : []),
    ...(path.length === 1 && key === "profile" ? [["profile"]] : []),
    ...(isCast ? [["roles", ...path.slice(-2)]] : []),
    ...(path.join(".") === "gate.reviewers" ? [["gates", "reviewers"]] : []),
  ];
  const made = setting(input, { path: full, value }, paths);
  const ownFile = last === "prompt" && input.promptPlaces[`${stage.name}/${path.at(-2)}`];
  if (ownFile) return { ...made, source: { kind: "file", place: { file: ownFile } } };
  const { agent, profile, concurrency } = input.wishes;
  const byFlag =
    (key === "profile" && profile !== undefined && "--profile") ||
    (key === "concurrency" && concurrency !== undefined && "--concurrency") ||
    (last === "agent" &&
      path.length > 1 &&
      agent !== undefined &&
      key !== "timeouts" &&
      key !== "cache-ttl" &&
      "--agent");
  if (byFlag) return { ...made, source: { kind: "flag", flag: byFlag } };
  return key === "timeouts" && made.source.kind === "default"
    ? { ...made, source: { kind: "profile", profile: stage.profile } }
    : made;
}

function setting(
  { written, locate, privateFields }: EffectiveInput,
  { path, value }: Leaf,
  paths: readonly ConfigPath[],
): Setting {
  const said = paths.find((one) => valueAt(written, one) !== undefined);
  const hidden =
    (path[0] === "agents" && privateFields.includes(String(path[2]))) ||
    (path[0] === "secrets" && path[2] === "command");
  return {
    key: showPath(path),
    path,
    value: hidden ? null : value,
    hidden,
    source: said ? { kind: "file", place: locate(said, "value") } : { kind: "default" },
  };
}

function valueAt(root: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined,
    root,
  );
}
