import { wordLine } from "../../../../core/text.ts";
import type { RepositoryFacts, TraceRow } from "../../../../repository/model.ts";
import { readRepositoryDocument } from "../../../../repository/repository-document.ts";
import { normalId } from "../../../../stage/checks/ids.ts";

/** What lies beside specification and plan, as far as preparation works with it (S2 §8: optional inputs). */
export interface Beside {
  /** What is measured of the repository; undefined where nothing was. */
  readonly measured: RepositoryFacts | undefined;
  /** `Decision` entries of research.md. */
  readonly decisions: readonly { readonly topic: string; readonly decision: string }[];
  /** Calls that files under contracts/ name. */
  readonly contracts: readonly { readonly file: string; readonly calls: readonly string[] }[];
  /** Fields by entity of data-model.md, names in lower case. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Tasks of tasks.md that name an id. */
  readonly tasksNaming: (id: string) => readonly string[];
  /** Source files and tests of the repository in which an id is known to be at work. */
  readonly existing: (id: string) => {
    readonly files: readonly string[];
    readonly tests: readonly string[];
  };
}

const seen = (found: TraceRow["files"] | undefined): readonly string[] =>
  (found ?? []).filter(({ basis }) => basis !== "guess").map(({ path }) => path);

/** @param inputs `repository.json`, `research.md`, `data-model.md` and files under `contracts/`, whichever are there */
export function readBeside(inputs: Readonly<Record<string, string>>): Beside {
  const measured = readRepositoryDocument(inputs["repository.json"] ?? "");
  const rows = new Map(
    (measured?.traceability.rows ?? []).map((row) => [normalId(row.id), row] as const),
  );
  return {
    measured,
    decisions: decisionsIn(inputs["research.md"] ?? ""),
    contracts: Object.entries(inputs).flatMap(([file, text]) =>
      file.startsWith("contracts/") ? [{ file, calls: callsIn(text) }] : [],
    ),
    fields: fieldsIn(inputs["data-model.md"] ?? ""),
    tasksNaming: (id) =>
      (rows.get(normalId(id))?.tasks ?? [])
        .filter(({ task, basis }) => basis === "id" && task.startsWith("tasks.md "))
        .map(({ task }) => task.slice("tasks.md ".length)),
    existing: (id) => {
      const row = rows.get(normalId(id));
      return { files: seen(row?.files), tests: seen(row?.tests) };
    },
  };
}

const MOST = 40;

/** `**Decision**: …` below the heading that says about what, as Spec Kit's research.md has them. */
function decisionsIn(text: string): Beside["decisions"] {
  let topic = "";
  const found: { topic: string; decision: string }[] = [];
  for (const line of text.split("\n")) {
    const heading = /^#{2,4}\s+(.{1,200})$/.exec(line)?.[1];
    if (heading !== undefined) topic = heading.replace(/^(?:\d+[.)]|Decision:?)\s+/i, "");
    const decision =
      /^\s{0,4}(?:[-*]\s+)?\*\*Decision\*{0,2}\s*:\*{0,2}\s*(\S.{0,600})$|^\s{0,4}(?:[-*]\s+)?\*\*Decision\*\*\s*[:—–-]\s*(\S.{0,600})$/i.exec(
        line,
      );
    const told = decision?.[1] ?? decision?.[2];
    if (told !== undefined && topic !== "")
      found.push({ topic: wordLine(topic, 100), decision: wordLine(told, 240) });
  }
  return found.slice(0, MOST);
}

const METHOD = /\b(GET|POST|PUT|PATCH|DELETE)\s+`?(\/[\w/{}:.-]{0,120})/g;
const YAML_PATH = /^\s{0,4}["']?(\/[\w/{}:.-]{0,120})["']?:\s*$/;
const YAML_METHOD = /^\s{2,8}(get|post|put|patch|delete):\s*$/;

/** `POST /loans`: of OpenAPI in YAML, or named in a text. */
function callsIn(text: string): readonly string[] {
  const named = [...text.matchAll(METHOD)].map(([, method = "", path = ""]) => `${method} ${path}`);
  let path: string | undefined;
  const listed: string[] = [];
  for (const line of text.split("\n")) {
    path = YAML_PATH.exec(line)?.[1] ?? path;
    const method = YAML_METHOD.exec(line)?.[1];
    if (path !== undefined && method !== undefined) listed.push(`${method.toUpperCase()} ${path}`);
  }
  return [...new Set([...named, ...listed])].slice(0, MOST);
}

const FIELD =
  /^\s{0,4}(?:[-*]\s+|\|\s*)(?:\*\*|`)([A-Za-z_][\w -]{0,50}?)(?:\*\*|`)|^\s{0,4}[-*]\s+([A-Za-z_]\w{0,50})\s*(?::|\()/;

/** Fields listed below the heading of an entity: `- **dueDate** (date)`, `` | `dueDate` | ``. */
function fieldsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let entity: string | undefined;
  for (const line of text.split("\n")) {
    const heading = /^#{2,4}\s+(?:\d+[.)]\s+)?(?:Entity:?\s+)?[`*]{0,2}([^`*#\n(]{1,80})/.exec(
      line,
    )?.[1];
    if (heading !== undefined) entity = heading.trim().toLowerCase();
    const [, marked, bare] = FIELD.exec(line) ?? [];
    const field = (marked ?? bare)?.trim();
    if (entity === undefined || field === undefined) continue;
    const list = found.get(entity) ?? [];
    if (list.length < MOST && !list.includes(field)) list.push(field);
    found.set(entity, list);
  }
  return found;
}
