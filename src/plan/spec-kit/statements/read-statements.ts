import type { IdGrammar } from "../../annotations/id-grammar.ts";
import { cutClauses, nest, type Item } from "./clauses.ts";
import { readTokens, type Target } from "./tokens.ts";

/** What a text says of order, before it is known what its names stand for. */
export interface Statement {
  /** `order`: `later` waits for `earlier`. `chain`: `later` run one at a time, `earlier` is empty. */
  readonly kind: "order" | "chain";
  readonly earlier: readonly Target[];
  /** Empty: what the text is about (`scope`). */
  readonly later: readonly Target[];
  /** The side that the text did not name and that its scope stands for. */
  readonly scope: "earlier" | "later" | undefined;
  readonly soft: boolean;
  /** Serialised because of a file. */
  readonly sameFile: boolean;
  /** Where in the text the word stands that says so. */
  readonly at: number;
}

export interface ReadText {
  /** What the label before a colon names: `**User Story 2 (Phase 4)**: …`. */
  readonly label: readonly Target[];
  readonly statements: readonly Statement[];
}

interface Cue {
  readonly index: number;
  readonly item: Item;
  readonly direction: "needs" | "blocks";
  readonly arrow: boolean;
  /** `not before` and `not until` say what waits. */
  readonly turned?: boolean;
}

interface Context {
  /** Whether there is something that clauses without a subject are about. */
  readonly scoped: boolean;
  last: readonly Target[];
  readonly sameFile: boolean;
  readonly statements: Statement[];
}

const FAR = 6;

/**
 * Read what a bullet, row or line of a diagram says of order: `**US2 (Phase 4)**: Depends on US1 and Phase 2; T007 after
 * T005/T006`, `T001 → T002 → T003`, `Once Foundational is done, US1 and US2 can start`, `T003, T004 must run sequentially`.
 * What is denied or only recommended is none. Linear.
 */
export function readStatements(text: string, grammar: IdGrammar, scoped: boolean): ReadText {
  const items = nest(readTokens(text, grammar));
  const { label, rest } = cutLabel(items);
  const statements: Statement[] = [];
  const sameFile = /same file|seriali[sz]/i.test(text);
  const context: Context = { scoped: scoped || label.length > 0, last: [], sameFile, statements };
  for (const clause of cutClauses(rest)) readClause(clause, context);
  return { label, statements };
}

function cutLabel(items: readonly Item[]): {
  readonly label: readonly Target[];
  readonly rest: readonly Item[];
} {
  const colon = items.findIndex(({ kind }) => kind === "colon");
  if (colon < 0) return { label: [], rest: items };
  const head = items.slice(0, colon);
  const rest = items.slice(colon + 1);
  const dash = head.findIndex(({ kind }) => kind === "break");
  const cue = head.find(({ kind }) => kind === "needs" || kind === "blocks" || kind === "chain");
  const arrow = head.some(({ kind }) => kind === "forward" || kind === "backward");
  if (arrow || (dash >= 0 && cue))
    return { label: [], rest: [...head, breakAt(head.at(-1)?.end ?? 0), ...rest] };
  const targets = head
    .slice(0, dash < 0 ? undefined : dash)
    .flatMap((item) => (item.kind === "target" ? [item.target] : []));
  const soft = head.filter(({ kind }) => kind === "soft");
  return targets.length > 0
    ? { label: targets, rest }
    : { label: [], rest: cue ? [...soft, cue, ...rest] : [...soft, ...rest] };
}

const breakAt = (at: number): Item => ({ kind: "break", start: at, end: at });

function readClause(clause: readonly Item[], context: Context): void {
  const own = readOuter(clause, context);
  const inner: Context = { ...context, last: own ?? context.last, scoped: own?.length === 0 };
  for (const item of clause) {
    if (item.kind !== "group" || item.pure) continue;
    for (const part of cutClauses(item.items)) {
      if (part.some(({ kind }) => kind === "target")) readClause(part, inner);
    }
  }
}

/** Read a clause without what stands in brackets; who it is about, empty for the scope. */
function readOuter(clause: readonly Item[], context: Context): readonly Target[] | undefined {
  const cues = cuesOf(clause);
  if (cues.length === 0) {
    readChain(clause, context);
    return context.last.length > 0 ? context.last : undefined;
  }
  const [first] = cues;
  const opening =
    first && first.index === 0 && first.direction === "needs" && isOpening(first.item);
  let subject: readonly Target[] | undefined = opening
    ? openedSubject(clause)
    : subjectOf(clause, first?.index ?? 0, context);
  const who = subject;
  if (who && who.length > 0) context.last = who;
  cues.forEach((cue, turn) => {
    const objects = objectsAfter(clause, cue.index + 1, opening === true && turn === 0);
    const left = cue.arrow ? leftOf(clause, cue.index) : subject;
    // `sequential order is recommended: US1 → US2`: who draws what is only recommended orders nothing.
    const denied = cue.arrow ? isSoft(clause, cue) : !cue.turned && isDenied(clause, cue);
    if (objects.length > 0 && left !== undefined && !denied) {
      context.statements.push(
        stated(cue, left, objects, { soft: isSoft(clause, cue), sameFile: context.sameFile }),
      );
    }
    if (cue.arrow && subject === undefined) subject = leftOf(clause, cue.index);
  });
  return who;
}

function stated(
  cue: Cue,
  left: readonly Target[],
  right: readonly Target[],
  how: Pick<Statement, "soft" | "sameFile">,
): Statement {
  const [earlier, later] = cue.direction === "needs" ? [right, left] : [left, right];
  const scope = left.length > 0 ? undefined : cue.direction === "needs" ? "later" : "earlier";
  return { kind: "order", earlier, later, scope, ...how, at: cue.item.start };
}

function cuesOf(clause: readonly Item[]): readonly Cue[] {
  return clause.flatMap((item, index): Cue[] => {
    if (item.kind === "needs" || item.kind === "blocks")
      return [{ index, item, ...turned(clause, index, item.kind, item.text), arrow: false }];
    if (item.kind === "forward") return [{ index, item, direction: "blocks", arrow: true }];
    return item.kind === "backward" ? [{ index, item, direction: "needs", arrow: true }] : [];
  });
}

function turned(
  clause: readonly Item[],
  index: number,
  direction: Cue["direction"],
  text: string,
): Pick<Cue, "direction" | "turned"> {
  if (!/before$|avant$|antes|until$/iu.test(text) || !saysNo(clause, index)) return { direction };
  return { direction: "needs", turned: true };
}

const isOpening = (item: Item): boolean =>
  item.kind === "needs" && /^(?:once|after|après)$/iu.test(item.text);

/** `Once Phase 2 is done, US1 and US2 can start`: who stands behind the comma. */
function openedSubject(clause: readonly Item[]): readonly Target[] {
  const comma = clause.findIndex(({ kind }) => kind === "comma");
  if (comma < 0) return [];
  const end = clause.findIndex(
    (item, index) =>
      index > comma + 1 && item.kind !== "target" && item.kind !== "join" && item.kind !== "comma",
  );
  return clause
    .slice(comma, end < 0 ? undefined : end)
    .flatMap((item) => (item.kind === "target" ? [item.target] : []));
}

/** Who a clause is about: what is named before the word, else the scope (empty), else nobody known (undefined). */
function subjectOf(
  clause: readonly Item[],
  before: number,
  context: Context,
): readonly Target[] | undefined {
  const whole = clause.slice(0, before);
  const part = whole.slice(whole.findLastIndex(({ kind }) => kind === "comma") + 1);
  const head = whole.some(({ kind }) => kind === "target") ? whole : part;
  const named = head.flatMap((item) => (item.kind === "target" ? [item.target] : []));
  if (named.length > 0) return named;
  if (head.some(({ kind }) => kind === "word" || kind === "stop")) return undefined;
  if (context.scoped) return [];
  return context.last.length > 0 ? context.last : undefined;
}

/** The list right before an arrow. */
function leftOf(clause: readonly Item[], index: number): readonly Target[] | undefined {
  const targets: Target[] = [];
  for (let at = index - 1; at >= 0; at--) {
    const item = clause[at];
    if (item?.kind === "target") targets.unshift(item.target);
    else if (
      item?.kind !== "join" &&
      item?.kind !== "comma" &&
      item?.kind !== "group" &&
      item?.kind !== "word"
    )
      break;
    else if (item.kind === "word" && targets.length > 0) break;
  }
  return targets.length > 0 ? targets : undefined;
}

/** The list behind a word, with few words in between. */
function objectsAfter(clause: readonly Item[], from: number, opened: boolean): readonly Target[] {
  const targets: Target[] = [];
  let far = 0;
  let joined = true;
  for (let at = from; at < clause.length; at++) {
    const item = clause[at];
    if (item?.kind === "target") {
      if (!joined) break;
      targets.push(item.target);
      joined = false;
      far = 0;
    } else if (item?.kind === "comma" || item?.kind === "join") {
      if (opened && item.kind === "comma") break;
      joined = true;
    } else if (item?.kind === "word" || item?.kind === "filler" || item?.kind === "group") {
      far++;
      const verb =
        item.kind === "filler" && !/^(?:directly|only|also|both|all|any)$/iu.test(item.text);
      if (far > FAR || (verb && targets.length > 0 && joined)) break;
    } else break;
  }
  return targets;
}

/** Whether the clause says that it is not so: `no dependency on US1`. */
function isDenied(clause: readonly Item[], { index }: Cue): boolean {
  return saysNo(clause, index) || clause[index + 1]?.kind === "no";
}

function saysNo(clause: readonly Item[], before: number): boolean {
  for (let at = before - 1; at >= 0; at--) {
    const kind = clause[at]?.kind;
    if (kind === "no") return true;
    if (kind === "target" || kind === "comma") return false;
  }
  return false;
}

const isSoft = (clause: readonly Item[], { index }: Cue): boolean =>
  clause.slice(0, index).some(({ kind }) => kind === "soft");

/** `T003, T004 and T005 must run sequentially`. */
function readChain(clause: readonly Item[], context: Context): void {
  const named = clause.flatMap((item) => (item.kind === "target" ? [item.target] : []));
  const chain = clause.find(({ kind }) => kind === "chain");
  const denied = clause.some(({ kind }) => kind === "no" || kind === "soft");
  const later = named.length > 0 ? named : context.last;
  if (chain && !denied && later.length > 0) {
    context.statements.push({
      kind: "chain",
      earlier: [],
      later,
      scope: undefined,
      soft: false,
      sameFile: context.sameFile,
      at: chain.start,
    });
  }
  if (named.length > 0) context.last = named;
}
