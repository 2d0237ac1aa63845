import type { Diagnostic } from "../../core/diagnostic.ts";
import type { FilePlace } from "../../core/place.ts";
import { err, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { checkConfig } from "../../stage/config/check-config.ts";
import type { ReadPrompt } from "../../stage/config/check-prompts.ts";
import type { Config } from "../../stage/config/config.ts";
import type { ConfigCode } from "../../stage/config/report.ts";
import { locator, placesIn, valueOf } from "./config-text.ts";
import { readYamlTree, type YamlProblem } from "./yaml-tree.ts";

/** Longest configuration, in characters: real ones have some hundred lines. */
const MAX_LENGTH = 262_144;

const CODES: Readonly<Record<YamlProblem["kind"], ConfigCode>> = {
  syntax: "CONFIG_SYNTAX",
  feature: "CONFIG_YAML_FEATURE",
  duplicate: "CONFIG_DUPLICATE_KEY",
};

const HINTS: Readonly<Record<YamlProblem["kind"], string>> = {
  syntax: "Check indentation, brackets and quotes around here.",
  feature: "Use plain keys, values, lists and groups only.",
  duplicate: "Keep one of the two.",
};

/**
 * Read a configuration, YAML or JSON: the configuration, or all problems with their places. `file` is how the places
 * name it; `given` are names of agents that are there besides. Never throws.
 */
export function readConfig(
  text: string,
  file: string,
  readPrompt: ReadPrompt = noPromptFiles,
  given: readonly string[] = [],
): Result<Config, readonly Diagnostic[]> {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const placeAt = placesIn(content, file);
  if (content.length > MAX_LENGTH)
    return err([
      diagnostic("CONFIG_TOO_LARGE", `The file has ${content.length} characters`, placeAt(0), {
        hint: `Keep it below ${MAX_LENGTH}; long prompts go into files of their own (prompt-file).`,
      }),
    ]);
  const { root, problems } = readYamlTree(content);
  if (problems.length > 0)
    return err(
      problems.map(({ kind, at, message }) =>
        diagnostic(CODES[kind], `This is not a usable file: ${message}`, placeAt(at), {
          hint: HINTS[kind],
        }),
      ),
    );
  const locate = locator(root, placeAt);
  return checkConfig(valueOf(root), { locate, readPrompt, given });
}

const noPromptFiles: ReadPrompt = () => ({ ok: false, error: "files are not read here" });

const diagnostic = (
  code: ConfigCode,
  message: string,
  place: FilePlace,
  { hint }: { readonly hint: string },
): Diagnostic => ({ code, severity: "error", message: `${oneLine(message, 300)}.`, place, hint });
