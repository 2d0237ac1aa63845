import { validationLines } from "../../../reporters/schedule/validation-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../../cli.ts";
import { readSources } from "../../read-sources.ts";
import { EXIT } from "../../exit-code.ts";

export interface ValidateFlags extends CommonFlags {
  readonly teams?: string;
  readonly corrected: boolean;
}

/** Say what is wrong with a plan, its teams, or S3's files. Ends with 1 if there are errors. Needs no database. */
export async function validate(this: Cli, flags: ValidateFlags, file: string): Promise<void> {
  const { schedules, project } = await this.app();
  const { teams } = flags;
  const wish = { file, ...(teams !== undefined && { teams }) };
  if (flags.corrected) {
    const text = await schedules.corrected(wish);
    this.io.stdout.write(flags.json ? `${JSON.stringify({ text })}\n` : text);
    return;
  }
  const answer = await schedules.validate(wish);
  const sources = flags.json ? {} : await readSources(answer.diagnostics, project);
  printResult(this, flags, {
    json: answer,
    lines: (style) => validationLines(answer, sources, style),
  });
  this.exit(answer.ok ? EXIT.done : EXIT.failed);
}
