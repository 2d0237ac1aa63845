/** What users of coding agents get as commands, named as on the command line. */
export const STAGE_COMMANDS = ["plan", "prepare", "review", "complete"] as const;

export type StageCommand = (typeof STAGE_COMMANDS)[number];

/** The texts of the package's folder `integrations/`, as they lie there. */
export interface Templates {
  /** Of the package. */
  readonly version: string;
  /** `skill/SKILL.md`, in the format of Agent Skills: YAML front matter with name and description, Markdown. */
  readonly skill: string;
  /** `commands/*.md`: front matter with `description` and `argument-hint`, Markdown with `{{arguments}}` in it. */
  readonly commands: Readonly<Record<StageCommand, string>>;
}

export interface CommandText {
  readonly description: string;
  readonly argumentHint: string;
  /** Markdown that begins and ends with a line of text. */
  readonly body: string;
}

/** Read one of the package's own command templates; one without its parts is a bug. */
export function readCommand(text: string): CommandText {
  const [, head, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, "m").exec(head ?? "")?.[1];
  const description = field("description");
  const argumentHint = field("argument-hint")?.replaceAll('"', "");
  if (description === undefined || argumentHint === undefined || body === undefined)
    throw new Error("a command template has no description, argument-hint or body");
  return { description, argumentHint, body: body.trim() };
}
