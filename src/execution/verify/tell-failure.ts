/** What a command that failed said of it. */
export interface FailureTold {
  /** The first thing that failed, and how many did besides; undefined where nothing was printed. */
  readonly line: string | undefined;
  /** What failed, each with what is said of it; where no runner is recognised, errors and the last lines. */
  readonly lines: readonly string[];
}

/** Most lines that are told, and of one failure what it says. */
const LINES = 40;
const SAID = 6;

/** A line that names what failed. */
interface Shape {
  readonly opens: RegExp;
  /** It says why, too. */
  readonly whole?: true;
  /** The line after it says why, whatever it looks like. */
  readonly follow?: true;
}

const SHAPES: readonly Shape[] = [
  // TAP: node --test, tap, bats
  { opens: /^\s*not ok \d+(?!.* # (?:todo|skip)\b)/i },
  // marks of spec reporters: node, vitest, jest, ava; not the sum of eslint
  { opens: /^\s*[✖✕×✗] (?!failing tests|\d+ problems?\b)\S/ },
  { opens: /^\s*● (?!Console\b)\S/, follow: true },
  // mocha
  { opens: /^ {2}\d+\) \S/, follow: true },
  // jest, vitest, go's packages, pytest's sum, unittest
  { opens: /^\s*FAIL(?:ED)?[:\s]\s*[^\s(]/ },
  { opens: /^ERROR: \S+ \(\S+\)$/ },
  // pytest
  { opens: /^_{3,} \S.* _{3,}$/ },
  { opens: /^\s*--- FAIL: / },
  // cargo
  { opens: /^test \S.* \.\.\. FAILED$/ },
  { opens: /^---- \S.* stdout ----$/ },
  { opens: /^\S.*(?:\(\d+,\d+\):|:\d+:\d+ -) error TS\d+: /, whole: true },
];

/** What comes after is no more of the failure before, and what came before of none after. */
const CLOSES =
  /^\s*(?:ok \d|[✔✓√▶ℹ] |PASS\b|ok\s+\S+\s|--- (?:PASS|SKIP)|=== RUN|test \S.* \.\.\. ok$|failures:$|# tests \d|1\.\.\d|={3,})/;
const BEGINS = /^\s*# Subtest: /;

/** An error of whatever program, and of compilers that say the place alone. */
const ERROR =
  /(?:^|[\s:\]>])(?:\w*(?:Error|Exception)(?: \[\w+\])?|[Ee]rror(?:\[\w+\])?|ERROR|[Ff]atal|FATAL|[Pp]anic): ?\S|^\S+\.\w+:\d+:\d+: \S/;

const SAYS: readonly RegExp[] = [
  ERROR,
  // pytest
  /^E {2,}\S/,
  // vitest
  /^\s+→ \S/,
  // cargo
  / panicked at /,
  /^\s*(?:message|expected|actual|found|wanted|received|left|right): *\S/i,
  // jest, and vitest with its differences
  /^\s+expect\(/,
  /^\s*[-+] {2,}\S/,
  // go
  /^\s+\S+\.go:\d+: \S/,
];

const PLACES: readonly RegExp[] = [
  /^\s*at (?!.*(?:\bnode:|node_modules\/)).*:\d+(?::\d+)?\)?$/,
  /^\s*(?:❯|-->) \S+:\d+:\d+$/,
  /^\s*location: \S/,
  /^[^\s/]\S*\.py:\d+: \S/,
];

const FRAME = /^\s*at \S/;
/** TAP: the lines that are indented by more. */
const BLOCK = /^\s*(?:error|message): [|>][-+]?$/;
/** Of what was compared, lines that hold nothing; of cargo, advice. */
const BARE = /^\s*(?:[[\](){},]+|note: .*)$/;
/** What only says that something in it failed. */
const EMPTY = /^\s*(?:error: )?'(?:test failed|\d+ subtests? failed)'$/;
const DURATION = / \(?\d[\d.]* ?m?s\)?$/;

interface Growing {
  readonly what: string;
  readonly shape: Shape | undefined;
  readonly says: string[];
  readonly places: string[];
  /** Errors that were told before it, of nobody else. */
  readonly before: readonly Growing[];
  /** So many lines are taken whatever they look like, as long as they are indented by more than `indent`. */
  follow: number;
  indent: number;
}

/**
 * What an engineer wants to know of a command that failed, by the shapes of output that test runners and compilers have: what failed, why and where. Of
 * a failure that is told of several times the telling that says most, and none that only sums up others. O(lines), which are inert and bounded.
 */
export function tellFailure(lines: readonly string[]): FailureTold {
  const { named, loose } = scan(lines);
  const told = named.map(withErrorsBefore);
  const saying = told.filter(({ says, shape }) => says.length > 0 || shape?.whole === true);
  if (told.length > 0) {
    const failures = saying.length > 0 ? withoutRepeats(saying) : told;
    return { line: lineOf(failures), lines: failures.flatMap(linesOf).slice(0, LINES) };
  }
  const errors = withoutRepeats(loose);
  const own = errors.flatMap(linesOf);
  const last = lastLines(lines).filter((line) => !own.includes(line.trim()));
  return { line: lineOf(errors) ?? lines.at(-1), lines: [...own, ...last].slice(0, LINES) };
}

export const lastLines = (lines: readonly string[]): readonly string[] => lines.slice(-LINES);

function scan(lines: readonly string[]): { named: readonly Growing[]; loose: readonly Growing[] } {
  const named: Growing[] = [];
  const loose: Growing[] = [];
  let before: Growing[] = [];
  let open: Growing | undefined;
  for (const each of lines) {
    // What a test prints is a comment in TAP.
    const line = CLOSES.test(each) || BEGINS.test(each) ? each : each.replace(/^\s*# /, "");
    if (line.trim() === "") continue;
    const shape = SHAPES.find(({ opens }) => opens.test(line));
    if (shape) {
      named.push((open = begin(line, shape, before)));
      before = [];
    } else if (BEGINS.test(line)) open = undefined;
    else if (CLOSES.test(line)) {
      open = undefined;
      before = [];
    } else if (!open?.shape && ERROR.test(line)) {
      open = begin(line, undefined, []);
      before.push(open);
      loose.push(open);
    } else if (open) takeIn(open, line);
  }
  return { named, loose };
}

function begin(line: string, shape: Shape | undefined, before: readonly Growing[]): Growing {
  const what = line.trim();
  const follow = shape ? (shape.follow ? 1 : 0) : followAfter(what);
  return { what, shape, says: [], places: [], before, follow, indent: -1 };
}

function takeIn(open: Growing, line: string): void {
  if (BARE.test(line)) return;
  const text = line.trim().replace(/^E\s+/, "");
  const indent = line.search(/\S/);
  if (open.follow > 0 && indent > open.indent && !FRAME.test(line)) {
    open.says.push(text);
    open.follow -= 1;
    return;
  }
  open.follow = 0;
  open.indent = -1;
  if (EMPTY.test(line)) return;
  if (BLOCK.test(line)) {
    open.follow = SAID;
    open.indent = indent;
  } else if (PLACES.some((place) => place.test(line))) open.places.push(text);
  else if (SAYS.some((says) => says.test(line))) {
    open.says.push(text);
    open.follow = followAfter(text);
  }
}

const followAfter = (text: string): number => (text.endsWith(":") ? SAID : 0);

/** A file that could not be run printed its error before it was said to have failed. */
function withErrorsBefore(failure: Growing): Growing {
  if (failure.says.length > 0) return failure;
  const says = failure.before.flatMap((one) => [one.what, ...one.says]);
  const places = [...failure.before.flatMap((one) => one.places), ...failure.places];
  return { ...failure, says, places };
}

/** Runners tell of a failure where it happens, and once more at the end. */
function withoutRepeats(failures: readonly Growing[]): readonly Growing[] {
  const kept: Growing[] = [];
  for (const failure of failures.toReversed())
    if (!kept.some((other) => isRepeat(failure, other))) kept.unshift(failure);
  return kept;
}

function isRepeat(one: Growing, other: Growing): boolean {
  if (!nameOf(other).endsWith(nameOf(one))) return false;
  const [why] = one.says;
  if (why === undefined) return true;
  const reason = why.replace(/^→ /, "");
  return other.says.some((says) => says.includes(reason));
}

const nameOf = ({ what }: Growing): string =>
  what.replace(/^(?:[✖✕×✗●]|FAIL(?:ED)?:?)\s+/, "").replace(DURATION, "");

const wordsOf = ({ what }: Growing): string =>
  what.replace(/^(?:_+|-{4}) | (?:_+|stdout -{4})$/g, "").replace(DURATION, "");

const linesOf = (failure: Growing): readonly string[] => [
  wordsOf(failure),
  ...failure.says.slice(0, SAID),
  ...failure.places.slice(0, 1),
];

/** What a line that ends with a colon announces is told with it. */
function lineOf([first, ...others]: readonly Growing[]): string | undefined {
  if (!first) return undefined;
  const told = [wordsOf(first)];
  for (const each of first.says) {
    if (told.length > 1 && !told.at(-1)?.endsWith(":")) break;
    told.push(each);
  }
  const [words = "", ...why] = told;
  const joined = why.length === 0 ? words : `${words.replace(/:$/, "")}: ${why.join(" ")}`;
  return others.length > 0 ? `${joined} (and ${others.length} more)` : joined;
}
