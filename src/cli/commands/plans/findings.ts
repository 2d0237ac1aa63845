import { findingsLines } from "../../../reporters/plans/findings-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../../cli.ts";

/** List the findings of a plan, or show those of a task. Needs no database. */
export async function findings(
  this: Cli,
  flags: CommonFlags,
  first?: string,
  second?: string,
): Promise<void> {
  const names = [first, second].filter((name) => name !== undefined);
  const answer = await (await this.app()).plans.findings({ names });
  printResult(this, flags, { json: answer, lines: (style) => findingsLines(answer, style) });
}
