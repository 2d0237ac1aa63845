import { whyLines } from "../../reporters/why-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

/** Say why calls of a run asked their agents, or took an earlier answer: all of them, or those that a name stands for. */
export async function why(
  this: Cli,
  flags: CommonFlags,
  name: string,
  step?: string,
): Promise<void> {
  const app = await this.app();
  const reasons = await app.why(name, step);
  printResult(this, flags, {
    json: { calls: reasons.map(({ call, ...reason }) => ({ ...call, ...reason })) },
    lines: (style) =>
      reasons.length === 0 ? ["No agent was asked yet."] : whyLines(reasons, style),
  });
}
