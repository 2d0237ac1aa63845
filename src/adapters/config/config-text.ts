import type { FilePlace } from "../../core/place.ts";
import type { ConfigPath, Locate } from "../../stage/config/locate.ts";
import type { ConfigNode } from "./config-node.ts";

/** The plain value of a tree. A key without a value counts as absent, as when all below it is commented out. */
export function valueOf(node: ConfigNode | undefined): unknown {
  if (!node || (node.kind === "scalar" && node.value === null)) return {};
  return plain(node);
}

function plain(node: ConfigNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plain);
  return Object.fromEntries(
    node.entries
      .filter(({ value }) => !(value.kind === "scalar" && value.value === null))
      .map(({ key, value }) => [key, plain(value)]),
  );
}

/** Finds where the keys and values of a tree stand; what isn't there is placed at the nearest thing around it. */
export const locator =
  (root: ConfigNode | undefined, placeAt: (offset: number) => FilePlace): Locate =>
  (path, part) =>
    placeAt(root ? offsetOf(root, path, part) : 0);

function offsetOf(root: ConfigNode, path: ConfigPath, part: "key" | "value"): number {
  let node = root;
  let at = root.at;
  for (const [index, step] of path.entries()) {
    if (node.kind === "scalar") return at;
    const entry =
      node.kind === "map" ? node.entries.find(({ key }) => key === String(step)) : undefined;
    const next = node.kind === "list" ? node.items[Number(step)] : entry?.value;
    if (!next) return at;
    const wantsKey = part === "key" && index === path.length - 1;
    at = entry && (wantsKey || next.at < 0) ? entry.at : next.at;
    if (entry && !wantsKey && index < path.length - 1) at = entry.at;
    node = next;
  }
  return at;
}
