import type { IdGrammar } from "../../annotations/id-grammar.ts";
import { nest, type Item } from "./clauses.ts";
import { readTokens, type Target } from "./tokens.ts";

/** What a text says runs in parallel, before it is known what its names stand for. */
export interface ParallelStatement {
  /** They run beside each other, and each beside all of `beside`. */
  readonly tasks: readonly Target[];
  readonly beside: readonly Target[];
  readonly at: number;
}

const PARALLEL = /^(?:in\s{1,4}parallel|parallel|concurrently|simultaneously)$/iu;
const ANY_PARALLEL = /parallel|concurrently|simultaneously/i;
const NOT = /^(?:not|never|no|without|don't|doesn't|cannot|rather|instead|zero)/iu;

/** `T006, T007 (types) in parallel`, `T013 + T015 in parallel with T011/T012`. What is denied is none. Linear. */
export function readParallel(text: string, grammar: IdGrammar): readonly ParallelStatement[] {
  if (!ANY_PARALLEL.test(text)) return [];
  const items = nest(readTokens(text, grammar));
  const colon = items.findIndex(({ kind }) => kind === "colon");
  const found: ParallelStatement[] = [];
  let clause: Item[] = [];
  for (const item of items.slice(colon + 1)) {
    if (item.kind !== "break") clause.push(item);
    else {
      found.push(...inClause(clause));
      clause = [];
    }
  }
  return [...found, ...inClause(clause)];
}

function inClause(clause: readonly Item[]): readonly ParallelStatement[] {
  const at = clause.findIndex((item) => "text" in item && PARALLEL.test(item.text));
  const word = clause[at];
  if (!word || clause.some((item) => "text" in item && NOT.test(item.text))) return [];
  const left = clause.slice(0, at);
  const arrow = left.findLastIndex(({ kind }) => kind === "forward" || kind === "backward");
  const cue = left.findLastIndex(isOrder);
  const comma = left.findIndex(({ kind }, index) => index > cue && kind === "comma");
  if (cue > 0 || (cue === 0 && comma < 0)) return [];
  const tasks = targets(left.slice(Math.max(arrow, cue === 0 ? comma : -1) + 1));
  const right = clause.slice(at + 1);
  const end = right.findIndex(isOrder);
  const [first] = right;
  const joined = first !== undefined && "text" in first && /^with$/iu.test(first.text);
  const beside = joined ? targets(right.slice(1, end < 0 ? undefined : end)) : [];
  return tasks.length === 0 ? [] : [{ tasks, beside, at: word.start }];
}

const isOrder = ({ kind }: Item): boolean =>
  kind === "needs" || kind === "blocks" || kind === "chain";

const targets = (items: readonly Item[]): readonly Target[] =>
  items.flatMap((item) => (item.kind === "target" ? [item.target] : []));

/** Only some of the marked tasks: tests, models. */
const MARKED =
  /(?:^|[^\p{L}\p{N}])(?:all|tasks)\s(?:(?!tests?|models?|not)[^.;[]){0,60}\[P\](?:(?!\bnot\b|\bexcept)[^.;[]){0,40}\bin\s{1,4}parallel/iu;

/** Where a text says that all tasks marked `[P]` run in parallel. */
export const allMarkedAt = (text: string): number => {
  const found = MARKED.exec(text.replaceAll("`", " ").replaceAll("*", " "));
  return found ? found.index : -1;
};
