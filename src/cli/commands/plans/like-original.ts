import { WavegateError } from "../../../core/error.ts";
import type { OriginalWish } from "../../../app/plans/plan-cases.ts";
import type { Cli } from "../../cli.ts";
import { EXIT } from "../../exit-code.ts";
import { inert } from "../../../core/text.ts";
import type { AnswerFlags } from "./print-answer.ts";

/** Flags of commands that the original tool of plan files has, too. */
export interface LikeFlags extends AnswerFlags {
  readonly inferred: boolean;
  readonly likeOriginal?: "seed" | "head";
}

/** Print exactly what the original tool prints for this command, if that was asked for. */
export async function printLikeOriginal(
  cli: Cli,
  flags: LikeFlags,
  plan: string | undefined,
  command: OriginalWish["command"],
): Promise<boolean> {
  const version = flags.likeOriginal;
  if (version === undefined) return false;
  const formless = command.name !== "progress" && flags.format !== undefined;
  if (flags.watch || flags.json || formless)
    throw new WavegateError("USAGE", "The original tool prints its answer once, in its own form.", {
      hint: "Leave out --watch and --json; --format goes with `plans progress` only.",
    });
  const wish = { version, command, ...(plan === undefined ? {} : { plan }) };
  const printed = await (await cli.app()).plans.original(wish);
  if ("output" in printed) cli.io.stdout.write(printed.output);
  else {
    cli.io.stderr.write(`Error: ${inert(printed.error)}\n`);
    cli.exit(EXIT.failed);
  }
  return true;
}

/** What an answer is asked with. */
export const wishOf = (plan: string | undefined, inferred: boolean) => ({
  inferred,
  ...(plan === undefined ? {} : { plan }),
});
