import { countDiagnostics, diagnosticLines } from "../../reporters/diagnostic-lines.ts";
import { oneLine } from "../../core/text.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { EXIT } from "../exit-code.ts";

const count = (number: number, one: string, many: string) =>
  `${number} ${number === 1 ? one : many}`;

/** Read a spec and say what is wrong with it. Needs no database. */
export async function check(this: Cli, flags: CommonFlags, file: string): Promise<void> {
  const report = await (await this.app()).check(file);
  const { spec, diagnostics, text } = report;
  const counts = {
    stories: spec.stories.length,
    requirements: spec.requirements.length,
    criteria: spec.criteria.length,
    entities: spec.entities.length,
    edgeCases: spec.edgeCases.length,
    clarifications: spec.clarifications.length,
  };
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  this.exit(failed ? EXIT.failed : EXIT.done);
  printResult(this, flags, {
    json: { file: report.file, title: spec.title, counts, diagnostics },
    lines: (style) => [
      ...diagnosticLines(diagnostics, { [report.file]: text }, style),
      `${oneLine(spec.title, 200) || "(no title)"}: ${[
        count(counts.stories, "story", "stories"),
        count(counts.requirements, "requirement", "requirements"),
        count(counts.criteria, "success criterion", "success criteria"),
        count(counts.clarifications, "open clarification", "open clarifications"),
      ].join(", ")}`,
      `${oneLine(report.file, 400)}: ${countDiagnostics(diagnostics)}`,
    ],
  });
}
