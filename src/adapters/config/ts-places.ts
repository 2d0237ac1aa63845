import { MAX_DEPTH, type ConfigEntry, type ConfigNode } from "./config-node.ts";

/**
 * Where the keys and values of a TypeScript configuration stand, as far as they are written out: the literal that is the
 * default export, also inside `defineConfig( … )`, before `satisfies`, or in a `const` of the file. Only places come from
 * here, never a value, so what is not understood (a spread, a call, an imported name) costs a place its exactness and no
 * more: the nearest thing around it is named. Undefined when there is no such literal. Never throws.
 */
export function tsPlaces(text: string): ConfigNode | undefined {
  const tokens = tokensOf(text);
  const start = tokens.findIndex(
    ({ text: word }, index) => word === "export" && tokens[index + 1]?.text === "default",
  );
  if (start < 0) return undefined;
  const found = new LiteralReader(tokens).exported(start + 2);
  return found?.kind === "scalar" ? undefined : found;
}

interface Token {
  readonly at: number;
  readonly text: string;
}

/** Comments are left out; a template, with whatever is in it, is one token as far as its first end. */
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\]|\\[^])*`|\.\.\.|[\p{L}\p{N}_$]+|\S/gu;

const tokensOf = (text: string): readonly Token[] =>
  [...text.matchAll(TOKEN)].flatMap((match) =>
    /^\/[/*]/.test(match[0]) ? [] : [{ at: match.index, text: match[0] }],
  );

const OPEN = new Set(["{", "[", "("]);
const CLOSE = new Set(["}", "]", ")"]);

class LiteralReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The literal that an expression is about, from its first token on. */
  exported(from: number, depth = 0): ConfigNode | undefined {
    this.#next = from;
    while (this.#is("(")) this.#next += 1;
    if (this.#is("{") || this.#is("[")) return this.#value(1);
    const name = this.#tokens[this.#next]?.text ?? "";
    if (!/^[\p{L}_$]/u.test(name) || depth > 3) return undefined;
    if (this.#tokens[this.#next + 1]?.text === "(") return this.exported(this.#next + 2, depth + 1);
    const made = this.#tokens.findIndex(
      ({ text }, index) => text === "const" && this.#tokens[index + 1]?.text === name,
    );
    const equals = this.#tokens.findIndex(({ text }, index) => index > made && text === "=");
    return made < 0 || equals < 0 ? undefined : this.exported(equals + 1, depth + 1);
  }

  #value(depth: number): ConfigNode {
    const at = this.#tokens[this.#next]?.at ?? 0;
    if (this.#is("{") && depth <= MAX_DEPTH) return { kind: "map", at, entries: this.#map(depth) };
    if (this.#is("[") && depth <= MAX_DEPTH) return { kind: "list", at, items: this.#list(depth) };
    return { kind: "scalar", at, value: null };
  }

  #map(depth: number): readonly ConfigEntry[] {
    const entries = new Map<string, ConfigEntry>();
    for (const token of this.#each("}")) {
      const key = keyOf(token.text);
      if (key === undefined || this.#tokens[this.#next + 1]?.text !== ":") continue;
      this.#next += 2;
      entries.set(key, { key, at: token.at, value: this.#value(depth + 1) });
    }
    return [...entries.values()];
  }

  #list(depth: number): readonly ConfigNode[] {
    const items: ConfigNode[] = [];
    let spread = false;
    for (const token of this.#each("]")) {
      if (token.text === "...") spread = true;
      else items.push(this.#value(depth + 1));
    }
    return spread ? [] : items;
  }

  /** The first token of each item between two brackets; whatever is left of an item is passed over. */
  *#each(close: string): Generator<Token> {
    this.#next += 1;
    for (;;) {
      const token = this.#tokens[this.#next];
      // Another bracket than ours: the text is no right TypeScript.
      if (!token || (CLOSE.has(token.text) && token.text !== close)) return;
      if (token.text === close) break;
      yield token;
      this.#skip();
      if (this.#is(",")) this.#next += 1;
    }
    this.#next += 1;
  }

  /** To the comma or bracket that ends the item. */
  #skip(): void {
    for (let open = 0; this.#next < this.#tokens.length; this.#next += 1) {
      const text = this.#tokens[this.#next]?.text ?? "";
      if (open === 0 && (text === "," || CLOSE.has(text))) return;
      if (OPEN.has(text)) open += 1;
      if (CLOSE.has(text)) open -= 1;
    }
  }

  #is(text: string): boolean {
    return this.#tokens[this.#next]?.text === text;
  }
}

/** The key that a token writes, if it does. */
function keyOf(text: string): string | undefined {
  if (/^[\p{L}\p{N}_$]+$/u.test(text)) return text;
  return /^(["'])[^\\]*\1$/.test(text) ? text.slice(1, -1) : undefined;
}
