import type { Diagnostic } from "../../core/diagnostic.ts";
import type { FilePlace } from "../../core/place.ts";
import { readJsonTree } from "../../core/json-tree.ts";
import { err, type Result } from "../../core/result.ts";
import { placesIn } from "../../core/text-places.ts";
import type { TextProblem } from "../../core/text-tree.ts";
import { oneLine } from "../../core/text.ts";
import { checkConfig } from "../../stage/config/check-config.ts";
import type { ReadPrompt } from "../../stage/config/check-prompts.ts";
import type { ReadPromptFolder } from "../../stage/config/prompt-folder.ts";
import type { Config } from "../../stage/config/config.ts";
import { showPath, type Locate } from "../../stage/config/locate.ts";
import type { ConfigCode } from "../../stage/config/report.ts";
import { MAX_DEPTH } from "./config-node.ts";
import { locator, valueOf } from "./config-text.ts";
import type { Evaluated, NotEvaluated } from "./evaluate-module.ts";
import { tsPlaces } from "./ts-places.ts";
import { readYamlTree } from "../../core/yaml-tree.ts";

/** Longest configuration, in characters: real ones have some hundred lines. */
const MAX_LENGTH = 262_144;

const CODES: Readonly<Record<TextProblem["kind"], ConfigCode>> = {
  syntax: "CONFIG_SYNTAX",
  feature: "CONFIG_YAML_FEATURE",
  duplicate: "CONFIG_DUPLICATE_KEY",
};

const HINTS: Readonly<Record<TextProblem["kind"], string>> = {
  syntax: "Check indentation, brackets and quotes around here.",
  feature: "Use plain keys, values, lists and groups only.",
  duplicate: "Keep one of the two.",
};

const JSON_SYNTAX = "Check brackets, quotes and commas here; YAML takes comments, too.";

/** What reading a configuration needs besides its text. */
export interface ReadOptions {
  readonly readPrompt?: ReadPrompt;
  readonly readPromptFolder?: ReadPromptFolder;
  /** Names of agents that are there besides. */
  readonly given?: readonly string[];
  /** Evaluates the module, for a configuration in TypeScript. */
  readonly evaluate?: () => Result<Evaluated, NotEvaluated>;
}

type Problems = readonly Diagnostic[];

/** A configuration as it is written, before it is checked. */
export interface ConfigSource {
  readonly value: unknown;
  readonly locate: Locate;
}

/**
 * Read a configuration: YAML, JSON or TypeScript by the ending of `file`, which is also how the places name it. Gives the
 * configuration, or all problems with their places. Never throws.
 */
export function readConfig(
  text: string,
  file: string,
  options: ReadOptions = {},
): Result<Config, Problems> {
  const source = readSource(text, file, options);
  return source.ok ? checkSource(source.value, options) : source;
}

/** What stands in a configuration, whatever it means. */
export function readSource(
  text: string,
  file: string,
  { evaluate = notEvaluated }: ReadOptions = {},
): Result<ConfigSource, Problems> {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const placeAt = placesIn(content, file);
  if (content.length > MAX_LENGTH)
    return err([
      diagnostic("CONFIG_TOO_LARGE", `The file has ${content.length} characters`, placeAt(0), {
        hint: `Keep it below ${MAX_LENGTH}; long prompts go into files of their own (prompt-file).`,
      }),
    ]);
  return file.endsWith(".ts")
    ? readModule(content, placeAt, evaluate)
    : readText(content, placeAt, file.endsWith(".json"));
}

export const checkSource = (
  { value, locate }: ConfigSource,
  { readPrompt = noPromptFiles, readPromptFolder = noFolder, given = [] }: ReadOptions = {},
): Result<Config, Problems> => checkConfig(value, { locate, readPrompt, readPromptFolder, given });

type PlaceAt = (offset: number) => FilePlace;
type Read = Result<ConfigSource, Problems>;

function readText(content: string, placeAt: PlaceAt, isJson: boolean): Read {
  const { root, problems } = isJson
    ? readJsonTree(content, { maxDepth: MAX_DEPTH })
    : readYamlTree(content, MAX_DEPTH);
  if (problems.length === 0)
    return { ok: true, value: { value: valueOf(root), locate: locator(root, placeAt) } };
  return err(
    problems.map(({ kind, at, message }) =>
      diagnostic(CODES[kind], `This is not a usable file: ${message}`, placeAt(at), {
        hint: isJson && kind === "syntax" ? JSON_SYNTAX : HINTS[kind],
      }),
    ),
  );
}

/** What a module exports, with the places at which it writes it out. */
function readModule(
  content: string,
  placeAt: PlaceAt,
  evaluate: NonNullable<ReadOptions["evaluate"]>,
): Read {
  const evaluated = evaluate();
  if (!evaluated.ok) {
    const { message, hint, line, column } = evaluated.error;
    const { file } = placeAt(0);
    const place = { file, ...(line && { line }), ...(column && { column }) };
    return err([
      diagnostic("CONFIG_NOT_DATA", `This module gives no configuration: ${message}`, place, {
        hint,
      }),
    ]);
  }
  const locate = locator(tsPlaces(content), placeAt);
  const { value, notData } = evaluated.value;
  if (notData.length === 0) return { ok: true, value: { value: withoutNull(value), locate } };
  return err(
    notData.map(({ path, what }) =>
      diagnostic(
        "CONFIG_NOT_DATA",
        `${showPath(path) || "The default export"} is ${what}`,
        locate(path, "value"),
        { hint: "State the value itself: a configuration is data." },
      ),
    ),
  );
}

/** As in YAML and JSON, a key without a value counts as absent. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNull(item)]),
  );
}

const noPromptFiles: ReadPrompt = () => ({ ok: false, error: "files are not read here" });
const noFolder: ReadPromptFolder = () => undefined;
const notEvaluated: NonNullable<ReadOptions["evaluate"]> = () =>
  err({ message: "modules are not evaluated here", hint: "Name a file of a project." });

const diagnostic = (
  code: ConfigCode,
  message: string,
  place: FilePlace,
  { hint }: { readonly hint: string },
): Diagnostic => ({ code, severity: "error", message: `${oneLine(message, 300)}.`, place, hint });
