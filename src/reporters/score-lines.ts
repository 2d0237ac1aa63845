import { oneLine } from "../core/text.ts";
import {
  SCORE_NAMES,
  type Reading,
  type Readings,
  type ScoreName,
} from "../stage/rules/readings.ts";
import { composeLine, paint, wrapText, type Style } from "./style.ts";

const NAME = 14;
const VALUE = 4;
const PART = 27;
const POINTS = 12;

/** What the ends of each scale mean. */
const SCALE: Readonly<Record<ScoreName, string>> = {
  complexity: "0 nothing to build, 50 a typical spec, 100 very much that hangs together",
  clarity: "0 nothing to go by, 100 clear",
  uncertainty: "0 all is known, 100 nothing is",
  debt: "0 none, 100 untested code in huge files",
};

/** The scores with the parts that they are the sum of. */
export function scoreLines(
  {
    title,
    file,
    readings,
  }: { readonly title: string; readonly file: string; readonly readings: Readings },
  style: Style,
): string[] {
  return [
    paint(style, "strong", oneLine(title, 200)),
    paint(style, "quiet", oneLine(file, 400)),
    ...SCORE_NAMES.flatMap((name) => ["", ...oneScore(name, readings[name], style)]),
  ];
}

function oneScore(name: ScoreName, reading: Reading, style: Style): string[] {
  const { value, computed, source, parts, note } = reading;
  const set = source === "computed" ? "" : `  set by the ${source}; computed ${computed}`;
  return [
    composeLine(style, [
      { text: name, columns: NAME, tone: "strong" },
      { text: String(value), columns: VALUE, align: "right", tone: "accent" },
      { text: set, tone: "warn" },
    ]),
    paint(style, "quiet", ` ${SCALE[name]}`),
    ...parts.flatMap((part) => {
      const points = `${(part.weight * part.share).toFixed(1)} of ${part.weight}`;
      const room = Math.max(20, style.width - PART - POINTS - 2);
      return wrapText(oneLine(part.counted, 400), room).map((text, index) =>
        composeLine(style, [
          { text: index === 0 ? ` ${part.name}` : "", columns: PART },
          { text: index === 0 ? points : "", columns: POINTS, align: "right" },
          { text: `  ${text}`, tone: "quiet" },
        ]).trimEnd(),
      );
    }),
    ...(note === null ? [] : [` ${oneLine(note, 300)}`]),
  ];
}
