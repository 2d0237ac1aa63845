import type { RunEvent } from "../core/event.ts";
import { oneLine } from "../core/text.ts";
import { composeLine, wrapText, type Style } from "./style.ts";

type RuleEvent = Extract<RunEvent, { readonly type: "rule-fired" }>;

const INDENT = 11;

/** What a rule found: `complexity 90 above 70`, with where the value comes from if a person set it. */
export function findingText({ on, value, is, threshold, from }: RuleEvent): string {
  const set = from === "configuration" || from === "command line" ? `, set by the ${from}` : "";
  if (on === "resources")
    return `resources ${oneLine(String(threshold), 40)} (${oneLine(String(value), 100)})`;
  if (is === "equal") return `${oneLine(on, 40)} ${oneLine(String(threshold), 40)}`;
  return `${oneLine(on, 40)} ${value} ${is} ${threshold}${set}`;
}

/** What a rule changed: `specialists at once 3 to 1`. */
const changeTexts = ({ changes }: RuleEvent): readonly string[] =>
  changes.map(({ what, from, to }) =>
    oneLine(from === "" ? `${what} + ${to}` : `${what} ${from} to ${to}`, 120),
  );

/** One line: the rule, why it fired, what it changed. */
export function ruleText(event: RuleEvent): string {
  const changes = changeTexts(event);
  return `${oneLine(event.rule, 60)}: ${findingText(event)}; ${changes.length === 0 ? "changes nothing" : changes.join(", ")}`;
}

/** The rules that fired in a run, under each what it changed. */
export const ruleLines = (rules: readonly RuleEvent[], style: Style): string[] =>
  rules.flatMap((event, index) => {
    const room = Math.max(20, style.width - INDENT - 2);
    const head = `${oneLine(event.stage, 60)}: ${oneLine(event.rule, 60)} (${oneLine(event.source, 60)}), ${findingText(event)}`;
    const changes = changeTexts(event);
    const body =
      changes.length === 0 ? "changes nothing: it was as strict already" : changes.join(", ");
    const lines = [
      ...wrapText(head, room).map((text) => ({ text, tone: "accent" }) as const),
      ...wrapText(body, room).map((text) => ({ text: `  ${text}`, tone: "plain" }) as const),
    ];
    return lines.map((line, at) =>
      composeLine(style, [
        { text: index + at === 0 ? "rules" : "", columns: INDENT, tone: "quiet" },
        line,
      ]).trimEnd(),
    );
  });
