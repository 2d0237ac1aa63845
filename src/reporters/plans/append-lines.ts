import { oneLine } from "../../core/text.ts";
import type { AppendAnswer } from "../../plan/answers/append-answer.ts";
import { paint, type Style } from "../style.ts";
import { fitText } from "../text-width.ts";
import { pathLine } from "./plan-words.ts";

/** The lines that were added, under the place of the first. */
export function appendLines({ lines }: AppendAnswer, style: Style): string[] {
  const [first] = lines;
  if (!first) return [];
  return [
    pathLine(`${first.file}:${first.line}`, style, "strong"),
    ...lines.map(({ text }) =>
      paint(style, "good", `  + ${fitText(oneLine(text, 2_000), Math.max(20, style.width - 4))}`),
    ),
  ];
}
