import {
  MAX_DEPTH,
  type ConfigEntry,
  type ConfigNode,
  type ConfigTree,
  type TextProblem,
} from "./config-node.ts";

/**
 * JSON as RFC 8259 has it, with places: no comments, no trailing commas, each key once. A text is taken exactly when
 * `JSON.parse` takes it (nesting aside), with the same values; a key that stands twice is a problem besides. Never throws.
 */
export function readJsonTree(text: string): ConfigTree {
  const reader = new JsonReader(text);
  try {
    return { root: reader.document(), problems: reader.problems };
  } catch (cause) {
    if (!(cause instanceof NotJson)) throw cause;
    return {
      root: undefined,
      problems: [{ kind: "syntax", at: cause.at, message: cause.message }],
    };
  }
}

class NotJson extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const BLANK = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\]|\\[^])*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

class JsonReader {
  readonly problems: TextProblem[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): ConfigNode {
    const root = this.#value(1);
    this.#blank();
    if (this.#at < this.#text.length) throw this.#unexpected("nothing more");
    return root;
  }

  #value(depth: number): ConfigNode {
    this.#blank();
    const at = this.#at;
    const next = this.#text[at];
    if ((next === "{" || next === "[") && depth > MAX_DEPTH)
      throw new NotJson(at, `nesting exceeded ${MAX_DEPTH} levels`);
    if (next === "{") return { kind: "map", at, entries: this.#entries(depth) };
    if (next === "[") return { kind: "list", at, items: this.#items(depth) };
    const scalar = this.#taken(STRING) ?? this.#taken(NUMBER) ?? this.#taken(WORD);
    if (scalar === undefined) throw this.#unexpected("a value");
    return { kind: "scalar", at, value: scalarOf(scalar, at) };
  }

  #items(depth: number): readonly ConfigNode[] {
    const items: ConfigNode[] = [];
    for (const _ of this.#each("]")) items.push(this.#value(depth + 1));
    return items;
  }

  #entries(depth: number): readonly ConfigEntry[] {
    const entries = new Map<string, ConfigEntry>();
    for (const at of this.#each("}")) {
      const written = this.#taken(STRING);
      if (written === undefined) throw this.#unexpected("a key in double quotes");
      const key = String(scalarOf(written, at));
      this.#blank();
      if (!this.#took(":")) throw this.#unexpected("a colon");
      const value = this.#value(depth + 1);
      if (key === "__proto__")
        this.problems.push({ kind: "feature", at, message: `the key "${key}" is not supported` });
      else if (entries.has(key))
        this.problems.push({
          kind: "duplicate",
          at,
          message: `the key "${key}" stands here a second time`,
        });
      else entries.set(key, { key, at, value });
    }
    return [...entries.values()];
  }

  /** Where each item of the list or group that starts here begins; reads brackets and commas. */
  *#each(close: "]" | "}"): Generator<number> {
    this.#at += 1;
    this.#blank();
    if (this.#took(close)) return;
    for (;;) {
      yield this.#at;
      this.#blank();
      if (this.#took(close)) return;
      const comma = this.#at;
      if (!this.#took(",")) throw this.#unexpected(`a comma or ${close}`);
      this.#blank();
      if (this.#text[this.#at] === close)
        throw new NotJson(comma, `a comma stands before ${close}, which JSON does not have`);
    }
  }

  #blank(): void {
    this.#taken(BLANK);
    if (/^\/[/*]/.test(this.#text.slice(this.#at, this.#at + 2)) || this.#text[this.#at] === "#")
      throw new NotJson(this.#at, "a comment stands here, which JSON does not have");
  }

  #took(character: string): boolean {
    const there = this.#text[this.#at] === character;
    if (there) this.#at += 1;
    return there;
  }

  #taken(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #unexpected(wanted: string): NotJson {
    // One character only: the rest may be a secret.
    const next = Array.from(this.#text.slice(this.#at, this.#at + 2))[0];
    const found = next === undefined ? "the end of the file" : `"${next}"`;
    return new NotJson(this.#at, `${wanted} is expected here, not ${found}`);
  }
}

function scalarOf(written: string, at: number): string | number | boolean | null {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? value
      : null;
  } catch {
    throw new NotJson(at, "this text holds a line break, a control character or an unknown escape");
  }
}
