import { z } from "zod";
import { oneLine } from "../core/text.ts";
import type { RepositoryFacts } from "./model.ts";

/** Largest `repository.json`, in UTF-16 units. Roles get it whole, so it must fit into their prompts. */
export const MAX_DOCUMENT = 400_000;

/** How many of each list are kept at first; halved until the document fits. Lists are most relevant first. */
const MOST: Readonly<Record<string, number>> = {
  tasks: 600,
  rows: 600,
  unproven: 200,
  markers: 200,
  secrets: 200,
  keyFiles: 50,
  packages: 1_000,
  unencrypted: 50,
  holes: 300,
  constitution: 200,
  contradictions: 200,
};
const FEWEST = 5;

/** At least one, at most `most`, less where the whole must shrink. */
const within = (part: number, most: number): number => Math.max(1, Math.floor(most * part));

/**
 * The facts as the JSON text that a run takes down at its start and all roles get. At most 400,000 characters: lists are
 * cut at their end, and `cut` says how many of which.
 */
export function repositoryDocument(facts: RepositoryFacts): string {
  for (let part = 1; ; part /= 2) {
    const text = JSON.stringify(cutTo(facts, part));
    if (text.length <= MAX_DOCUMENT || part < 1 / 1024) return text;
  }
}

function cutTo(facts: RepositoryFacts, part: number): RepositoryFacts {
  const cut: Record<string, number> = {};
  const few = <T>(name: string, list: readonly T[], label = name): readonly T[] => {
    const most = Math.max(FEWEST, Math.floor((MOST[name] ?? 100) * part));
    if (list.length > most) cut[label] = (cut[label] ?? 0) + list.length - most;
    return list.slice(0, most);
  };
  const rows = few("rows", facts.traceability.rows).map((row) => ({
    ...row,
    tasks: row.tasks.slice(0, within(part, 20)),
    files: row.files.slice(0, within(part, 20)),
    tests: row.tests.slice(0, within(part, 20)),
  }));
  return {
    ...facts,
    tasks: few("tasks", facts.tasks).map((task) => ({
      ...task,
      files: task.files.slice(0, within(part, 10)),
    })),
    traceability: {
      ...facts.traceability,
      rows,
      sharedWith: facts.traceability.sharedWith.slice(0, 20),
    },
    unproven: few("unproven", facts.unproven),
    markers: few("markers", facts.markers),
    secrets: {
      ...facts.secrets,
      found: few("secrets", facts.secrets.found),
      keyFiles: few("keyFiles", facts.secrets.keyFiles),
    },
    lockfiles: facts.lockfiles.slice(0, 20).map((lock) => ({
      ...lock,
      packages: few("packages", lock.packages, `packages of ${oneLine(lock.path, 200)}`),
      unencrypted: few("unencrypted", lock.unencrypted),
    })),
    audit: { ...facts.audit, holes: few("holes", facts.audit.holes, "known holes") },
    coverage: facts.coverage.slice(0, 20),
    constitution: few("constitution", facts.constitution),
    contradictions: few("contradictions", facts.contradictions),
    cut,
  };
}

const strings = z.array(z.string());
const evidence = z.object({
  path: z.string(),
  line: z.number().nullable(),
  basis: z.enum(["id", "task", "guess"]),
});
const place = { document: z.string(), line: z.number() };
const task = z.object({
  ...place,
  id: z.string(),
  text: z.string(),
  done: z.boolean(),
  requirements: strings,
  stories: strings,
  dependsOn: strings,
  files: z.array(z.object({ path: z.string(), exists: z.boolean().nullable() })),
});
const row = z.object({
  id: z.string(),
  kind: z.enum(["requirement", "criterion"]),
  line: z.number(),
  text: z.string(),
  tasks: z.array(z.object({ task: z.string(), basis: z.enum(["id", "guess"]) })),
  done: z.boolean().nullable(),
  files: z.array(evidence),
  tests: z.array(evidence),
});
const leftOut = z.object({ reason: z.string(), count: z.number(), examples: strings });
const score = z.object({
  value: z.number(),
  parts: z.array(
    z.object({ name: z.string(), counted: z.string(), share: z.number(), weight: z.number() }),
  ),
});
const debt = z.object({
  sourceFiles: z.number(),
  sourceLines: z.number(),
  testFiles: z.number(),
  testLines: z.number(),
  markers: z.number(),
  suppressions: z.number(),
  linesInLongFiles: z.number(),
  longFiles: strings,
  missing: strings,
});

const document = z.object({
  version: z.literal(1),
  scanned: z
    .object({
      source: z.enum(["git", "walk"]),
      note: z.string().nullable(),
      complete: z.boolean(),
      files: z.number(),
      bytes: z.number(),
      leftOut: z.array(leftOut),
    })
    .nullable(),
  tasks: z.array(task),
  traceability: z.object({ rows: z.array(row), idsInUse: z.boolean(), sharedWith: strings }),
  unproven: z.array(
    z.object({
      ...place,
      task: z.string(),
      text: z.string(),
      missing: strings,
      named: z.number(),
    }),
  ),
  markers: z.array(z.object({ ...place, question: z.string() })),
  secrets: z.object({
    filesScanned: z.number(),
    found: z.array(
      z.object({
        path: z.string(),
        line: z.number(),
        shape: z.string(),
        masked: z.string(),
        within: z.enum(["source", "test", "document"]),
      }),
    ),
    keyFiles: strings,
  }),
  lockfiles: z.array(
    z.object({
      path: z.string(),
      ecosystem: z.enum(["npm", "python", "rust", "go", "ruby", "php"]),
      packages: z.array(z.object({ name: z.string(), version: z.string() })),
      unencrypted: strings,
      problem: z.string().nullable(),
    }),
  ),
  audit: z.object({
    done: z.boolean(),
    note: z.string(),
    holes: z.array(
      z.object({
        lockfile: z.string(),
        package: z.string(),
        severity: z.enum(["low", "medium", "high", "critical"]).nullable(),
        title: z.string(),
        affected: z.string(),
        source: z.string(),
        direct: z.boolean().nullable(),
        fix: z.string().nullable(),
      }),
    ),
  }),
  coverage: z.array(
    z.object({
      path: z.string(),
      format: z.enum(["lcov", "cobertura", "summary"]),
      linesCovered: z.number(),
      linesTotal: z.number(),
      percent: z.number().nullable(),
      problem: z.string().nullable(),
      worst: z.array(z.object({ path: z.string(), covered: z.number(), total: z.number() })),
    }),
  ),
  constitution: z.array(
    z.object({
      line: z.number(),
      text: z.string(),
      verdict: z.enum(["holds", "broken", "not decided"]),
      reason: z.string(),
      places: strings,
    }),
  ),
  contradictions: z.array(
    z.object({
      kind: z.enum(["unknown-id", "spelling", "number", "entity-missing"]),
      document: z.string(),
      line: z.number().nullable(),
      ids: strings,
      message: z.string(),
      quote: z.string(),
    }),
  ),
  debt: z.object({ facts: debt, score }),
  cut: z.record(z.string(), z.number()),
});

/** The facts of a `repository.json`, or undefined where the text is not one. */
export function readRepositoryDocument(text: string): RepositoryFacts | undefined {
  try {
    const read = document.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
