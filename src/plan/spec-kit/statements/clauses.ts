import type { Target, Token } from "./tokens.ts";

/** A token, or what stands in brackets as one. */
export type Item = Token | Group;

export interface Group {
  readonly kind: "group";
  readonly start: number;
  readonly end: number;
  readonly items: readonly Item[];
  /** Where it holds nothing but names. */
  readonly pure: readonly Target[] | undefined;
}

const DEPTH = 4;

/** Put brackets together; what is not closed ends with the text. Names take the ids that stand in brackets behind them. */
export function nest(tokens: readonly Token[]): readonly Item[] {
  const stack: Item[][] = [[]];
  const opened: Token[] = [];
  const close = (end: number): void => {
    const items = stack.pop() ?? [];
    const start = opened.pop()?.start ?? 0;
    stack.at(-1)?.push({ kind: "group", start, end, items: attach(items), pure: pureOf(items) });
  };
  for (const token of tokens) {
    if (token.kind === "open" && stack.length <= DEPTH) {
      opened.push(token);
      stack.push([]);
    } else if (token.kind === "close") {
      if (stack.length > 1) close(token.end);
    } else if (token.kind !== "open") stack.at(-1)?.push(token);
  }
  while (stack.length > 1) close(tokens.at(-1)?.end ?? 0);
  return attach(stack[0] ?? []);
}

function pureOf(items: readonly Item[]): readonly Target[] | undefined {
  const targets: Target[] = [];
  for (const item of items) {
    if (item.kind === "target") targets.push(item.target);
    else if (item.kind !== "comma" && item.kind !== "join") return undefined;
  }
  return targets.length === 0 ? undefined : targets;
}

/** `Foundational (Phase 2)` is one target; `the gate (T013)` is T013. */
function attach(items: readonly Item[]): readonly Item[] {
  const out: Item[] = [];
  for (const item of items) {
    const before = out.at(-1);
    if (item.kind !== "group" || !item.pure) out.push(item);
    else if (before?.kind === "target" && !before.target.inside) {
      const inside = item.pure.flatMap(({ references }) => references);
      const target: Target = { ...before.target, ...(inside.length > 0 ? { inside } : {}) };
      out.splice(-1, 1, { kind: "target", start: before.start, end: item.end, target });
    } else {
      for (const [at, target] of item.pure.entries()) {
        if (at > 0) out.push({ kind: "join", start: item.start, end: item.end });
        out.push({ kind: "target", start: item.start, end: item.end, target });
      }
    }
  }
  return out;
}

/** Cut at full stops, semicolons and dashes, and where a list goes over into the next sentence: `…, T007 after T004`. */
export function cutClauses(items: readonly Item[]): readonly (readonly Item[])[] {
  const clauses: Item[][] = [[]];
  const flat = items.flatMap((item, index) => splitList(item, items, index));
  flat.forEach((item, index) => {
    const current = clauses.at(-1);
    if (item.kind === "break") clauses.push([]);
    else if (startsNew(flat, index) && current && current.length > 0 && !opens(current))
      clauses.push([]);
    else current?.push(item);
  });
  return clauses.filter((clause) => clause.length > 0);
}

const isVerb = (item: Item | undefined): boolean =>
  item?.kind === "needs" ||
  item?.kind === "blocks" ||
  item?.kind === "filler" ||
  item?.kind === "no";

/** A comma or "and" behind which a new subject stands. */
function startsNew(items: readonly Item[], index: number): boolean {
  const item = items[index];
  if (item?.kind !== "comma" && item?.kind !== "join") return false;
  let next = index + 1;
  while (items[next]?.kind === "comma" || items[next]?.kind === "join") next++;
  if (items[next]?.kind !== "target") return false;
  do next++;
  while (items[next]?.kind === "group");
  return isVerb(items[next]);
}

/** `Once Phase 2 is done, …`: its comma ends no sentence. */
const opens = ([first]: readonly Item[]): boolean =>
  first?.kind === "needs" && /^(?:once|after|when|après)$/iu.test(first.text);

/** `after T003, T007 and T008 after T004`: the last comma of the list begins a sentence. */
function splitList(item: Item, items: readonly Item[], index: number): readonly Item[] {
  if (item.kind !== "target" || item.target.references.length < 2 || item.target.inside)
    return [item];
  const ordered = items.slice(0, index).some(({ kind }) => kind === "needs" || kind === "blocks");
  const next = items[index + 1];
  if (!ordered || !(next?.kind === "needs" || next?.kind === "blocks")) return [item];
  const { references } = item.target;
  const cut = references.findLastIndex(
    (reference, at) => at > 0 && reference.start - (references[at - 1]?.end ?? 0) === 2,
  );
  if (cut < 1) return [item];
  const [first, second] = [references.slice(0, cut), references.slice(cut)];
  const middle = first.at(-1)?.end ?? item.start;
  return [
    { ...item, end: middle, target: { references: first } },
    { kind: "break", start: middle, end: middle + 1 },
    { ...item, start: middle + 2, target: { references: second } },
  ];
}
