import type { Result } from "../../core/result.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { PROMPT_FOLDER } from "./defaults.ts";
import { baseStage } from "./own-stage.ts";
import { placeholderProblem, unknownPlaceholders } from "./placeholders.ts";
import type { Report } from "./report.ts";
import type { HeadOptions, StageOptions } from "./stage-options.ts";

/** A file of the folder, or something else that lies there. */
export interface FoundPrompt {
  /** Relative to the project. */
  readonly file: string;
  /** Relative to the folder, with `/`: `planning/risk.md`. */
  readonly name: string;
  readonly text: Result<string, string>;
}

/** All that lies in a folder of the project, in order of name; undefined for a folder that is not there. */
export type ReadPromptFolder = (
  folder: string,
) => Result<readonly FoundPrompt[], string> | undefined;

/** Which file a role's prompt comes from, by `stage/role`. */
export type PromptPlaces = Readonly<Record<string, string>>;

type Stages = Readonly<Record<string, StageOptions>>;

const LEADS = ["reviewer", "synthesizer", "qa"] as const;

type Lead = (typeof LEADS)[number];

const isLead = (name: string): name is Lead => LEADS.some((one) => one === name);

/**
 * Stages with the prompts of the project's folder put in. A file's name says whose prompt it is: `STAGE/ROLE.md`. What can't
 * be used is told with its place in the file.
 */
export function withPromptFolder(
  stages: Stages,
  {
    folder,
    read,
    report,
  }: {
    /** What the configuration says; undefined where it says nothing. */
    readonly folder: string | undefined;
    readonly read: ReadPromptFolder;
    readonly report: Report;
  },
): { readonly stages: Stages; readonly places: PromptPlaces } {
  const found = read(folder ?? PROMPT_FOLDER);
  const files = found?.ok ? found.value : [];
  const why = found === undefined ? "there is no such folder" : found.ok ? undefined : found.error;
  if (why !== undefined && (folder !== undefined || found !== undefined))
    report({
      code: "CONFIG_PROMPT_FILE",
      path: ["prompts"],
      part: "value",
      message: `The folder of prompts can't be used: ${why}.`,
      hint: "Give the path of a folder in the project, relative to the configuration; wavegate prompts eject makes it.",
    });
  const filled = new Map(Object.entries(stages));
  const places = new Map<string, string>();
  for (const one of files) {
    const owner = ownerOf(one, stages, report);
    const text = owner && usable(one, report);
    if (!owner || text === undefined) continue;
    const options = filled.get(owner.stage) ?? {};
    if (saysItself(options, owner.role)) {
      report(twice(one));
      continue;
    }
    filled.set(owner.stage, withPrompt(options, owner.role, text));
    places.set(`${owner.stage}/${owner.role}`, one.file);
  }
  return { stages: Object.fromEntries(filled), places: Object.fromEntries(places) };
}

interface Owner {
  readonly stage: string;
  readonly role: string;
}

/** The stage and role that a file is named after. */
function ownerOf({ file, name }: FoundPrompt, stages: Stages, report: Report): Owner | undefined {
  const tell = (message: string, hint: string): undefined => {
    report({
      code: "CONFIG_UNKNOWN_PROMPT",
      path: ["prompts"],
      part: "value",
      place: { file },
      message,
      hint,
    });
  };
  const [stage = "", last = "", ...deeper] = name.split("/");
  if (stage === "frame")
    return tell(
      "What stands around every task can't be replaced.",
      "Remove the file: delimiters of data and the form of the answer are always Wavegate's.",
    );
  const known = stages[stage];
  if (deeper.length > 0 || last === "" || !last.endsWith(".md"))
    return tell(
      "This is no prompt of a role, so nothing would be read of it.",
      "Name it STAGE/ROLE.md, as wavegate prompts list has them.",
    );
  if (!known || !Object.hasOwn(stages, stage)) {
    const near = nearestName(stage, Object.keys(stages));
    return tell(
      `No stage is named "${stage}".`,
      near ? `Did you mean ${near}/${last}?` : `Stages are ${Object.keys(stages).join(", ")}.`,
    );
  }
  const role = last.slice(0, -".md".length);
  const roles = roleNames(stage, known);
  if (roles.includes(role)) return { stage, role };
  const near = nearestName(role, roles);
  return tell(
    `The stage ${stage} has no role "${role}".`,
    near ? `Did you mean ${stage}/${near}.md?` : `Its roles are ${roles.join(", ")}.`,
  );
}

const roleNames = (stage: string, options: StageOptions): readonly string[] => [
  ...new Set([
    ...baseStage(stage, options).roles.map(({ name }) => name),
    ...Object.keys(options.roles ?? {}),
    ...LEADS,
  ]),
];

/** The text, where it can be used. */
function usable({ file, text }: FoundPrompt, report: Report): string | undefined {
  const at = { path: ["prompts"], part: "value" } as const;
  if (!text.ok) {
    report({
      code: "CONFIG_PROMPT_FILE",
      ...at,
      place: { file },
      message: `The prompt file can't be used: ${text.error}.`,
      hint: "Make it a text file in UTF-8, of at most 128 KiB, inside the project.",
    });
    return undefined;
  }
  const unknown = unknownPlaceholders(text.value);
  for (const { name, line, column } of unknown)
    report({ ...at, ...placeholderProblem(name), place: { file, line, column } });
  // Told here: the stage's own check must not tell it again.
  const rest = unknown.length > 0 ? text.value.replace(/[{}]/g, "") : text.value;
  return rest.replace(/\r?\n$/, "");
}

function saysItself(options: StageOptions, role: string): boolean {
  const own = isLead(role) ? options[role] : options.roles?.[role];
  return own?.prompt !== undefined || own?.["prompt-file"] !== undefined;
}

function withPrompt(options: StageOptions, role: string, prompt: string): StageOptions {
  const put = (own: HeadOptions | undefined) => ({ ...own, prompt });
  if (isLead(role)) return { ...options, [role]: put(options[role]) };
  return { ...options, roles: { ...options.roles, [role]: put(options.roles?.[role]) } };
}

const twice = ({ file }: FoundPrompt) =>
  ({
    code: "CONFIG_CONTRADICTION",
    path: ["prompts"],
    part: "value",
    place: { file },
    message: "The configuration gives this role a prompt, too.",
    hint: "Remove this file, or prompt and prompt-file of the role.",
  }) as const;
