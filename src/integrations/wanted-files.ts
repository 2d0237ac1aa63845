import { renderCommand } from "./render-command.ts";
import { EXTENSION, specKitCommand, specKitFiles } from "./spec-kit.ts";
import { TARGETS, type CommandForm, type CommandPlace, type TargetName } from "./targets.ts";
import { STAGE_COMMANDS, type Templates } from "./templates.ts";

/** A file that is to be there: path from the project, with slashes. */
export interface WantedFile {
  readonly path: string;
  readonly content: string;
}

/** What is installed for these targets. `isThere` says whether the project has something at a path. */
export function wantedFiles(
  targets: readonly TargetName[],
  templates: Templates,
  isThere: (path: string) => boolean,
): readonly WantedFile[] {
  const specKit = targets.includes("spec-kit");
  const files = targets.flatMap((target) => {
    const { skills, commands, specKit: places } = TARGETS[target];
    const place = specKit
      ? places.find(({ when }) => when === undefined || isThere(when))
      : commands;
    return [
      ...(skills
        ? [{ path: `${skills}/wavegate/SKILL.md`, content: signed(templates.skill) }]
        : []),
      ...(place ? commandFiles(place, templates, specKit) : []),
    ];
  });
  const extension = specKit ? Object.entries(specKitFiles(templates)) : [];
  return unique([
    ...files,
    ...extension.map(([path, content]) => ({
      path: `.specify/extensions/${EXTENSION}/${path}`,
      content: path.endsWith(".md") ? signed(content) : signed(content, "hash"),
    })),
  ]);
}

const commandFiles = (place: CommandPlace, { commands }: Templates, specKit: boolean) =>
  STAGE_COMMANDS.map((stage) => {
    const name = commandName(stage, specKit, place.form);
    const text = renderCommand(commands[stage], { name, stage, form: place.form });
    return {
      path: place.path.replace("{name}", name),
      content: signed(text, place.form === "toml" ? "hash" : "html"),
    };
  });

const commandName = (
  stage: (typeof STAGE_COMMANDS)[number],
  specKit: boolean,
  form: CommandForm,
): string => (specKit ? specKitCommand(stage, form === "skill" ? "-" : ".") : `wavegate-${stage}`);

const ORIGIN = "Written by `wavegate init`; `wavegate init --remove` takes it away.";

/** Whoever finds the file sees where it is from. */
const signed = (text: string, comment: "html" | "hash" = "html"): string =>
  comment === "html" ? `${text}\n<!-- ${ORIGIN} -->\n` : `${text}\n# ${ORIGIN}\n`;

/** Several targets share a folder of skills. */
const unique = (files: readonly WantedFile[]): readonly WantedFile[] => [
  ...new Map(files.map((file) => [file.path, file])).values(),
];
