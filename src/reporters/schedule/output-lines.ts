import { oneLine } from "../../core/text.ts";
import type { WrittenFile } from "../../schedule/answers/schedule-answer.ts";
import { heading } from "../heading.ts";
import { paint, type Style } from "../style.ts";
import { prose } from "./labelled.ts";

const OUTCOMES: Readonly<Record<WrittenFile["outcome"], string>> = {
  written: "written",
  rewritten: "written anew",
  unchanged: "as it was",
  kept: "kept as it is: it was not written so by schedule. Move it away to have it written",
};

/** What became of each file that was asked for. */
export const outputLines = (written: readonly WrittenFile[], style: Style): string[] =>
  written.length === 0
    ? []
    : [
        "",
        heading("Files", style),
        ...written.flatMap(({ path, outcome }) =>
          prose(`${oneLine(path, 200)}: ${OUTCOMES[outcome]}`, style).map((line) =>
            outcome === "kept" ? paint(style, "warn", line) : line,
          ),
        ),
      ];
