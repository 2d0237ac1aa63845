import type { Diagnostic } from "../../../../core/diagnostic.ts";
import { measureRepository } from "../../../../repository/measure-repository.ts";
import type { RepositoryFacts } from "../../../../repository/model.ts";
import { readRepositoryDocument } from "../../../../repository/repository-document.ts";
import { checkSpec } from "../../../../spec/check-spec.ts";
import type { Spec } from "../../../../spec/model.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";

/** Everything the reviewers look at, read once. */
export interface QualityFacts {
  readonly spec: Spec;
  readonly diagnostics: readonly Diagnostic[];
  readonly documents: Readonly<Record<string, string>>;
  readonly measured: RepositoryFacts;
  /** Whether files of a repository were looked at; why not otherwise. */
  readonly repository:
    | "looked at"
    | "there is no repository.json"
    | "repository.json is not in its form";
}

/** Documents that a review wants, and what is not known without them. */
const WANTED: Readonly<Record<string, string>> = {
  "plan.md": "whether plan and specification agree",
  "tasks.md": "what is done, unless a plan says it",
  "constitution.md": "which rules the project has given itself",
};

/** The inputs of a role as facts. Without a `repository.json`, what the documents alone can tell is still measured. */
export function qualityFacts(inputs: Readonly<Record<string, string>>): QualityFacts {
  const text = inputs["spec.md"] ?? "";
  const spec = parseSpec("spec.md", text);
  const documents = Object.fromEntries(
    Object.entries(inputs).filter(
      ([name]) => /^[^/]+\.md$/.test(name) && name !== "spec.md" && name !== "quality_report.md",
    ),
  );
  const given = inputs["repository.json"];
  const read = given === undefined ? undefined : readRepositoryDocument(given);
  const measured =
    read ?? measureRepository({ listing: undefined, spec: { path: "spec.md", text }, documents });
  return {
    spec,
    diagnostics: checkSpec(spec, text),
    documents,
    measured,
    repository:
      read !== undefined && read.scanned !== null
        ? "looked at"
        : given === undefined || read !== undefined
          ? "there is no repository.json"
          : "repository.json is not in its form",
  };
}

/** What could not be looked at at all, as sentences. */
export function notLookedAt({ documents, measured, repository }: QualityFacts): readonly string[] {
  const { scanned, cut } = measured;
  return [
    ...(repository === "looked at"
      ? []
      : [`Files of the repository: ${repository}. Only the documents were compared.`]),
    ...Object.entries(WANTED)
      .filter(([name]) => documents[name] === undefined)
      .map(([name, what]) => `There is no ${name}: not known ${what}.`),
    ...(scanned?.leftOut ?? []).map(
      ({ reason, count, examples }) =>
        `${count} ${count === 1 ? "file or folder" : "files or folders"} of the repository: ${reason} (${examples.slice(0, 3).join(", ") || "not listed"}).`,
    ),
    ...(scanned?.note ? [`Git was not asked (${scanned.note}); the folders were walked.`] : []),
    ...Object.entries(cut).map(
      ([list, count]) => `${count} more ${list} did not fit in repository.json.`,
    ),
  ];
}
