import { readJsonTree } from "../../core/json-tree.ts";
import { readLines } from "../../core/markdown/source-lines.ts";
import { placesIn } from "../../core/text-places.ts";
import type { TextProblem } from "../../core/text-tree.ts";
import type { PlanDiagnostic, PlanText } from "../model.ts";
import { note } from "../report.ts";
import { REPORT } from "./report.ts";
import type { JsonSource, Value } from "../../core/json-values.ts";

/** Deeper nesting is no plan; the templates have eight levels. */
const MAX_DEPTH = 64;

/** A stretch of a text that should be JSON. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Documents {
  readonly documents: readonly Value[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

/**
 * The JSON documents of a text: the text itself, or the blocks of JSON in a Markdown document, of which those that are no
 * JSON (an excerpt with `…`) are told only if none is. A list at the top is a list of documents.
 */
export function findDocuments({ file, text }: PlanText): Documents {
  const source: JsonSource = { file, text, placeAt: placesIn(text, file) };
  if (/^\uFEFF?\s*[{[]/.test(text.slice(0, 2_000))) return readStretch(source, bare(text));
  const stretches = blocks(text);
  if (stretches.length === 0) return readStretch(source, bare(text));
  const read = stretches.map((stretch) => readStretch(source, stretch));
  const good = read.filter(({ documents }) => documents.length > 0);
  const told = good.length > 0 ? good : read;
  return {
    documents: told.flatMap(({ documents }) => documents),
    diagnostics: told.flatMap(({ diagnostics }) => diagnostics),
  };
}

const bare = (text: string): Stretch => ({
  start: text.startsWith("\uFEFF") ? 1 : 0,
  end: text.length,
});

/** The fenced blocks of a Markdown text that are marked as JSON, or begin like it. */
function blocks(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let start: number | undefined;
  for (const line of readLines(text)) {
    const inside = line.kind === "code" && line.language !== undefined;
    if (inside && start === undefined && isJsonStart(line.language ?? "", line.text))
      start = line.start;
    if (!inside && start !== undefined) {
      found.push({ start, end: line.start });
      start = undefined;
    }
  }
  if (start !== undefined) found.push({ start, end: text.length });
  return found;
}

const isJsonStart = (language: string, text: string): boolean =>
  ["json", "jsonc", "json5"].includes(language) || (language === "" && /^\s*[{[]/.test(text));

function readStretch(source: JsonSource, { start, end }: Stretch): Documents {
  const { root, problems } = readJsonTree(source.text.slice(start, end), {
    maxDepth: MAX_DEPTH,
    lenient: true,
  });
  const moved =
    start === 0
      ? source
      : {
          ...source,
          text: source.text.slice(start),
          placeAt: (at: number) => source.placeAt(at + start),
        };
  const diagnostics = problems.map((problem) => noteOf(problem, moved));
  if (!root) return { documents: [], diagnostics };
  const nodes = root.kind === "list" ? root.items : [root];
  return {
    documents: nodes.flatMap((node) => (node.kind === "map" ? [{ node, source: moved }] : [])),
    diagnostics,
  };
}

const noteOf = ({ kind, at, message }: TextProblem, { placeAt }: JsonSource): PlanDiagnostic =>
  note(
    REPORT[kind],
    placeAt(at),
    kind === "syntax" ? `This is no JSON: ${message}` : `In this JSON ${message}`,
  );
