import { formatPlace } from "../core/place.ts";
import { oneLine } from "../core/text.ts";
import type { Source } from "../stage/config/effective-config.ts";
import { composeLine, paint, wrapText, type Style } from "./style.ts";
import { textWidth } from "./text-width.ts";

interface Prompt {
  readonly stage: string;
  readonly role: string;
  readonly title: string;
  readonly source: Source;
}

/** Roles by stage, each with where what it is told comes from. */
export function promptLines(prompts: readonly Prompt[], style: Style): readonly string[] {
  const widest = Math.max(0, ...prompts.map(({ role }) => textWidth(role)));
  const titles = Math.max(0, ...prompts.map(({ title }) => textWidth(oneLine(title, 40))));
  const stages = [...new Set(prompts.map(({ stage }) => stage))];
  return [
    ...stages.flatMap((stage) => [
      paint(style, "strong", oneLine(stage, 80)),
      ...prompts
        .filter((one) => one.stage === stage)
        .map(({ role, title, source }) =>
          composeLine(style, [
            { text: ` ${oneLine(role, 40)}`, columns: widest + 1 },
            { text: "  " },
            { text: oneLine(title, 40), columns: titles, tone: "quiet" },
            { text: "  " },
            source.kind === "file"
              ? { text: oneLine(formatPlace(source.place), 200), tone: "accent" }
              : { text: "built in", tone: "quiet" },
          ]).trimEnd(),
        ),
      "",
    ]),
    ...wrapText(
      "Read one with: wavegate prompts show STAGE/ROLE [SPEC]. Change one after: wavegate prompts eject STAGE/ROLE",
      style.width,
    ),
  ];
}

/** What became of each file. */
export const ejectedLines = (
  files: readonly { readonly file: string; readonly outcome: string }[],
): readonly string[] =>
  files.map(({ file, outcome }) => `${oneLine(file, 300)}: ${oneLine(outcome, 80)}`);
