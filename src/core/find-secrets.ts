/** A piece of text, from a character up to but without another. */
export type Range = readonly [from: number, to: number];

/** Longest text that one pattern takes; a stream holds back this much. */
export const LONGEST_PATTERN = 16_384;

/**
 * The second net: credentials known by their shape, whoever they belong to. None takes a quote or a brace, so that
 * JSON stays JSON, and only private keys take a line end. A shape starts where no word character stands before it.
 */
const PATTERNS = [
  // OpenAI, Anthropic, Stripe and others: with a digit, so that "risk-based-…" and other words stay.
  String.raw`(?:sk|rk|pk)[-_](?=[A-Za-z_-]{0,64}\d)[A-Za-z0-9_-]{20,512}`,
  String.raw`gh[opsur]_[A-Za-z0-9]{20,255}`,
  String.raw`github_pat_[A-Za-z0-9_]{20,255}`,
  String.raw`glpat-[A-Za-z0-9_-]{16,255}`,
  String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])`,
  String.raw`xox[abeoprs]-[A-Za-z0-9-]{10,255}`,
  String.raw`AIza[A-Za-z0-9_-]{35}`,
  String.raw`npm_[A-Za-z0-9]{30,255}`,
  String.raw`eyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,4096}`,
];
const BEARER = String.raw`(?<=\b[Bb]earer[ \t]{1,4})(?=[A-Za-z._~+/-]{0,512}\d)[A-Za-z0-9._~+/-]{16,4096}={0,2}`;
const URL_PASSWORD = String.raw`(?<=\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@"'{}\[\]]{0,64}:)[^\s/@"'{}\[\]]{4,256}(?=@[\w.-])`;
const URL_QUERY = String.raw`(?<=\b[a-z][a-z0-9+.-]{1,20}://[^\s"'{}\[\]]{0,512}[?&](?:ssl)?password=)[^\s&#"'{}\[\]]{4,256}`;
const PRIVATE_KEY = String.raw`-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[\w+/=\s\\:,.]|-(?!----)){0,16000}?-----END [A-Z ]{0,30}PRIVATE KEY-----`;

const SHAPES = new RegExp(
  [
    `(?<![A-Za-z0-9_-])(?:${PATTERNS.join("|")})`,
    BEARER,
    URL_PASSWORD,
    URL_QUERY,
    PRIVATE_KEY,
  ].join("|"),
  "g",
);
/** What every shape has somewhere: without one of these, the slow search is left out. */
const HEADS =
  /(?:sk|rk|pk)[-_]|gh[opsur]_|github_pat_|glpat-|AKIA|ASIA|xox[abeoprs]-|AIza|npm_|eyJ|[Bb]earer[ \t]|:\/\/|PRIVATE KEY/;

/** Finds the given needles, overlapping ones too, and what looks like a credential. */
export function secretFinder(needles: readonly string[]): (text: string) => readonly Range[] {
  const sorted = [...new Set(needles)].toSorted((a, b) => b.length - a.length);
  const exact =
    sorted.length === 0
      ? undefined
      : new RegExp(sorted.map((n) => n.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"), "g");
  return (text) => {
    const exactly = exact ? rangesOf(exact, text, true) : [];
    const shaped = HEADS.test(text) ? rangesOf(SHAPES, text, false) : [];
    return exactly.length + shaped.length === 0 ? NOTHING : merged([...exactly, ...shaped]);
  };
}

const NOTHING: readonly Range[] = [];

function rangesOf(pattern: RegExp, text: string, overlapping: boolean): Range[] {
  const ranges: Range[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    ranges.push([match.index, match.index + match[0].length]);
    if (overlapping) pattern.lastIndex = match.index + 1;
  }
  return ranges;
}

/** In order, with those that overlap made one. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from < last[1]) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}

/** The text with each range replaced by `mark`. */
export function withoutRanges(text: string, ranges: readonly Range[], mark: string): string {
  if (ranges.length === 0) return text;
  const parts: string[] = [];
  let done = 0;
  for (const [from, to] of ranges) {
    parts.push(text.slice(done, from), mark);
    done = to;
  }
  return parts.join("") + text.slice(done);
}
