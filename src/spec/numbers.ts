/** What a number limits: `min` "at least", `max` "under", `default`, or `exact` when nothing else is said. */
type Bound = "min" | "max" | "default" | "exact";

/** A number with a unit in a text. */
export interface Quantity {
  /** In the base unit of its dimension: seconds, bytes, percent, or the thing counted. */
  readonly value: number;
  /** As written: `30 minutes`. */
  readonly text: string;
  /** `seconds`, `bytes`, `percent`, or the singular noun: `character`, `attempt`. */
  readonly unit: string;
  readonly bound: Bound;
  /** Where it stands in the text. */
  readonly offset: number;
}

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  millisecond: 0.001,
  milliseconde: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  seconde: 1,
  segundo: 1,
  sekunde: 1,
  secondo: 1,
  min: 60,
  minute: 60,
  minuto: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  heure: 3600,
  hora: 3600,
  stunde: 3600,
  d: 86_400,
  day: 86_400,
  jour: 86_400,
  dia: 86_400,
  tag: 86_400,
  week: 604_800,
  semaine: 604_800,
  semana: 604_800,
  woche: 604_800,
  month: 2_592_000,
  moi: 2_592_000,
  mes: 2_592_000,
  monat: 2_592_000,
  year: 31_536_000,
  an: 31_536_000,
  ano: 31_536_000,
  jahr: 31_536_000,
};
const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  octet: 1,
  kb: 1e3,
  ko: 1e3,
  kib: 1024,
  mb: 1e6,
  mo: 1e6,
  mib: 1_048_576,
  gb: 1e9,
  go: 1e9,
  gib: 1_073_741_824,
  tb: 1e12,
};

const PATTERN =
  /(?<![\p{L}\p{N}.\-–_/$€£#])(\d{1,3}(?:[,  ]\d{3})+|\d{1,9})(\.\d{1,4})?(\s?%|[-\s]?([\p{L}]{1,14}))?(?![\p{N}])/gu;

const BOUNDS: readonly (readonly [Bound, RegExp])[] = [
  ["default", /\bdefault(?:s|ing)?\b|par defaut|por defecto|por padrao|standardmassig/],
  [
    "min",
    /\b(?:at least|minimum|min|no (?:less|fewer) than|more than|over|exceed(?:s|ing)?)\b|[≥>]=?|au moins|minimum|al menos|pelo menos|mindestens/,
  ],
  [
    "max",
    /\b(?:at most|maximum|max|under|below|less than|fewer than|no more than|not more than|within|up to|no longer than|never exceed\w*|not exceed\w*|limit(?:ed)? (?:of|to))\b|[≤<]=?|au plus|moins de|inferieur|como maximo|menos de|no maximo|hochstens|unter/,
  ],
];

/** How a number is bounded by the words just before it; the nearest wins, a longer phrase over a part of it. */
function boundOf(before: string): Bound {
  let best: Bound = "exact";
  let at = -1;
  let length = 0;
  for (const [bound, pattern] of BOUNDS) {
    for (const match of before.matchAll(new RegExp(pattern, "g"))) {
      const end = match.index + match[0].length;
      if (end > at || (end === at && match[0].length > length)) {
        best = bound;
        at = end;
        length = match[0].length;
      }
    }
  }
  return best;
}

const singularUnit = (unit: string): string =>
  unit.length > 3 && unit.endsWith("s") && !unit.endsWith("ss") ? unit.slice(0, -1) : unit;

/** The numbers of a text that have a unit or count something, in order. Numbers in ids and versions are left out. */
export function numbersOf(text: string): readonly Quantity[] {
  const plain = text
    .normalize("NFD")
    .replace(/[\u0300-\u036F]/g, "")
    .normalize("NFC")
    .toLowerCase();
  const words = plain.length === text.length ? plain : text.toLowerCase();
  return [...words.matchAll(PATTERN)].flatMap((match) => {
    const [whole, digits = "", fraction = "", tail = "", word = ""] = match;
    const value = Number(digits.replace(/\D/g, "") + fraction);
    const unit = singularUnit(word);
    const before = words.slice(Math.max(0, match.index - 28), match.index);
    const found = {
      text: text.slice(match.index, match.index + whole.length),
      offset: match.index,
    };
    const bound = boundOf(before);
    if (tail.trim() === "%") return [{ ...found, value, unit: "percent", bound }];
    if (word === "") return [];
    const seconds = SECONDS[unit];
    if (seconds !== undefined)
      return [{ ...found, value: value * seconds, unit: "seconds", bound }];
    const bytes = BYTES[unit];
    if (bytes !== undefined) return [{ ...found, value: value * bytes, unit: "bytes", bound }];
    return unit.length > 2 ? [{ ...found, value, unit, bound }] : [];
  });
}
