import { appendLines } from "../../../reporters/plans/append-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../../cli.ts";

export interface AppendFlags extends CommonFlags {
  readonly phase?: string;
}

/** Add tasks to a plan, all of them or none. Needs no database. */
export async function append(
  this: Cli,
  flags: AppendFlags,
  plan: string,
  ...texts: readonly string[]
): Promise<void> {
  const { plans } = await this.app();
  const { phase } = flags;
  const answer = await plans.append({ plan, texts, ...(phase === undefined ? {} : { phase }) });
  printResult(this, flags, { json: answer, lines: (style) => appendLines(answer, style) });
}
