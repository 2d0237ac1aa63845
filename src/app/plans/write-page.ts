import { analysisPage, PAGE_MARK } from "../../analysis/page/analysis-page.ts";
import { WavegateError } from "../../core/error.ts";
import { err, ok } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import type { Analysis } from "./analyze-plans.ts";
import type { PlanPorts } from "./plan-ports.ts";

/**
 * Write an analysis as an HTML page, inside the project. A file that is no such page stays as it is. Gives the path. Throws USAGE and
 * what changing files throws.
 */
export async function writePage(
  { planFiles }: PlanPorts,
  { input, findings }: Analysis,
  given: string,
): Promise<string> {
  const named = await planFiles.named(given);
  if (!named.ok) throw named.error;
  const path = named.value;
  const written = await planFiles.change({
    files: [{ path }],
    edit: (now) => {
      const there = now.get(path);
      if (there && there.text !== "" && !there.text.includes(PAGE_MARK))
        return err(
          new WavegateError(
            "USAGE",
            `${oneLine(path, 200)} is there, and is no page of an analysis.`,
            { hint: "Name a new file for --html.", place: { file: path } },
          ),
        );
      return ok([{ path, text: analysisPage(input, findings) }]);
    },
  });
  if (!written.ok) throw written.error;
  return path;
}
