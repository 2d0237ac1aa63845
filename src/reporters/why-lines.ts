import { oneLine } from "../core/text.ts";
import { paint, type Style, type Tone } from "./style.ts";

/** A call as `why` shows it. */
export interface ShownReason {
  readonly call: {
    readonly step: string;
    readonly agent: string;
    readonly state: "asked" | "succeeded" | "failed";
    readonly cache?: {
      readonly outcome: "hit" | "miss" | "off";
      readonly key: string | null;
      readonly earlier: { readonly runId: string; readonly step: string } | null;
    };
  };
  readonly because: string;
  readonly changed: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly changes:
      | readonly {
          readonly line: number;
          readonly removed: readonly string[];
          readonly added: readonly string[];
        }[]
      | null;
  }[];
  readonly same: readonly string[];
}

/** Most places shown of one text, and lines of one place. */
const MAX_PLACES = 5;
const MAX_LINES = 3;

const TONE: Readonly<Record<"hit" | "miss" | "off", Tone>> = {
  hit: "good",
  miss: "warn",
  off: "quiet",
};

/** Why calls asked their agents, or did not: a block for each. */
export const whyLines = (reasons: readonly ShownReason[], style: Style): string[] =>
  reasons.flatMap((reason, index) => [...(index > 0 ? [""] : []), ...block(reason, style)]);

function block({ call, because, changed, same }: ShownReason, style: Style): string[] {
  const { outcome = "off", earlier, key } = call.cache ?? {};
  const agent = oneLine(call.agent, 60);
  const asked =
    outcome === "hit"
      ? `${agent} was not asked`
      : call.state === "asked"
        ? `${agent} is being asked`
        : `${agent} was asked`;
  return [
    `${paint(style, "strong", oneLine(call.step, 200))}  ${paint(style, TONE[outcome], outcome)}`,
    `  ${asked}: ${because}.`,
    ...(earlier
      ? [`  earlier: ${oneLine(earlier.step, 200)} of run ${oneLine(earlier.runId, 120)}`]
      : []),
    ...changed.flatMap((part) => changedLines(part, style)),
    ...(same.length > 0 ? [paint(style, "quiet", `  same: ${oneLine(same.join(", "), 600)}`)] : []),
    ...(key ? [paint(style, "quiet", `  key: ${key.slice(0, 12)}`)] : []),
  ];
}

type Part = ShownReason["changed"][number];

function changedLines({ name, before, after, changes }: Part, style: Style): string[] {
  const what = paint(style, "warn", `  ${oneLine(name, 200)}`);
  if (before === null) return [`${what} is new`];
  if (after === null) return [`${what} is not there any more`];
  if (changes === null) return [`${what} changed: ${value(before)} → ${value(after)}`];
  const shown = changes.slice(0, MAX_PLACES);
  const more = changes.length - shown.length;
  return [
    ...shown.flatMap(({ line, removed, added }, index) => [
      `${index === 0 ? `${what} changed: ` : "    "}line ${line}`,
      ...cut(removed, "-", "bad", style),
      ...cut(added, "+", "good", style),
    ]),
    ...(more > 0 ? [`    and ${more} more ${more === 1 ? "place" : "places"}`] : []),
  ];
}

/** A digest is cut short: whole ones say no more to a person. */
const value = (text: string) =>
  /^[0-9a-f]{40,64}$/.test(text) ? text.slice(0, 12) : oneLine(text, 120);

function cut(lines: readonly string[], sign: string, tone: Tone, style: Style): string[] {
  const shown = lines.slice(0, MAX_LINES);
  const more = lines.length - shown.length;
  return [
    ...shown.map((line) => paint(style, tone, `      ${sign} ${oneLine(line, 300)}`)),
    ...(more > 0 ? [`      ${sign} and ${more} more`] : []),
  ];
}
