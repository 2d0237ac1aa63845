import { renderCommand } from "./render-command.ts";
import { readCommand, STAGE_COMMANDS, type StageCommand, type Templates } from "./templates.ts";

/**
 * Wavegate as an extension of Spec Kit: manifest of schema version 1.0 (`extension.yml`), commands, and the entries of
 * `.specify/extensions.yml` that Spec Kit's commands look for. All hooks are optional ones: Spec Kit shows them, a
 * person runs them.
 */
export const EXTENSION = "wavegate";

/** The file in which Spec Kit's commands look for hooks. */
export const EXTENSIONS_FILE = ".specify/extensions.yml";

/** `speckit.wavegate.plan`; joined by hyphens where commands are skills, as Spec Kit does. */
export const specKitCommand = (stage: StageCommand, joint: "." | "-" = "."): string =>
  ["speckit", EXTENSION, stage].join(joint);

export interface Hook {
  /** When: before or after which command of Spec Kit. */
  readonly event: string;
  readonly stage: StageCommand;
  readonly prompt: string;
  readonly description: string;
}

/** `/speckit.plan` meets planning, `/speckit.implement` preparation before and review after it, `/speckit.analyze` review. */
export const HOOKS: readonly Hook[] = [
  {
    event: "before_plan",
    stage: "plan",
    prompt: "Plan with Wavegate's analysts and gate instead of this command?",
    description: "Analysts in parallel, review, synthesis and a gate write plan.md",
  },
  {
    event: "before_implement",
    stage: "prepare",
    prompt: "Prepare the implementation of the approved plan with Wavegate first?",
    description: "Modules, tests and ordered tasks in implementation_plan.md, after a gate",
  },
  {
    event: "after_implement",
    stage: "review",
    prompt: "Review what was built with Wavegate?",
    description: "Compares the repository with specification and plan in quality_report.md",
  },
  {
    event: "after_analyze",
    stage: "review",
    prompt: "Review the repository against specification and plan with Wavegate, too?",
    description: "Compares the repository with specification and plan in quality_report.md",
  },
];

/** The entry of a hook in `.specify/extensions.yml`, with the keys and the order that Spec Kit writes. */
export const hookEntry = ({ stage, prompt, description }: Hook) => ({
  extension: EXTENSION,
  command: specKitCommand(stage),
  enabled: true,
  optional: true,
  priority: 10,
  prompt,
  description,
  condition: null,
});

/** The files of the extension's folder, by path in it. */
export function specKitFiles(templates: Templates): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ["extension.yml", manifest(templates)],
    ...STAGE_COMMANDS.map((stage) => {
      const name = specKitCommand(stage);
      const text = renderCommand(templates.commands[stage], { name, stage, form: "markdown" });
      return [`commands/${name}.md`, text] as const;
    }),
  ]);
}

const manifest = ({ version, commands }: Templates): string =>
  [
    `schema_version: "1.0"`,
    ``,
    `extension:`,
    `  id: ${EXTENSION}`,
    `  name: Wavegate`,
    `  version: "${version}"`,
    `  description: Plan, prepare and review a specification with agents in parallel and a gate`,
    `  author: Wavegate contributors`,
    `  license: MIT`,
    ``,
    `requires:`,
    `  speckit_version: ">=0.1.0"`,
    `  tools:`,
    `    - name: wavegate`,
    `      required: true`,
    ``,
    `provides:`,
    `  commands:`,
    ...STAGE_COMMANDS.flatMap((stage) => [
      `    - name: ${specKitCommand(stage)}`,
      `      file: commands/${specKitCommand(stage)}.md`,
      `      description: ${readCommand(commands[stage]).description}`,
    ]),
    ``,
    `hooks:`,
    ...HOOKS.flatMap(({ event, stage, prompt, description }) => [
      `  ${event}:`,
      `    command: ${specKitCommand(stage)}`,
      `    optional: true`,
      `    prompt: ${prompt}`,
      `    description: ${description}`,
    ]),
    ``,
    `tags:`,
    `  - planning`,
    `  - review`,
    ``,
  ].join("\n");
