import { oneLine } from "../../core/text.ts";
import type { SourceLine } from "../../core/markdown/source-lines.ts";
import type { PlanDiagnostic } from "../model.ts";
import { problem } from "./problems.ts";
import { placeIn, type Source } from "./source.ts";

const MOJIBAKE = /‚Ä[îìôúù¶]|â€[“”™œ¦\u009D]|Ã[©¨¶¼¤ ]/;
const VARIABLE = /\{\{\s{0,4}([a-z][a-z0-9_]{0,60})\s{0,4}\}\}/;

/** What can be said of the file as a whole: its encoding, its line ends, the template that it was made from. */
export function fileProblems(source: Source): readonly PlanDiagnostic[] {
  const problems: PlanDiagnostic[] = [];
  const top = { file: source.file, line: 1 };
  if (source.text.includes("\r")) {
    problems.push(
      problem(
        "PLAN_LINE_ENDINGS",
        top,
        "Lines end with carriage returns; of such a file the original sees no phase and no task.",
      ),
    );
  }
  const garbled = source.lines.find(({ text }) => MOJIBAKE.test(text));
  if (garbled) {
    const at = garbled.text.search(MOJIBAKE);
    problems.push(
      problem(
        "PLAN_MOJIBAKE",
        placeIn(source, garbled, at),
        `UTF-8 was read as another encoding: "${oneLine(garbled.text.slice(at, at + 12), 12)}"`,
      ),
    );
  }
  const [firstPhase = source.lines.length] = source.headings.keys();
  source.lines.forEach((line, index) => {
    if (line.kind !== "text" || !line.text.includes("{{")) return;
    const words = index < firstPhase ? line.text : withoutCode(line);
    const match = VARIABLE.exec(words);
    if (match) {
      problems.push(
        problem(
          "PLAN_TEMPLATE_VARIABLE",
          placeIn(source, line, match.index),
          `The template's {{${match[1] ?? ""}}} was never filled in.`,
        ),
      );
    }
  });
  return problems;
}

/** Tasks may be about templates: within phases only what is not in code counts. */
const withoutCode = ({ text }: SourceLine): string =>
  text.replace(/`[^`]{0,400}`/g, (code) => " ".repeat(code.length));
