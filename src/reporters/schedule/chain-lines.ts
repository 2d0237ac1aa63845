import { oneLine } from "../../core/text.ts";
import type { ChainLink } from "../../schedule/answers/schedule-answer.ts";
import { composeLine, paint, type Style } from "../style.ts";
import { reasonText } from "./reason-words.ts";
import { shortTime } from "./time-words.ts";

/** Steps that are shown. */
const MOST_STEPS = 12;
const ID = 12;
const WHEN = 26;

/** Each step with when it is and why it does not start sooner; the middle of a long chain is left out. */
export function chainLines(chain: readonly ChainLink[], style: Style): string[] {
  const half = MOST_STEPS / 2;
  const hidden = chain.length > MOST_STEPS + 1 ? chain.length - MOST_STEPS : 0;
  const shown = hidden > 0 ? [...chain.slice(0, half), ...chain.slice(-half)] : chain;
  const dots = style.unicode ? "…" : "...";
  return shown.flatMap((step, index) => [
    ...(hidden > 0 && index === half ? [paint(style, "quiet", ` ${dots} ${hidden} more`)] : []),
    ...stepLines(step, style),
  ]);
}

function stepLines({ id, title, start, end, why, kind }: ChainLink, style: Style): string[] {
  const words = kind === "sync" ? `sync point: ${title}` : title;
  const when = `${shortTime(start)} ${style.unicode ? "–" : "-"} ${shortTime(end)}`;
  return [
    composeLine(style, [
      { text: ` ${oneLine(id, 40)}`, columns: ID - 1, tone: "accent" },
      { text: "", columns: 1 },
      { text: when, columns: WHEN },
      { text: oneLine(words, 400), columns: Math.max(10, style.width - ID - WHEN) },
    ]),
    composeLine(style, [
      { text: "", columns: ID },
      { text: reasonText(why), tone: "quiet" },
    ]),
  ];
}
