import type { Json } from "../core/json.ts";
import { oneLine } from "../core/text.ts";
import { PROMPT_TEXTS } from "./built-in/prompt-texts.ts";
import { delimitData, type NamedText } from "../core/delimited-data.ts";
import type { AttemptFailure } from "./retry.ts";
import type { RoleSpec } from "./stage-spec.ts";

/** What may stand in a role's prompt, in braces. Anything else in braces is refused when the configuration is read. */
export const PROMPT_PLACEHOLDERS = ["feature", "role", "stage"] as const;

export interface PromptParts {
  readonly stage: string;
  readonly feature: string;
  readonly role: RoleSpec;
  readonly inputs: Readonly<Record<string, string>>;
  readonly schema: Json;
  /** What went wrong in the attempts before this one, oldest first. */
  readonly failures: readonly AttemptFailure[];
}

/**
 * The whole request as text: the role's task, around it the frame of `prompts/frame`, which no configuration replaces. Inputs
 * and what a failed attempt said are data between lines that they can't imitate, and the text says so once.
 * A retry differs from the attempt before it (ST-04): it says why that failed and asks for a clarified, smaller scope.
 */
export function buildPrompt(parts: PromptParts): string {
  const failure = lastFailure(parts.failures);
  const { boundary, blocks } = delimitData([...Object.entries(parts.inputs), ...failure]);
  return [
    ...taskSections(parts),
    "## Inputs",
    PROMPT_TEXTS["frame/data"].replaceAll("{boundary}", boundary),
    ...blocks,
    ...answerSections(parts),
  ].join("\n\n");
}

/** A request in two parts, for models that have cached what comes first: whoever is given the same inputs gets the same materials. */
export interface ApartPrompt {
  /** The inputs in their order, each as data between lines of its own. */
  readonly materials: readonly { readonly name: string; readonly block: string }[];
  /** All the rest: comes after the materials, names their boundaries, and holds what a failed attempt said. */
  readonly instructions: string;
}

/** The request of `buildPrompt` in two parts. A material depends on its own text alone, as long as no other one imitates its boundary. */
export function buildApartPrompt(parts: PromptParts): ApartPrompt {
  const texts = [...Object.entries(parts.inputs), ...lastFailure(parts.failures)];
  const all = texts.flat().join("\n");
  const blocks = texts.map(([name, text]) => {
    const { boundary, blocks: own } = delimitData([[name, text]], all);
    return { name, boundary, block: own.join("") };
  });
  const shown = blocks.map(({ name, boundary }) => `- ${oneLine(name, 200)}: ${boundary}`);
  return {
    materials: blocks
      .slice(0, Object.keys(parts.inputs).length)
      .map(({ name, block }) => ({ name, block })),
    instructions: [
      ...taskSections(parts),
      "## Inputs",
      PROMPT_TEXTS["frame/data"].replaceAll("{boundary}", "BOUNDARY"),
      ["BOUNDARY is another for each text:", ...shown].join("\n"),
      ...blocks.slice(Object.keys(parts.inputs).length).map(({ block }) => block),
      ...answerSections(parts),
    ].join("\n\n"),
  };
}

function taskSections(parts: PromptParts): readonly string[] {
  const { role, failures } = parts;
  return [
    `# ${role.title}`,
    taskText(parts),
    ...directionNotes(role),
    ...("iteration.json" in parts.inputs
      ? ["## Another iteration", PROMPT_TEXTS["frame/iteration"]]
      : []),
    ...retryNotes(failures),
  ];
}

const answerSections = ({ schema }: PromptParts): readonly string[] => [
  "## Answer",
  PROMPT_TEXTS["frame/answer"],
  "```json\n" + JSON.stringify(schema) + "\n```",
];

/**
 * Ask once more for the same answer, with what was wrong about the last one (AG-02). The prompt stays as it was, so that
 * models that have it cached read only what is added.
 */
export function buildRepairPrompt(
  prompt: string,
  answer: string,
  problems: readonly string[],
): string {
  const data: readonly NamedText[] = [
    ["problems", problems.map((problem) => `- ${problem}`).join("\n")],
    ["last-answer", answer],
  ];
  const { boundary, blocks } = delimitData(data, prompt);
  return [
    prompt,
    "## Your last answer did not match",
    PROMPT_TEXTS["frame/repair"].replaceAll("{boundary}", boundary),
    ...blocks,
  ].join("\n\n");
}

/** The role's task. The title of a specification is text of others: one line, and no quote that would end its own. */
function taskText({ stage, feature, role }: PromptParts): string {
  const title = oneLine(feature, 200).replaceAll('"', "'");
  const values = { feature: title, role: role.title, stage };
  return role.prompt.replace(
    /\{(feature|role|stage)\}/g,
    (_, name: (typeof PROMPT_PLACEHOLDERS)[number]) => values[name],
  );
}

/** What depth and rules ask for (ST-14, ST-15). */
function directionNotes({ directions }: RoleSpec): readonly string[] {
  if (!directions || directions.instructions.length === 0) return [];
  return ["## How deep", directions.instructions.map((line) => `- ${line}`).join("\n")];
}

const LAST_FAILURE = "last-failure";

const lastFailure = (failures: readonly AttemptFailure[]): readonly NamedText[] =>
  failures.slice(-1).map(({ message }) => [LAST_FAILURE, message]);

function retryNotes(failures: readonly AttemptFailure[]): readonly string[] {
  const last = failures.at(-1);
  if (!last) return [];
  return [
    "## This is another attempt",
    `The last attempt failed (${last.kind}): ${LAST_FAILURE} below has what it said.`,
    ...(last.kind === "context-too-long" ? [PROMPT_TEXTS["frame/too-long"]] : []),
    PROMPT_TEXTS[failures.length === 1 ? "frame/first-retry" : "frame/last-retry"],
  ];
}
