import type { JsonSource } from "../../core/json-values.ts";
import { readJsonTree } from "../../core/json-tree.ts";
import type { FilePlace } from "../../core/place.ts";
import { placesIn } from "../../core/text-places.ts";
import type { TextProblem, TreeNode } from "../../core/text-tree.ts";
import { readYamlTree } from "../../core/yaml-tree.ts";
import { quoted, report, type ScheduleDiagnostic } from "../project/report.ts";

/** Longest file, in characters: real ones have some hundred lines. */
const MAX_LENGTH = 4_000_000;
const MAX_DEPTH = 32;

/** Keys and positions in lists. */
export type Path = readonly (string | number)[];

/** A file of JSON or YAML, as plain values, with the place of each. */
export interface Document {
  readonly root: TreeNode;
  readonly source: JsonSource;
  readonly value: unknown;
  /** Where a value stands, or its key; what is not there is at the nearest thing around it. */
  readonly placeOf: (path: Path, part?: "key" | "value") => FilePlace;
}

export interface ReadDocument {
  /** Undefined where it can't be read; `problems` then say why. */
  readonly document: Document | undefined;
  readonly problems: readonly ScheduleDiagnostic[];
}

/** Read a file: JSON where its name says so, or it begins like JSON, else YAML. Never throws. */
export function readDocument(text: string, file: string): ReadDocument {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const placeAt = placesIn(content, file);
  if (content.length > MAX_LENGTH)
    return none(
      report(
        "SCHEDULE_FILE_SYNTAX",
        placeAt(0),
        `The file has ${content.length} characters, more than ${MAX_LENGTH}`,
      ),
    );
  const isJson = /\.json$/i.test(file) || /^\s{0,100}[{[]/.test(content);
  const { root, problems } = isJson
    ? readJsonTree(content, { maxDepth: MAX_DEPTH })
    : readYamlTree(content, MAX_DEPTH);
  if (problems.length > 0)
    return none(...problems.map((problem) => syntaxProblem(problem, placeAt)));
  if (root?.kind !== "map")
    return none(report("SCHEDULE_FILE_SYNTAX", placeAt(root?.at ?? 0), "The file holds no fields"));
  const placeOf = (path: Path, part: "key" | "value" = "value"): FilePlace =>
    placeAt(offsetOf(root, path, part));
  return {
    document: { root, source: { file, text: content, placeAt }, value: plain(root), placeOf },
    problems: [],
  };
}

const none = (...problems: readonly ScheduleDiagnostic[]): ReadDocument => ({
  document: undefined,
  problems,
});

const syntaxProblem = (
  { at, message }: TextProblem,
  placeAt: (offset: number) => FilePlace,
): ScheduleDiagnostic =>
  report("SCHEDULE_FILE_SYNTAX", placeAt(at), `This is not a usable file: ${message}`);

/** A key without a value counts as absent, as when all below it is commented out. */
function plain(node: TreeNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plain);
  return Object.fromEntries(
    node.entries
      .filter(({ value }) => !(value.kind === "scalar" && value.value === null))
      .map(({ key, value }) => [key, plain(value)]),
  );
}

function offsetOf(root: TreeNode, path: Path, part: "key" | "value"): number {
  let node = root;
  let at = Math.max(0, root.at);
  for (const [index, step] of path.entries()) {
    if (node.kind === "scalar") return at;
    const entry =
      node.kind === "map" ? node.entries.find(({ key }) => key === String(step)) : undefined;
    const next = node.kind === "list" ? node.items[Number(step)] : entry?.value;
    if (!next) return at;
    const last = index === path.length - 1;
    at = entry && (!last || part === "key" || next.at < 0) ? entry.at : next.at;
    node = next;
  }
  return at;
}

/** A path for people: `teams.core.people.ann`. */
export const shownPath = (path: Path): string =>
  path.reduce<string>(
    (shown, step) =>
      typeof step === "number" ? `${shown}[${step + 1}]` : shown === "" ? step : `${shown}.${step}`,
    "",
  );

/** A value for people, never longer than needed. */
export const shownValue = (value: unknown): string => {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "a list" : value === undefined ? "nothing" : "a group of fields";
};
