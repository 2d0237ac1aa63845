import type { FilePlace } from "../core/place.ts";
import { WORK_TIME } from "../core/work-time.ts";
import type { Estimate } from "./model.ts";

/** `15M` and `3D` are not units: `(2D)` is a drawing. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|(?:min|mins|minute|minutes)\.?)$/, 1],
  [/^(?:h|(?:hr|hrs|hour|hours)\.?)$/, WORK_TIME.hour],
  [/^(?:d|day|days)$/, WORK_TIME.day],
  [/^(?:w|wk|wks|week|weeks)$/, WORK_TIME.week],
  [/^(?:month|months)$/, WORK_TIME.month],
];

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

export type Span = Pick<Estimate, "minutes" | "low" | "high">;

const valueOf = (text: string): Span | undefined => {
  const end = text.slice(0, 64).search(VALUE_END);
  return readDuration(end < 0 ? text : text.slice(0, end));
};

function labelled(line: string): Span | undefined {
  const [, unit = "", value = ""] = LABEL.exec(line) ?? [];
  return valueOf(value.trim()) ?? readDuration(`${value.trim()} ${unit.toLowerCase()}`);
}

function bracketed(line: string): Span | undefined {
  for (const [, inside = ""] of line.matchAll(IN_BRACKETS)) {
    const span = readDuration(inside);
    if (span) return span;
  }
  return undefined;
}

function trailing(line: string): Span | undefined {
  let rest = line;
  for (let group = TRAILING.exec(rest); group; group = TRAILING.exec(rest)) {
    const [words] = group;
    rest = rest.slice(0, group.index);
    const span = words.startsWith("(")
      ? readDuration(words.slice(1, words.lastIndexOf(")")))
      : undefined;
    if (span) return SETTING.test(rest) ? undefined : span;
  }
  return undefined;
}

const ABOUT = /^(?:~|≈|about |approx\.? |ca\.? |est\.?:? )\s?/i;
/** What nearly every text that is asked about does not begin with. */
const BEGINS = /^\s{0,4}(?:[~≈\d]|about|approx|ca|est)/i;
/** `2 agent-days`, `3 working days`: whose days they are does not change how many. */
const WHOSE = /(\d) ?(?:agent|person|dev|developer|man|working|work|business)[- ](?=[dhmw])/gi;
const BETWEEN = / ?(?:[-–—/]|\.\.| to ) ?/;
const AMOUNT = /^(\d{1,5}(?:[.,]\d{1,2})?) ?([A-Za-z]{0,7}\.?)/;

/** `1.5 h`, `1h 30m`, `2-3 days`, `1/2/4 d` and nothing else. */
export function readDuration(text: string): Span | undefined {
  if (text.length > 48 || !BEGINS.test(text)) return undefined;
  const words = text.trim().replace(/\s+/g, " ").replace(ABOUT, "").replace(WHOSE, "$1 ");
  const parts = words.split(BETWEEN).map(amounts);
  const unit = parts.at(-1)?.at(-1)?.unit;
  if (parts.length > 3 || unit === undefined) return undefined;
  const points: number[] = [];
  for (const part of parts) {
    // Only the last of several amounts may go without a unit of its own, as in `2-3 days`; never inside of `1h 30`.
    if (!part || (part.length > 1 && part.some((amount) => amount.unit === undefined)))
      return undefined;
    points.push(part.reduce((sum, amount) => sum + amount.count * (amount.unit ?? unit), 0));
  }
  const [low = 0, middle = low, high = middle] = points.toSorted((a, b) => a - b);
  if (low <= 0) return undefined;
  if (points.length === 1) return { minutes: low };
  if (points.length === 2) return { minutes: (low + middle) / 2, low, high: middle };
  return { minutes: (low + 4 * middle + high) / 6, low, high };
}

interface Amount {
  readonly count: number;
  /** Minutes in one, undefined where none is named. */
  readonly unit: number | undefined;
}

/** One amount, or several that add up; undefined where anything else is in it. */
function amounts(text: string): readonly Amount[] | undefined {
  const found: Amount[] = [];
  for (let rest = text; rest !== "";) {
    const [whole = "", count = "", name = ""] = AMOUNT.exec(rest) ?? [];
    const unit = UNITS.find(([pattern]) =>
      pattern.test(name.length > 1 ? name.toLowerCase() : name),
    )?.[1];
    if (whole === "" || (name !== "" && unit === undefined) || found.length > 2) return undefined;
    found.push({ count: Number(count.replace(",", ".")), unit });
    rest = rest.slice(whole.length).trimStart();
  }
  return found.length > 0 ? found : undefined;
}
