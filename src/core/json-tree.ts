import type { TextProblem, TextTree, TreeEntry, TreeNode } from "./text-tree.ts";

export interface JsonOptions {
  /** Nesting beyond this is a syntax problem. */
  readonly maxDepth: number;
  /**
   * For texts that a model or a person wrote: comments and commas before a closing bracket are read, and are a problem of kind
   * `feature`; of keys that stand twice the last counts, as for `JSON.parse`. Every key is an ordinary one.
   */
  readonly lenient?: boolean;
}

/**
 * JSON as RFC 8259 has it, with places: no comments, no trailing commas, each key once. A text is taken exactly when
 * `JSON.parse` takes it (nesting aside), with the same values; a key that stands twice is a problem besides. Never throws.
 */
export function readJsonTree(text: string, options: JsonOptions): TextTree {
  const reader = new JsonReader(text, options);
  try {
    return { root: reader.document(), problems: reader.problems };
  } catch (cause) {
    if (!(cause instanceof NotJson)) throw cause;
    return {
      root: undefined,
      problems: [...reader.problems, { kind: "syntax", at: cause.at, message: cause.message }],
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
const COMMENT = /\/\/[^\n\r]*|#[^\n\r]*|\/\*/y;
/** So many problems that don't stop the reading are told; a text can be full of them. */
const MAX_TOLD = 50;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

class JsonReader {
  readonly problems: TextProblem[] = [];
  readonly #text: string;
  readonly #lenient: boolean;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, options: JsonOptions) {
    this.#text = text;
    this.#lenient = options.lenient === true;
    this.#maxDepth = options.maxDepth;
  }

  document(): TreeNode {
    const root = this.#value(1);
    this.#blank();
    if (this.#at < this.#text.length) throw this.#unexpected("nothing more");
    return root;
  }

  #value(depth: number): TreeNode {
    this.#blank();
    const at = this.#at;
    const next = this.#text[at];
    if ((next === "{" || next === "[") && depth > this.#maxDepth)
      throw new NotJson(at, `nesting exceeded ${this.#maxDepth} levels`);
    if (next === "{") return { kind: "map", at, entries: this.#entries(depth) };
    if (next === "[") return { kind: "list", at, items: this.#items(depth) };
    const scalar = this.#string() ?? this.#taken(NUMBER) ?? this.#taken(WORD);
    if (scalar === undefined) throw this.#unexpected("a value");
    return { kind: "scalar", at, value: scalarOf(scalar, at) };
  }

  #items(depth: number): readonly TreeNode[] {
    const items: TreeNode[] = [];
    for (const _ of this.#each("]")) items.push(this.#value(depth + 1));
    return items;
  }

  #entries(depth: number): readonly TreeEntry[] {
    const entries = new Map<string, TreeEntry>();
    for (const at of this.#each("}")) {
      const written = this.#string();
      if (written === undefined) throw this.#unexpected("a key in double quotes");
      const key = String(scalarOf(written, at));
      this.#blank();
      if (!this.#took(":")) throw this.#unexpected("a colon");
      const value = this.#value(depth + 1);
      if (key === "__proto__" && !this.#lenient)
        this.#tell("feature", at, `the key "${key}" is not supported`);
      else if (entries.has(key)) {
        this.#tell("duplicate", at, `the key "${key}" stands here a second time`);
        if (this.#lenient) entries.set(key, { key, at, value });
      } else entries.set(key, { key, at, value });
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
      if (this.#text[this.#at] !== close) continue;
      this.#stray(comma, `a comma stands before ${close}, which JSON does not have`);
      this.#at += 1;
      return;
    }
  }

  #blank(): void {
    this.#taken(BLANK);
    for (;;) {
      const at = this.#at;
      const comment = this.#taken(COMMENT);
      if (comment === undefined) return;
      this.#stray(at, "a comment stands here, which JSON does not have");
      if (comment === "/*") {
        const end = this.#text.indexOf("*/", this.#at);
        if (end < 0) throw new NotJson(at, "a comment begins here that has no end");
        this.#at = end + 2;
      }
      this.#taken(BLANK);
    }
  }

  /** What is no JSON but can be read past. */
  #stray(at: number, message: string): void {
    if (!this.#lenient) throw new NotJson(at, message);
    this.#tell("feature", at, message);
  }

  #tell(kind: TextProblem["kind"], at: number, message: string): void {
    if (!this.#lenient || this.problems.length < MAX_TOLD)
      this.problems.push({ kind, at, message });
  }

  /** A string with its quotes, as written. */
  #string(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    if (text[start] !== '"') return undefined;
    for (let at = start + 1; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 0x5c) at++;
      else if (unit === 0x22) {
        this.#at = at + 1;
        return text.slice(start, at + 1);
      }
    }
    return undefined;
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
