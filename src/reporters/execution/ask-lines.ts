import { oneLine } from "../../core/text.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { Ask } from "../../history/execution/asks.ts";
import { clock } from "../agent-line.ts";
import { keyText } from "../plans/plan-words.ts";
import { textWidth } from "../text-width.ts";
import { composeLine, paint, symbolsOf, wrapText, type Style } from "../style.ts";

const MOST_DETAILS = 5;

/** The command that answers; never cut, as people copy it. */
export const answerCommand = (runId: string, task: string, answer: string): string =>
  `wavegate task ${runId} ${shellWord(task)} --${answer}`;

/** What one task asks, and the command that is most likely the answer: three lines, for a view that is drawn again and again. */
export function askFrame(
  ask: Ask,
  { runId, now }: { readonly runId: string; readonly now: number },
  style: Style,
): string[] {
  const [first] = ask.answers;
  return [
    askHead(ask, now, style),
    composeLine(style, [{ text: `   ${oneLine(ask.message, 300)}` }]),
    ...(first
      ? [
          composeLine(style, [
            { text: `   ${answerCommand(runId, ask.task, first.answer)}`, tone: "accent" },
          ]),
        ]
      : []),
  ];
}

function askHead(ask: Ask, now: number, style: Style): string {
  const { gate, bad } = symbolsOf(style);
  const failed = ask.kind === "failed";
  const holds =
    ask.holdsUp > 0 ? `, ${ask.holdsUp} ${ask.holdsUp === 1 ? "waits" : "wait"} for it` : "";
  const said = `${failed ? "failed" : "asks"}, ${clock(now - ask.since)} ago${holds}`;
  const [key, title] = [keyText(ask.task), oneLine(ask.title, 200)];
  return composeLine(style, [
    { text: ` ${failed ? bad : gate} `, tone: failed ? "bad" : "warn" },
    { text: `${key}  `, tone: "strong" },
    {
      text: title,
      columns: Math.max(
        8,
        Math.min(textWidth(title), style.width - said.length - textWidth(key) - 7),
      ),
    },
    { text: `  ${said}`, tone: "quiet" },
  ]).trimEnd();
}

/** What one task asks, all of it: message, paths, and every answer with what it does. */
export function askLines(
  ask: Ask,
  { runId, now }: { readonly runId: string; readonly now: number },
  style: Style,
): string[] {
  const left = ask.details.length - MOST_DETAILS;
  return [
    askHead(ask, now, style),
    ...wrapText(oneLine(ask.message, 600), style.width - 3).map((line) => `   ${line}`),
    ...ask.details
      .slice(0, MOST_DETAILS)
      .flatMap((line) => wrapText(oneLine(line, 300), Math.max(20, style.width - 5)))
      .map((line) => paint(style, "quiet", `     ${line}`)),
    ...(left > 0 ? [`     and ${left} more; --json has all`] : []),
    ...ask.answers.flatMap(({ answer, words }) => [
      composeLine({ ...style, width: 10_000 }, [
        { text: `   ${answerCommand(runId, ask.task, answer)}`, tone: "accent" },
      ]).trimEnd(),
      composeLine(style, [{ text: `     ${words}`, tone: "quiet" }]).trimEnd(),
    ]),
  ];
}
