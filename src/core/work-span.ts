import { WORK_TIME } from "./work-time.ts";

/** Minutes of working time, with the ends of a range. */
export interface WorkSpan {
  readonly minutes: number;
  readonly low?: number;
  readonly high?: number;
}

/** `15M` and `3D` are not units: `(2D)` is a drawing. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|(?:min|mins|minute|minutes)\.?)$/, 1],
  [/^(?:h|(?:hr|hrs|hour|hours)\.?)$/, WORK_TIME.hour],
  [/^(?:d|day|days)$/, WORK_TIME.day],
  [/^(?:w|wk|wks|week|weeks)$/, WORK_TIME.week],
  [/^(?:month|months)$/, WORK_TIME.month],
];

const ABOUT = /^(?:~|≈|about |approx\.? |ca\.? |est\.?:? )\s?/i;
/** What nearly every text that is asked about does not begin with. */
const BEGINS = /^\s{0,4}(?:[~≈\d]|about|approx|ca|est)/i;
/** `2 agent-days`, `3 working days`: whose days they are does not change how many. */
const WHOSE = /(\d) ?(?:agent|person|dev|developer|man|working|work|business)[- ](?=[dhmw])/gi;
const BETWEEN = / ?(?:[-–—/]|\.\.| to ) ?/;
const AMOUNT = /^(\d{1,5}(?:[.,]\d{1,2})?) ?([A-Za-z]{0,7}\.?)/;

/**
 * A length of time as a whole text: `3 weeks`, `~1.5 h`, `1h 30m`, `2-3 days`, `1/2/4 d`, `2 agent-days`. A range gives its middle,
 * three points the mean of their beta distribution (Malcolm et al., Operations Research 7 (1959) 646–669). Undefined for anything else.
 */
export function readWorkSpan(text: string): WorkSpan | undefined {
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
