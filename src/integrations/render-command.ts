import type { CommandForm } from "./targets.ts";
import { readCommand, type StageCommand } from "./templates.ts";

/** What stands for the words that a user gives with a command. */
const ARGUMENTS: Readonly<Record<CommandForm, string>> = {
  claude: "$ARGUMENTS",
  markdown: "$ARGUMENTS",
  qwen: "{{args}}",
  toml: "{{args}}",
  prompt: "as given with this command.",
  skill: "as given with this command.",
};

/** What commands may run without asking in Claude Code: nothing that decides, or carries on a run that waits or is held. */
const allowedTools = (stage: StageCommand) =>
  ["check", stage, "show", "runs", "logs"]
    .map((command) => `Bash(wavegate ${command}:*)`)
    .concat("Read")
    .join(", ");

export interface RenderedCommand {
  /** Of the command, as users type it. */
  readonly name: string;
  readonly stage: StageCommand;
  readonly form: CommandForm;
}

/** The file of a command in the form of a coding agent, from the package's template. */
export function renderCommand(template: string, { name, stage, form }: RenderedCommand): string {
  const { description, argumentHint, body } = readCommand(template);
  const text = body.replace("{{arguments}}", () => ARGUMENTS[form]);
  const front = (...fields: readonly string[]) =>
    ["---", ...fields, "---", "", text, ""].join("\n");
  const about = `description: ${description}`;
  switch (form) {
    case "claude":
      return front(
        about,
        `argument-hint: "${argumentHint}"`,
        `allowed-tools: ${allowedTools(stage)}`,
      );
    case "skill":
      return front(`name: ${name}`, about);
    case "markdown":
    case "qwen":
    case "prompt":
      return front(about);
    case "toml":
      // A literal string: nothing in it is an escape.
      return [`description = "${description}"`, "", `prompt = '''`, text, `'''`, ""].join("\n");
  }
}
