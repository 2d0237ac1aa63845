import { listLines } from "../../../reporters/plans/list-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../../cli.ts";

/** List the plans of the repository. Needs no database. */
export async function list(this: Cli, flags: CommonFlags): Promise<void> {
  const listed = await (await this.app()).plans.list();
  printResult(this, flags, { json: listed, lines: (style) => listLines(listed, style) });
}
