import { analysisLines } from "../../reporters/analysis-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface AnalyzeFlags extends CommonFlags {
  readonly html?: string;
  readonly write: boolean;
  readonly output?: string;
  readonly tick: boolean;
}

/** Analyse plans as S4's own analysis plan asks (PX-04). Needs no database. */
export async function analyze(this: Cli, flags: AnalyzeFlags, ...paths: string[]): Promise<void> {
  const { write, tick, html, output } = flags;
  const answer = await (
    await this.app()
  ).plans.analyze({
    paths,
    write,
    tick,
    ...(html === undefined ? {} : { html }),
    ...(output === undefined ? {} : { output }),
  });
  printResult(this, flags, { json: answer, lines: (style) => analysisLines(answer, style) });
}
