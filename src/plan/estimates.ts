import type { FilePlace } from "../core/place.ts";
import { readWorkSpan, type WorkSpan } from "../core/work-span.ts";
import type { Estimate } from "./model.ts";

/** Expected minutes by complexity, 1 … 10 (S3 gives scores, no hours): half an hour to a week, so that a step up costs more the higher it is. */
const COMPLEXITY_MINUTES = [30, 60, 120, 180, 240, 480, 720, 960, 1440, 2400] as const;

/** Minutes of what says nothing, by kind: one figure for all, so that ratios and not hours are read from it. */
export const DEFAULT_MINUTES = { task: 30, verification: 10, check: 10 } as const;

/** What the words after a label say, and a value as a whole, may go on with. */
const VALUE_END = /[(|;]|,\s| per /;

const LABEL =
  /\b(?:estimate|estimated|estimation|est|effort|duration)\b ?(time|effort|duration|minutes|hours|days|weeks)?\*{0,2} ?:\*{0,2}([^|()[\]{}]{1,48})/i;

/** In brackets anywhere. */
const IN_BRACKETS = /\[([^[\]()]{1,32})\]/g;
/** In parentheses only behind all words of the line: `(30 min)` within a sentence is what the software does. */
const TRAILING = /[([{][^()[\]{}]{0,80}[)\]}][\s.]*$/;
/** Words before a parenthesis that make it a setting of the software, not the time of the work. */
const SETTING =
  /\b(?:time-?out|ttl|expir\w{0,4}|interval|every|delay|retention|window|caching|cache[ds]?|sessions?|debounce|after|within|for|limit|lifetime|period|polling|max|min|maximum|minimum|rate|age)\W{0,3}$/i;

/**
 * How long the text says that something takes: a value as a whole (`3 weeks`, `2-3 days`, `~1.5 hours`, `1h 30m`,
 * `1/2/4 d`, `2 agent-days`), a labelled one (`Effort: ~36 hours`, `Estimated Hours: 420`), one in brackets (`[15m]`), or one in
 * parentheses at the end (`(2h)`). Durations within sentences are not estimates. A range gives its middle, three points the mean
 * of their beta distribution (Malcolm et al., Operations Research 7 (1959) 646–669). Reads 1,000 characters.
 */
export function readEstimate(text: string, place: FilePlace): Estimate | undefined {
  const line = text.slice(0, 1000).trim();
  const span = valueOf(line) ?? labelled(line) ?? bracketed(line) ?? trailing(line);
  return span && { ...span, source: "text", place };
}

/** A complexity score of 1 … 10, by a table; undefined outside of it. */
export function complexityEstimate(score: number, place?: FilePlace): Estimate | undefined {
  const minutes = COMPLEXITY_MINUTES[Math.round(score) - 1];
  if (minutes === undefined) return undefined;
  return { minutes, source: "complexity", ...(place && { place }) };
}

const valueOf = (text: string): WorkSpan | undefined => {
  const end = text.slice(0, 64).search(VALUE_END);
  return readWorkSpan(end < 0 ? text : text.slice(0, end));
};

function labelled(line: string): WorkSpan | undefined {
  const [, unit = "", value = ""] = LABEL.exec(line) ?? [];
  return valueOf(value.trim()) ?? readWorkSpan(`${value.trim()} ${unit.toLowerCase()}`);
}

function bracketed(line: string): WorkSpan | undefined {
  for (const [, inside = ""] of line.matchAll(IN_BRACKETS)) {
    const span = readWorkSpan(inside);
    if (span) return span;
  }
  return undefined;
}

function trailing(line: string): WorkSpan | undefined {
  let rest = line;
  for (let group = TRAILING.exec(rest); group; group = TRAILING.exec(rest)) {
    const [words] = group;
    rest = rest.slice(0, group.index);
    const span = words.startsWith("(")
      ? readWorkSpan(words.slice(1, words.lastIndexOf(")")))
      : undefined;
    if (span) return SETTING.test(rest) ? undefined : span;
  }
  return undefined;
}
