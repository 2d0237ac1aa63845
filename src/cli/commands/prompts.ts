import { inert, oneLine } from "../../core/text.ts";
import { ejectedLines, promptLines } from "../../reporters/prompt-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

/** List what roles are told, and where each text comes from. */
export async function promptsList(this: Cli, flags: CommonFlags): Promise<void> {
  const prompts = await (await this.app()).prompts.list();
  printResult(this, flags, { json: { prompts }, lines: (style) => promptLines(prompts, style) });
}

/** Print what a role is told, whole; with a specification as a run would send it now. Asks nobody. */
export async function promptsShow(
  this: Cli,
  flags: CommonFlags,
  role: string,
  spec?: string,
): Promise<void> {
  const app = await this.app();
  const shown = await app.prompts.show({ role, ...(spec === undefined ? {} : { spec }) });
  printResult(this, flags, { json: shown, lines: () => inert(shown.prompt).split("\n") });
}

/** Write prompts into files of the project, to be changed there. */
export async function promptsEject(
  this: Cli,
  flags: CommonFlags,
  ...names: readonly string[]
): Promise<void> {
  const files = await (await this.app()).prompts.eject(names.map((name) => oneLine(name, 200)));
  printResult(this, flags, { json: { files }, lines: () => ejectedLines(files) });
}
