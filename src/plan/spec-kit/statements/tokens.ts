import { maskCode } from "../../annotations/mask-code.ts";
import { matchAt, type IdGrammar } from "../../annotations/id-grammar.ts";
import { readReferences, type Reference } from "../../annotations/references.ts";
import type { PhaseRole } from "../phase-heading.ts";
import { BACKWARD, FORWARD, NAMES, WORDS, type WordKind } from "./words.ts";

/** What a sentence names: tasks, phases and stories by their ids, or phases by what they are called. */
export interface Target {
  readonly references: readonly Reference[];
  readonly role?: PhaseRole | "stories";
  /** The ids in brackets behind it: `Foundational (T002)`, `User Story 2 (Phase 4)`. */
  readonly inside?: readonly Reference[];
}

export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: "target"; readonly target: Target }
  | { readonly kind: WordKind | "word"; readonly text: string }
  | {
      readonly kind:
        | "forward"
        | "backward"
        | "comma"
        | "join"
        | "break"
        | "colon"
        | "open"
        | "close";
    }
);

const SPACE = /(?:[\s*_`"“”]|['’](?:s(?![\p{L}\p{N}]))?){1,400}/uy;
const WORD = /[\p{L}\p{N}_@#$%](?:[\p{L}\p{N}_@#$%]|[.'’/\\-](?=[\p{L}\p{N}_])){0,200}/uy;
const DASH = /(?:[—–]|-{1,3})(?=\s|$)/uy;
const STOP = /[.!?](?=\s|$|\*)|;/uy;

/** Cut a sentence into what it names and the words that tell how. Inline code is blank but for ids. Linear. */
export function readTokens(text: string, grammar: IdGrammar): readonly Token[] {
  const source = maskCode(text, grammar);
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const space = matchAt(SPACE, source, at);
    if (space !== "") {
      at += space.length;
      continue;
    }
    const token = sign(source, at) ?? name(source, at) ?? word(source, at, grammar);
    if (token) tokens.push(token);
    at = token?.end ?? at + 1;
  }
  return tokens;
}

/** Punctuation and arrows. */
function sign(source: string, start: number): Token | undefined {
  for (const [kind, pattern] of [
    ["forward", FORWARD],
    ["backward", BACKWARD],
    ["break", DASH],
    ["break", STOP],
  ] as const) {
    const found = matchAt(pattern, source, start);
    if (found !== "") return { kind, start, end: start + found.length };
  }
  const end = start + 1;
  const kind = SIGNS.get(source[start] ?? "");
  return kind && { kind, start, end };
}

const SIGNS: ReadonlyMap<string, "open" | "close" | "comma" | "colon" | "join"> = new Map([
  ["(", "open"],
  ["[", "open"],
  [")", "close"],
  ["]", "close"],
  [",", "comma"],
  [":", "colon"],
  ["+", "join"],
  ["&", "join"],
  ["/", "join"],
  ["‖", "join"],
]);

function name(source: string, start: number): Token | undefined {
  for (const [role, pattern] of NAMES) {
    const found = matchAt(pattern, source, start);
    if (found !== "")
      return { kind: "target", start, end: start + found.length, target: { references: [], role } };
  }
  return undefined;
}

function word(source: string, start: number, grammar: IdGrammar): Token | undefined {
  const references = listAt(source, start, grammar);
  const end = references.at(-1)?.end;
  if (end !== undefined) return { kind: "target", start, end, target: { references } };
  for (const { kind, pattern } of WORDS) {
    const text = matchAt(pattern, source, start);
    if (text !== "") return { kind, start, end: start + text.length, text };
  }
  if (/^and(?![\p{L}\p{N}])|^et(?![\p{L}\p{N}])/iu.test(source.slice(start, start + 4)))
    return { kind: "join", start, end: start + (source[start]?.toLowerCase() === "a" ? 3 : 2) };
  const text = matchAt(WORD, source, start);
  return text === "" ? undefined : { kind: "word", start, end: start + text.length, text };
}

/** A list within one sentence and one pair of brackets. */
function listAt(source: string, start: number, grammar: IdGrammar): readonly Reference[] {
  const { references } = readReferences(source, start, grammar);
  const over = references.findIndex(
    (reference, at) =>
      at > 0 && /[;()[\]]/.test(source.slice(references[at - 1]?.end, reference.start)),
  );
  return over < 0 ? references : references.slice(0, over);
}
