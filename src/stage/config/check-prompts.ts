import type { Result } from "../../core/result.ts";
import type { HeadOptions, StageOptions } from "./stage-options.ts";
import type { ConfigPath } from "./locate.ts";
import { placeholderProblem, unknownPlaceholders } from "./placeholders.ts";
import type { Report } from "./report.ts";

/** The text of a prompt file, by its path as it stands in the configuration, or why it can't be used. */
export type ReadPrompt = (file: string) => Result<string, string>;

/** Put the texts of prompt files in their places, and look for placeholders that nothing fills. */
export function withPrompts(
  path: ConfigPath,
  options: StageOptions,
  { readPrompt, report }: { readonly readPrompt: ReadPrompt; readonly report: Report },
): StageOptions {
  const filled = <T extends HeadOptions>(at: ConfigPath, role: T): T => {
    const file = role["prompt-file"];
    if (file === undefined) return checked(at, role, "prompt", report);
    if (role.prompt !== undefined) {
      report(both(at));
      checked(at, role, "prompt", report);
    }
    const read = readPrompt(file);
    if (read.ok) return checked(at, { ...role, prompt: read.value }, "prompt-file", report);
    report({
      code: "CONFIG_PROMPT_FILE",
      path: [...at, "prompt-file"],
      part: "value",
      message: `The prompt file can't be used: ${read.error}.`,
      hint: "Give the path of a text file in the project, relative to the configuration.",
    });
    return role;
  };
  const roles = Object.entries(options.roles ?? {}).map(
    ([name, role]) => [name, filled([...path, "roles", name], role)] as const,
  );
  const { reviewer, synthesizer, qa } = options;
  return {
    ...options,
    roles: Object.fromEntries(roles),
    ...(reviewer && { reviewer: filled([...path, "reviewer"], reviewer) }),
    ...(synthesizer && { synthesizer: filled([...path, "synthesizer"], synthesizer) }),
    ...(qa && { qa: filled([...path, "qa"], qa) }),
  };
}

function checked<T extends HeadOptions>(
  at: ConfigPath,
  role: T,
  key: "prompt" | "prompt-file",
  report: Report,
): T {
  for (const { name } of unknownPlaceholders(role.prompt ?? ""))
    report({ ...placeholderProblem(name), path: [...at, key], part: "value" });
  return role;
}

const both = (at: ConfigPath) =>
  ({
    code: "CONFIG_CONTRADICTION",
    path: [...at, "prompt-file"],
    part: "key",
    message: "A role has its prompt here or in a file, not both.",
    hint: "Remove prompt or prompt-file.",
  }) as const;
