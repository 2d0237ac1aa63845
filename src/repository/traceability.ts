import { wordLine } from "../core/text.ts";
import type { Spec, SpecItem } from "../spec/model.ts";
import { stemsOf } from "../spec/terms.ts";
import { idsIn, plainId } from "./ids-in.ts";
import { isAmongTests, kindOfFile } from "./kind-of-file.ts";
import { likenessFinder, tellingStems, type Worded } from "./likeness.ts";
import { mentionsIn } from "./mentions.ts";
import { trackedTasks } from "./tracked-tasks.ts";
import type { Evidence, RepositoryFile, TaskFact, TraceRow, Traceability } from "./model.ts";

/** How much text is compared for likeness: of one file, and files in all. */
const MAX_LIKENESS_TEXT = 40_000;
const MAX_LIKENESS_FILES = 2_000;
/** Files named for one requirement. */
const MOST_FILES = 20;

export interface TraceInput {
  readonly spec: Spec;
  readonly files: readonly RepositoryFile[];
  readonly tasks: readonly TaskFact[];
}

/**
 * Each requirement and criterion with the tasks, source files and tests that carry it (QR-02). What names the id, or is
 * named by a task that does, is a fact; likeness of words and ids that other specs define too give guesses, marked so.
 */
export function traceability({ spec, files, tasks }: TraceInput): Traceability {
  const items = [
    ...spec.requirements.map((item) => ({ ...item, kind: "requirement" as const })),
    ...spec.criteria.map((item) => ({ ...item, kind: "criterion" as const })),
  ].filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
  const known = new Set(items.map(({ id }) => plainId(id)));
  const code = files.filter(
    ({ path, text }) => text !== undefined && ["source", "test"].includes(kindOfFile(path)),
  );
  const sharing = specsSharing(files, spec.file, known);
  const byId = mentionsById(code, items, surety(spec, sharing, tasks));
  const tracked = new Set(trackedTasks(tasks));
  const likeTask = likenessFinder(tasks.map(wordedTask), 0.5);
  const worded = wordedFiles(code);
  const likeFile = likenessFinder(worded.source, 0.75);
  const likeTest = likenessFinder(worded.tests, 0.7);
  const rows = items.map((item): TraceRow => {
    const id = plainId(item.id);
    const own = tasks.filter(({ requirements }) => requirements.includes(id));
    const kept = own.filter((task) => tracked.has(task));
    const named = [...(byId.get(id) ?? []), ...namedByTasks(own)];
    const source = unique(named.filter(({ path }) => !isAmongTests(path)));
    const tests = unique(named.filter(({ path }) => isAmongTests(path)));
    return {
      id,
      kind: item.kind,
      line: item.line,
      text: wordLine(item.text, 240),
      tasks:
        own.length > 0
          ? [...kept, ...own.filter((task) => !tracked.has(task))].map((task) => ({
              task: taskKey(task),
              basis: "id" as const,
            }))
          : likeTask(item.text).map((task) => ({ task, basis: "guess" })),
      done: kept.length === 0 ? null : kept.every(({ done }) => done),
      files: source.length > 0 ? source : likeFile(item.text).map(guessed),
      tests: tests.length > 0 ? tests : likeTest(item.text).map(guessed),
    };
  });
  return {
    rows,
    idsInUse: [...byId.values()].flat().some(({ basis }) => basis === "id"),
    sharedWith: sharing.map(({ path }) => path),
  };
}

/** A task as people name it: `tasks.md T012`. */
export const taskKey = ({ document, id }: Pick<TaskFact, "document" | "id">): string =>
  `${document} ${id}`;

const guessed = (path: string): Evidence => ({ path, line: null, basis: "guess" });

const wordedTask = (task: TaskFact): Worded => ({ key: taskKey(task), stems: stemsOf(task.text) });

function unique(evidence: readonly Evidence[]): readonly Evidence[] {
  const seen = new Map<string, Evidence>();
  const sure = evidence.filter(({ basis }) => basis !== "guess");
  for (const one of [...sure, ...evidence]) if (!seen.has(one.path)) seen.set(one.path, one);
  return [...seen.values()].slice(0, MOST_FILES);
}

/** What is written before the work is no evidence of it. */
const PLANNING =
  /(?:^|\/)(?:spec|plan|planning-summary|tasks|research|data-model|quickstart|implementation_plan)\.md$|^specs\//;

const namedByTasks = (tasks: readonly TaskFact[]): readonly Evidence[] =>
  tasks.flatMap(({ files }) =>
    files
      .filter(({ path, exists }) => exists === true && !PLANNING.test(path))
      .map(({ path }) => ({ path, line: null, basis: "task" as const })),
  );

interface Sharing {
  readonly path: string;
  readonly ids: ReadonlySet<string>;
}

/** Specs of other features that define some of the same ids, with those ids. */
function specsSharing(
  files: readonly RepositoryFile[],
  own: string,
  known: ReadonlySet<string>,
): readonly Sharing[] {
  return files
    .filter(
      ({ path, text }) => /(?:^|\/)spec\.md$/.test(path) && path !== own && text !== undefined,
    )
    .filter(({ path }) => !isAmongTests(path.replace(/^specs\//, "")))
    .map(({ path, text }) => ({
      path,
      ids: new Set(idsIn(text ?? "").flatMap(({ id }) => (known.has(id) ? [id] : []))),
    }))
    .filter(({ ids }) => ids.size > 0);
}

/**
 * Whether a mention of an id in a file is of this feature: no other spec has the id, a task names the file, or it names the
 * feature.
 */
function surety(
  spec: Spec,
  sharing: readonly Sharing[],
  tasks: readonly TaskFact[],
): (file: RepositoryFile) => (id: string) => boolean {
  const shared = new Set(sharing.flatMap(({ ids }) => [...ids]));
  const named = tasks.flatMap(({ files }) => files.map(({ path }) => path));
  const folder = spec.file.split("/").at(-2) ?? "";
  return ({ path, text }) => {
    const ours =
      shared.size === 0 ||
      named.some((one) => path === one || path.endsWith(`/${one}`)) ||
      (folder !== "" && (path.includes(folder) || (text ?? "").includes(folder)));
    return (id) => ours || !shared.has(id);
  };
}

/** Words that a file shares with a requirement whose id it names; with fewer, the id may be an example or another's. */
const SHARED_WORDS = 2;

function mentionsById(
  code: readonly RepositoryFile[],
  items: readonly SpecItemWithId[],
  isSure: (file: RepositoryFile) => (id: string) => boolean,
): ReadonlyMap<string, readonly Evidence[]> {
  const words = new Map(items.map(({ id, text }) => [plainId(id), tellingStems(text)]));
  const byId = new Map<string, Evidence[]>();
  for (const file of code) {
    const found = mentionsIn(file.path, file.text ?? "", new Set(words.keys()));
    if (found.size === 0) continue;
    const sure = isSure(file);
    const stems = stemsOf(`${file.path} ${file.text ?? ""}`);
    for (const [id, line] of found) {
      const telling = words.get(id) ?? [];
      const shared = telling.filter((stem) => stems.has(stem)).length;
      const alike = shared >= Math.min(SHARED_WORDS, telling.length);
      const evidence = {
        path: file.path,
        line,
        basis: sure(id) && alike ? "id" : "guess",
      } as const;
      const list = byId.get(id);
      if (list) list.push(evidence);
      else byId.set(id, [evidence]);
    }
  }
  return byId;
}

type SpecItemWithId = SpecItem & { readonly id: string };

const TEST_TITLE =
  /(?:\b(?:it|test|describe|scenario|t\.Run)(?:\.\w{1,20})?\s{0,3}\(\s{0,99}["'`]([^"'`\n]{4,300})|\bdef (test_\w{4,200})|\bfunc (Test\w{4,200})|\bfun `([^`\n]{4,300})`)/g;

function wordedFiles(code: readonly RepositoryFile[]): {
  readonly source: readonly Worded[];
  readonly tests: readonly Worded[];
} {
  const few = code.slice(0, MAX_LIKENESS_FILES);
  const source = few
    .filter(({ path }) => kindOfFile(path) === "source")
    .map(({ path, text }) => ({
      key: path,
      stems: stemsOf(`${path} ${(text ?? "").slice(0, MAX_LIKENESS_TEXT)}`),
    }));
  const tests = few
    .filter(({ path }) => kindOfFile(path) === "test")
    .map(({ path, text }) => ({
      key: path,
      stems: stemsOf(
        [...(text ?? "").slice(0, MAX_LIKENESS_TEXT).matchAll(TEST_TITLE)]
          .map((match) => match.slice(1).find((title) => title !== undefined) ?? "")
          .join(" "),
      ),
    }));
  return { source, tests };
}
