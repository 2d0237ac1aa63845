import type { Folded } from "../core/markdown/folded.ts";
import { plain } from "./section-kinds.ts";

export type StepRole = "given" | "when" | "then" | "and";

/** One Given, When, Then or And of a text: from its keyword to the next one. */
export interface Step {
  readonly role: StepRole;
  /** Where the keyword (with its emphasis) begins. */
  readonly at: number;
  /** Where the text after it begins. */
  readonly from: number;
  readonly to: number;
}

/** Keywords as Gherkin has them in each language, longest first where one begins another. */
const WORDS: Readonly<Record<StepRole, string>> = {
  given:
    "given(?: that)?|[eé]tant donn[eé]e?s?(?: qu(?:e|'|’))?|soit|dad[oa]s?(?: que)?|dat[oa] che|dat[oaie]|angenommen|gegeben(?: sei(?:en)?)?|gegeven|zak[lł]adaj[aą]c|maj[aą]c|дано|допустим|пусть|givet|前提(?:として)?|与えられた|假设|假如|给定|假定|已知|주어진|조건|전제",
  when: "when|quand|lorsqu(?:e|'|’)|cuando|quando|wenn|wanneer|als|gdy|kiedy|je[żz]eli|когда|если|n[äa]r|もし|とき|場合|当|當|만일|만약|언제",
  then: "then|alors|entonces|ent[ãa]o|allora|dann|dan|wtedy|тогда|то|s[åa]|ならば|その時|その結果|那么|那麼|则|則|그러면",
  and: "and|but|et|mais|pero|mas|und|aber|かつ|しかし|并且|而且|그리고|하지만",
};

/** Keywords that are everyday words too: they count only in bold, in capitals or at the start of a line. */
const EVERYDAY =
  /^(?:soit|dat[oaie]|als|si|n[äa]r|s[åa]|dan|то|если|当|则|則|前提|前提として|場合|とき|조건|전제|given|and|but|et|mais|pero|mas|und|aber|пусть)$/iu;

const ROLES: readonly StepRole[] = ["given", "when", "then", "and"];
const ANY = ROLES.map((role) => WORDS[role]).join("|");
const EXACT = ROLES.map((role) => [role, new RegExp(`^(?:${WORDS[role]})$`, "iu")] as const);
const BOLD = new RegExp(
  `(\\*\\*|__|\\*|_)(${ANY})\\s?[:：,、]?\\1(?![\\p{L}\\p{N}])\\s?[:：,、]?\\s*`,
  "giu",
);
const BARE = new RegExp(
  `(?<![\\p{L}\\p{N}_*])(${ANY})(?:(?![\\p{L}\\p{N}_])|(?<=[\\u3040-\\u9FFF\\uAC00-\\uD7AF'’]))[:：,、]?\\s*`,
  "giu",
);

const roleOf = (word: string): StepRole =>
  EXACT.find(([, pattern]) => pattern.test(word))?.[0] ?? "and";

const link = (found: readonly Omit<Step, "to">[], length: number): readonly Step[] =>
  found.map((step, index) => ({ ...step, to: found[index + 1]?.at ?? length }));

function boldSteps(text: string): readonly Step[] {
  const found = [...text.matchAll(BOLD)].map((match) => ({
    role: roleOf((match[2] ?? "").trim()),
    at: match.index,
    from: match.index + match[0].length,
  }));
  return found.some((step) => step.role !== "and" || step.at === 0) ? link(found, text.length) : [];
}

/** Keywords without emphasis: at the start of a line or item, after a comma or full stop, or in capitals. */
function bareSteps(body: Folded): readonly Step[] {
  const { text } = body;
  const starts = new Set(body.pieces.map((piece) => piece.offset));
  const found = [...text.matchAll(BARE)].flatMap((match) => {
    const word = match[1] ?? "";
    const at = match.index;
    const starting = starts.has(at) || /^[^:]{0,60}[:：] $/.test(text.slice(0, Math.min(at, 80)));
    const capitals = word.length > 2 && word === word.toUpperCase() && /[A-Z]/.test(word);
    const role = roleOf(word);
    const paused = /[,;.:、。，；：]\s*$/.test(text.slice(Math.max(0, at - 3), at));
    const counts = starting || capitals || (paused && !EVERYDAY.test(word));
    return counts ? [{ role, at, from: at + match[0].length, starting }] : [];
  });
  const first = found[0];
  if (!first?.starting || first.role === "and") return [];
  const alone = found.length === 1 && first.at === 0 && text.length < 400;
  return alone || found.some((step) => step.role === "then") ? link(found, text.length) : [];
}

/**
 * The Given/When/Then parts of a text, in many languages; none when it is not written that way. Without emphasis, a
 * text that is not `loose` must have both a Given and a Then: prose begins with "When …" too.
 */
export function stepsOf(body: Folded, loose: boolean): readonly Step[] {
  const bold = boldSteps(body.text);
  if (bold.length > 0) return bold;
  const bare = bareSteps(body);
  const roles = new Set(bare.map((step) => step.role));
  return loose || (roles.has("given") && roles.has("then")) ? bare : [];
}

/** The role a table column's heading names, if it is one of the keywords. */
export function stepColumn(heading: string): StepRole | undefined {
  const word = plain(heading);
  return EXACT.find(([, pattern]) => pattern.test(word))?.[0];
}
