import type { EditWish } from "../../../app/plans/plan-cases.ts";
import { inert } from "../../../core/text.ts";
import { editLines } from "../../../reporters/plans/edit-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../../cli.ts";

export type EditFlags = CommonFlags;
export interface TickFlags extends EditFlags {
  readonly notes?: string;
}
export interface FailFlags extends EditFlags {
  readonly error?: string;
}
export interface SkipFlags extends EditFlags {
  readonly reason?: string;
}

/** Change the state of tasks: all of them or none. */
async function edit(
  cli: Cli,
  flags: EditFlags,
  action: EditWish["action"],
  { names, words }: { readonly names: readonly string[]; readonly words?: string | undefined },
): Promise<void> {
  const { plans } = await cli.app();
  const edited = await plans.edit({ names, action, ...(words === undefined ? {} : { words }) });
  if (!flags.json)
    for (const warning of edited.warnings) cli.io.stderr.write(`Warning: ${inert(warning)}\n`);
  printResult(cli, flags, { json: edited, lines: (style) => editLines(edited, style) });
}

export async function tick(this: Cli, flags: TickFlags, ...names: string[]): Promise<void> {
  await edit(this, flags, "tick", { names, words: flags.notes });
}

export async function start(this: Cli, flags: EditFlags, ...names: string[]): Promise<void> {
  await edit(this, flags, "start", { names });
}

export async function fail(this: Cli, flags: FailFlags, ...names: string[]): Promise<void> {
  await edit(this, flags, "fail", { names, words: flags.error });
}

export async function skip(this: Cli, flags: SkipFlags, ...names: string[]): Promise<void> {
  await edit(this, flags, "skip", { names, words: flags.reason });
}

export async function reset(this: Cli, flags: EditFlags, ...names: string[]): Promise<void> {
  await edit(this, flags, "reset", { names });
}
