import type { Json } from "../../core/json.ts";
import type { TreeEntry, TreeNode } from "../../core/text-tree.ts";

export type TreeMap = Extract<TreeNode, { kind: "map" }>;
export type TreeList = Extract<TreeNode, { kind: "list" }>;

/** A piece of a text and what takes its place. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The value of a key; undefined where it isn't there. */
export const fieldOf = (map: TreeMap, key: string): TreeNode | undefined =>
  map.entries.find((entry) => entry.key === key)?.value;

/**
 * Changes of a JSON text that leave every byte that need not change: what is put in is indented and spaced as what stands beside it.
 * Changes are gathered, then made by `text()`; what was put in by one can't be changed by another.
 */
export class JsonDocument {
  readonly #text: string;
  readonly #splices: Splice[] = [];
  readonly #appended = new Map<TreeMap | TreeList, readonly ((indent: string) => string)[]>();
  readonly #eol: string;
  /** What one level is indented by; undefined for a text without line breaks. */
  readonly #unit: string | undefined;
  /** Between a key and its value. */
  readonly #colon: string;

  /** @param root of `text`, read without problems, so with each key once */
  constructor(text: string, root: TreeMap) {
    this.#text = text;
    const [first] = root.entries;
    const before = first && text.slice(root.at + 1, first.at);
    this.#eol = /\r\n|\n|\r/.exec(before ?? "")?.[0] ?? "\n";
    this.#unit = before === undefined ? "  " : /[\r\n]([ \t]*)$/.exec(before)?.[1];
    const colon = first && text.slice(this.#endOfString(first.at), first.value.at);
    this.#colon = colon ?? ": ";
  }

  /** Give a key a value. Nothing is changed where it has it. */
  set(map: TreeMap, key: string, value: string | number | boolean | null): void {
    const there = fieldOf(map, key);
    if (!there) this.add(map, key, value);
    else if (there.kind !== "scalar" || there.value !== value)
      this.#splices.push({ from: there.at, to: this.endOf(there), text: JSON.stringify(value) });
  }

  /** Put a key behind the last one. It must not be there. */
  add(map: TreeMap, key: string, value: Json): void {
    const name = JSON.stringify(key) + this.#colon;
    this.#append(map, (indent) => name + this.#written(value, indent));
  }

  /** Put an item behind the last one. */
  push(list: TreeList, value: Json): void {
    this.#append(list, (indent) => this.#written(value, indent));
  }

  /** Take keys away, as far as they are there; not twice from one map, and at least one other key must stay. */
  remove(map: TreeMap, keys: readonly string[]): void {
    let kept: TreeEntry | undefined;
    let group: TreeEntry[] = [];
    const cut = (next: TreeEntry | undefined) => {
      const [first, last] = [group[0], group.at(-1)];
      group = [];
      if (!first || !last) return;
      // With the comma before them; at the beginning, with the one behind them.
      const [from, to] = kept
        ? [this.endOf(kept.value), this.endOf(last.value)]
        : [first.at, next?.at ?? this.endOf(last.value)];
      this.#splices.push({ from, to, text: "" });
    };
    for (const entry of map.entries) {
      if (keys.includes(entry.key)) group.push(entry);
      else {
        cut(entry);
        kept = entry;
      }
    }
    cut(undefined);
  }

  /** The text with all changes. */
  text(): string {
    const parts: string[] = [];
    let at = 0;
    const appended = [...this.#appended].map(([into, each]) => this.#appendedTo(into, each));
    const order = [...this.#splices, ...appended].map((splice, index) => ({ ...splice, index }));
    for (const { from, to, text } of order.toSorted(
      (a, b) => a.from - b.from || a.index - b.index,
    )) {
      if (from < at) throw new Error("two changes of one piece of JSON");
      parts.push(this.#text.slice(at, from), text);
      at = to;
    }
    return [...parts, this.#text.slice(at)].join("");
  }

  /** Where a value ends. */
  endOf(node: TreeNode): number {
    if (node.kind === "scalar")
      return typeof node.value === "string" ? this.#endOfString(node.at) : this.#endOfWord(node.at);
    const last = node.kind === "map" ? node.entries.at(-1)?.value : node.items.at(-1);
    const inside = last ? this.endOf(last) : node.at + 1;
    return this.#text.indexOf(node.kind === "map" ? "}" : "]", inside) + 1;
  }

  #append(into: TreeMap | TreeList, written: (indent: string) => string): void {
    this.#appended.set(into, [...(this.#appended.get(into) ?? []), written]);
  }

  /** What was put behind the last key or item of a group or list. */
  #appendedTo(into: TreeMap | TreeList, each: readonly ((indent: string) => string)[]): Splice {
    const last = into.kind === "map" ? into.entries.at(-1) : into.items.at(-1);
    if (last) {
      const end = this.endOf("key" in last ? last.value : last);
      const gap = this.#gapBefore(last.at);
      const indent = /[\r\n]/.test(gap) ? (/[^\r\n]*$/.exec(gap)?.[0] ?? "") : "";
      const text = each.map((written) => `,${gap}${written(indent)}`).join("");
      return { from: end, to: end, text };
    }
    const indent = this.#indentAt(into.at);
    const [open, close] =
      this.#unit === undefined ? ["", ""] : [this.#eol + indent + this.#unit, this.#eol + indent];
    const inside = each.map((written) => open + written(indent + (this.#unit ?? ""))).join(",");
    return { from: into.at + 1, to: this.endOf(into) - 1, text: inside + close };
  }

  /** White space before a key or an item. */
  #gapBefore(at: number): string {
    let start = at;
    while (/[ \t\r\n]/.test(this.#text[start - 1] ?? "")) start -= 1;
    return this.#text.slice(start, at);
  }

  /** White space at the beginning of the line. */
  #indentAt(at: number): string {
    const line = Math.max(this.#text.lastIndexOf("\n", at), this.#text.lastIndexOf("\r", at)) + 1;
    return /^[ \t]*/.exec(this.#text.slice(line, at))?.[0] ?? "";
  }

  #written(value: Json, indent: string): string {
    if (this.#unit === undefined) return JSON.stringify(value);
    const lines = JSON.stringify(value, null, this.#unit).split("\n");
    return lines.join(this.#eol + indent);
  }

  #endOfString(at: number): number {
    let end = at + 1;
    while (end < this.#text.length && this.#text[end] !== '"')
      end += this.#text[end] === "\\" ? 2 : 1;
    return end + 1;
  }

  #endOfWord(at: number): number {
    let end = at;
    while (/[\w.+-]/.test(this.#text[end] ?? "")) end += 1;
    return end;
  }
}
