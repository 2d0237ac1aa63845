import { parseSpec } from "../spec/parse-spec.ts";
import { constitutionRules } from "./constitution-rules.ts";
import { contradictions } from "./contradictions.ts";
import { readCoverage } from "./coverage-figures/read-coverage.ts";
import { debtOf } from "./debt.ts";
import { debtFacts } from "./debt-facts.ts";
import { fileIndex } from "./file-index.ts";
import { plainId } from "./ids-in.ts";
import { readLockfiles } from "./lockfiles/read-lockfiles.ts";
import type { RepositoryFacts, RepositoryListing } from "./model.ts";
import { openMarkers } from "./open-markers.ts";
import { readTasks } from "./read-tasks.ts";
import { findSecrets } from "./secrets.ts";
import { traceability } from "./traceability.ts";
import { unprovenTasks } from "./unproven-tasks.ts";

export interface MeasureInput {
  /** Undefined where no repository was looked at: then only the documents are measured. */
  readonly listing: RepositoryListing | undefined;
  /** Path relative to the project, and text. */
  readonly spec: { readonly path: string; readonly text: string };
  /** The report of the review before is none of them: it quotes what was wrong then. By the names that roles see: `plan.md`, `tasks.md`, `implementation_plan.md`, `constitution.md`, … */
  readonly documents: Readonly<Record<string, string>>;
  /** What an audit of the dependencies said; without one, that none was made. */
  readonly audit?: RepositoryFacts["audit"];
}

/** Nothing is sent to anybody unless the user asks for it. */
const NO_AUDIT = {
  done: false,
  note: "not audited: nobody asked for it (--audit, or audit: true for the review in the configuration)",
  holes: [],
} as const;

/**
 * Everything about a feature that rules can tell from the documents and the files of its repository (QR-02, ST-16). Pure:
 * the same texts give the same facts. Linear in the texts.
 */
export function measureRepository(input: MeasureInput): RepositoryFacts {
  const { listing } = input;
  const { "quality_report.md": _, ...documents } = input.documents;
  const files = listing?.files ?? [];
  const spec = parseSpec(input.spec.path, input.spec.text);
  const known = new Set([...spec.requirements, ...spec.criteria].map(({ id }) => plainId(id)));
  const tasks = readTasks(documents, known, fileIndex(files, listing?.complete === true));
  const secrets = findSecrets(files);
  const coverage = readCoverage(files);
  const facts = debtFacts(files);
  return {
    version: 1,
    scanned: listing
      ? {
          source: listing.source,
          note: listing.note,
          complete: listing.complete,
          files: files.length,
          bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
          leftOut: listing.leftOut,
        }
      : null,
    tasks,
    traceability: traceability({ spec, files, tasks }),
    unproven: unprovenTasks(tasks),
    markers: openMarkers({ "spec.md": input.spec.text, ...documents }),
    secrets,
    lockfiles: readLockfiles(files),
    audit: input.audit ?? NO_AUDIT,
    coverage,
    constitution: constitutionRules(documents["constitution.md"], {
      files,
      debt: facts,
      secrets,
      coverage,
    }).map((rule) =>
      listing
        ? rule
        : { ...rule, verdict: "not decided", reason: "no repository was looked at", places: [] },
    ),
    contradictions: contradictions(spec, documents),
    debt: { facts, score: debtOf(facts) },
    cut: {},
  };
}
