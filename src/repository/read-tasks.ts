import { wordLine } from "../core/text.ts";
import { readLines } from "../core/markdown/source-lines.ts";
import { distinct, idsIn } from "./ids-in.ts";
import { filesNamedIn } from "./files-named-in.ts";
import type { NamedFile, TaskFact } from "./model.ts";

/** Documents that hold tasks, in the order people read them. */
const TASK_DOCUMENTS = ["tasks.md", "plan.md", "implementation_plan.md"];

const BOX = /^(\s{0,12})[-*+] \[([ xX])\]\s+(\S.*)$/;
const TASK_ID = /^(?:\*\*)?(T\d{1,4}[a-z]?|\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)(?:\*\*)?[:.)]?\s+(.*)$/;
/** Numbers like `1.2` are tasks only after "depends on": "after 1.5 seconds" is none. */
const DEPENDS =
  /\b(?:depends?(?:\s+on)?:?\s+((?:T\d{1,4}[a-z]?|\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:T\d{1,4}[a-z]?|\d{1,3}\.\d{1,3}(?:\.\d{1,3})?))*)|(?:requires|blocked by|after):?\s+(T\d{1,4}[a-z]?(?:(?:\s*,\s*|\s+and\s+)T\d{1,4}[a-z]?)*))/gi;
const STORY = /\bUS-?(\d{1,2}[a-z]?)\b/g;

/** `[P] [US1]` in front of a task. */
const LABELS = /^(?:\[(?:P|US-?\d{1,2}[a-z]?)\]\s*){1,4}/;

interface Draft {
  readonly document: string;
  readonly line: number;
  readonly done: boolean;
  readonly id: string | undefined;
  text: string;
}

/**
 * The tasks of a feature's documents with the state of their boxes. In `tasks.md` every box is a task; in plans only
 * those with a task id are, as plans also hold check lists. Indented lines below belong to the task above. Linear.
 *
 * @param known ids of the spec; others are not taken
 * @param exists whether the project has a file that a task names; null where it cannot be known
 */
export function readTasks(
  documents: Readonly<Record<string, string>>,
  known: ReadonlySet<string>,
  exists: (path: string) => NamedFile["exists"],
): readonly TaskFact[] {
  return TASK_DOCUMENTS.flatMap((document) => draftsOf(document, documents[document] ?? "")).map(
    (draft) => {
      const ids = distinct(idsIn(draft.text).map(({ id }) => id));
      return {
        id: draft.id ?? `line ${draft.line}`,
        document: draft.document,
        line: draft.line,
        text: wordLine((draft.text.split("\n", 1)[0] ?? "").replace(LABELS, ""), 240),
        done: draft.done,
        requirements: ids.filter((id) => known.has(id)),
        stories: distinct([...draft.text.matchAll(STORY)].map(([, id = ""]) => `US${id}`)),
        dependsOn: dependenciesIn(draft.text),
        files: filesNamedIn(draft.text)
          .slice(0, 40)
          .map((path) => ({ path, exists: exists(path) })),
      };
    },
  );
}

/** Longest text of one task that is looked at. */
const MAX_TASK = 8_000;

function draftsOf(document: string, text: string): readonly Draft[] {
  const drafts: Draft[] = [];
  let open: Draft | undefined;
  for (const line of readLines(text)) {
    if (line.kind === "meta") continue;
    const [, indent = "", mark = "", rest = ""] =
      (line.kind === "text" && BOX.exec(line.text)) || [];
    if (rest !== "") {
      const [, id, words = rest] = TASK_ID.exec(rest) ?? [];
      if (id === undefined && (document !== "tasks.md" || indent.length > 1)) {
        if (open && indent.length > 1) open.text = `${open.text}\n${rest}`.slice(0, MAX_TASK);
        continue;
      }
      open = {
        document,
        line: line.number,
        done: mark !== " ",
        id,
        text: words.slice(0, MAX_TASK),
      };
      drafts.push(open);
    } else if (/^\S/.test(line.text)) open = undefined;
    else if (open && line.text.trim() !== "" && open.text.length < MAX_TASK)
      open.text = `${open.text}\n${line.text.trim()}`.slice(0, MAX_TASK);
  }
  return drafts;
}

const dependenciesIn = (text: string): readonly string[] =>
  distinct(
    [...text.matchAll(DEPENDS)].flatMap(([, list, tasks]) =>
      (list ?? tasks ?? "").split(/\s*,\s*(?:and\s+)?|\s+and\s+/).filter((id) => id !== ""),
    ),
  );
