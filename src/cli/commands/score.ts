import { scoreLines } from "../../reporters/score-lines.ts";
import type { ScoreSettings } from "../../stage/rules/readings.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface ScoreFlags extends CommonFlags {
  readonly score?: readonly ScoreSettings[];
}

/** The scores that flags set, the last of each name. */
export const setScores = (flags: readonly ScoreSettings[] = []): ScoreSettings =>
  Object.assign({}, ...flags);

/** Print the scores of a spec with the parts that they are made of. Needs no database. */
export async function score(this: Cli, flags: ScoreFlags, file: string): Promise<void> {
  const report = await (await this.app()).score(file, setScores(flags.score));
  printResult(this, flags, {
    json: { file: report.file, title: report.title, scores: report.readings },
    lines: (style) => scoreLines(report, style),
  });
}
