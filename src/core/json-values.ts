import type { FilePlace } from "./place.ts";
import { oneLine } from "./text.ts";
import type { TreeEntry, TreeNode } from "./text-tree.ts";

/** The text a JSON document stands in. */
export interface JsonSource {
  readonly file: string;
  readonly text: string;
  readonly placeAt: (offset: number) => FilePlace;
}

/** A value of a document, with where it is from. */
export interface Value {
  readonly node: TreeNode;
  readonly source: JsonSource;
}

/** A value in a list; `name` is its key where the list is written as a group. */
export interface Item extends Value {
  readonly name: string | undefined;
}

export const placeOf = ({ node, source }: Value): FilePlace => source.placeAt(node.at);

const foldedKeys = new Map<string, string>();

/** Keys are compared without case, `_`, `-` and spaces: `phaseId`, `phase_id` and `Phase ID` are one. Short ones are remembered. */
function folded(key: string): string {
  const known = foldedKeys.get(key);
  if (known !== undefined) return known;
  const fold = key.toLowerCase().replace(/[_\-\s]+/g, "");
  if (key.length < 40 && foldedKeys.size < 2_000) foldedKeys.set(key, fold);
  return fold;
}

const indexes = new WeakMap<TreeNode, ReadonlyMap<string, TreeEntry>>();

function indexOf(node: TreeNode & { readonly kind: "map" }): ReadonlyMap<string, TreeEntry> {
  const known = indexes.get(node);
  if (known) return known;
  const index = new Map<string, TreeEntry>();
  for (const entry of node.entries) {
    const key = folded(entry.key);
    if (!index.has(key)) index.set(key, entry);
  }
  indexes.set(node, index);
  return index;
}

/** A field by the first of its names that is there and not null. */
export function field(of: Value | undefined, ...names: readonly string[]): Value | undefined {
  if (of?.node.kind !== "map") return undefined;
  const index = indexOf(of.node);
  for (const name of names) {
    const node = index.get(folded(name))?.value;
    if (node && !(node.kind === "scalar" && node.value === null))
      return { node, source: of.source };
  }
  return undefined;
}

/** How many groups deep a field is looked for. */
const MAX_SEARCH = 5;

/** The nearest field of that name in a document, however deep in groups (not in lists) it is. */
export function find(of: Value | undefined, ...names: readonly string[]): Value | undefined {
  let level: readonly Value[] = of ? [of] : [];
  for (let depth = 0; depth < MAX_SEARCH && level.length > 0; depth++) {
    for (const value of level) {
      const found = field(value, ...names);
      if (found) return found;
    }
    level = level.flatMap(({ node, source }) =>
      node.kind === "map"
        ? node.entries.flatMap(({ value }) =>
            value.kind === "map" ? [{ node: value, source }] : [],
          )
        : [],
    );
  }
  return undefined;
}

/** The items of a list; of a group its values, by key; of anything else, itself. */
export function items(of: Value | undefined): readonly Item[] {
  if (!of || isNull(of.node)) return [];
  const { node, source } = of;
  if (node.kind === "list")
    return node.items.flatMap((item) =>
      isNull(item) ? [] : [{ node: item, source, name: undefined }],
    );
  if (node.kind === "map")
    return node.entries.map(({ key, value }) => ({ node: value, source, name: key }));
  return [{ node, source, name: undefined }];
}

const isNull = (node: TreeNode): boolean => node.kind === "scalar" && node.value === null;

const NUMBER = /-?\d[\d.eE+-]*/y;

/** A text or number as written: `"1.10"` and `1.10` are both `1.10`. Undefined for anything else and for what is empty. */
export function wordOf(of: Value | undefined): string | undefined {
  if (of?.node.kind !== "scalar") return undefined;
  const { value, at } = of.node;
  if (typeof value === "number") {
    NUMBER.lastIndex = at;
    return NUMBER.exec(of.source.text)?.[0] ?? String(value);
  }
  const word = typeof value === "string" ? value.trim() : "";
  return word === "" ? undefined : word;
}

/** One line of text for people. */
export function lineOf(of: Value | undefined): string | undefined {
  const word = wordOf(of);
  return word === undefined ? undefined : oneLine(word, 1_000);
}

/** A number, also where it is written as a text: `"6"`, `"33%"`, `"<10%"`. */
export function numberOf(of: Value | undefined): number | undefined {
  if (of?.node.kind !== "scalar") return undefined;
  if (typeof of.node.value === "number") return of.node.value;
  const found = /^[<>≤≥=~\s]{0,4}(-?\d{1,12}(?:\.\d{1,6})?)\s?(?:%|percent|$)/.exec(
    wordOf(of) ?? "",
  );
  return found ? Number(found[1]) : undefined;
}

const YES = new Set(["true", "yes", "y", "1", "parallel", "parallelizable", "high", "full"]);
const NO = new Set(["false", "no", "n", "0", "sequential", "serial", "none"]);

/** Whether something may run in parallel; undefined where it isn't said. */
export function truthOf(of: Value | undefined): boolean | undefined {
  if (of?.node.kind !== "scalar") return undefined;
  const word = String(of.node.value).trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}
