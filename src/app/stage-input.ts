import type { Documents } from "../ports/documents.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import type { StageInput } from "../workflows/stage-run.ts";
import type { CheckReport } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";
import { REPOSITORY_DOCUMENT, takeDownRepository } from "./take-down-repository.ts";
import { specFacts } from "./spec-facts.ts";

/** Largest further document that goes to the roles, and how many of a folder. */
const MAX_EXTRA_BYTES = 512 * 1024;
const MAX_EXTRAS_PER_FOLDER = 20;

/** Documents next to the spec that Spec Kit or people make, by the name that roles see (PL-01, S0 §8.1, S2 §8). */
const BESIDE_SPEC = [
  "research.md",
  "data-model.md",
  "quickstart.md",
  "stakeholders.md",
  "architecture.md",
  "checklist.md",
  "quality_checklist.md",
];
const FOLDERS_BESIDE_SPEC = ["contracts", "checklists"];
const CONSTITUTION = ".specify/memory/constitution.md";

/** All that a stage works from, taken down once: what happens to the files later does not change the run. */
export async function stageInput(
  ports: Pick<AppPorts, "dependencyAudit" | "documents" | "project" | "repository">,
  request: {
    readonly stage: StageSpec;
    readonly scope: string;
    readonly report: CheckReport;
    readonly holds: StageInput["holds"];
    readonly agentLimit: number | null;
    readonly refresh: boolean;
  },
): Promise<StageInput> {
  const { stage, scope, report, holds, agentLimit, refresh } = request;
  const { file, digest, text, spec } = report;
  const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  const { extras, skipped } = await furtherDocuments(ports.documents, folder, stage.reads);
  const wanted = stage.artifacts.filter(({ onDemand }) => onDemand).map(({ name }) => name);
  const measured = stage.reads.includes(REPOSITORY_DOCUMENT)
    ? await takeDownRepository(
        ports,
        { spec: { path: file, text }, documents: extras },
        stage.audit === true,
      )
    : {};
  return {
    stage,
    scope,
    holds,
    feature: spec.title,
    subject: { path: file, digest, content: text },
    extras: {
      ...extras,
      ...measured,
      ...(wanted.length > 0 ? { "wanted.json": JSON.stringify(wanted) } : {}),
    },
    skipped,
    facts: specFacts(spec),
    root: ports.project,
    target: folder,
    agentLimit,
    refresh,
  };
}

type Further = Pick<StageInput, "extras" | "skipped">;

/** The documents that roles get besides the spec, and those that they don't although they are there, with the reason. */
async function furtherDocuments(
  documents: Documents,
  folder: string,
  reads: readonly string[],
): Promise<Further> {
  const beside = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  const listed = await Promise.all(FOLDERS_BESIDE_SPEC.map((name) => documents.list(beside(name))));
  const nameOf = (path: string) => path.slice(folder === "" ? 0 : folder.length + 1);
  const wanted = [
    ...[...reads.filter((name) => name !== REPOSITORY_DOCUMENT), ...BESIDE_SPEC].map((name) => ({
      name,
      path: beside(name),
    })),
    ...listed
      .flatMap((paths) => paths.slice(0, MAX_EXTRAS_PER_FOLDER))
      .map((path) => ({ name: nameOf(path), path })),
    { name: "constitution.md", path: CONSTITUTION },
  ];
  const read = await Promise.all(wanted.map((one) => readFurther(documents, one)));
  const tooMany = listed
    .flatMap((paths) => paths.slice(MAX_EXTRAS_PER_FOLDER))
    .map((path) => ({
      name: nameOf(path),
      reason: `only the first ${MAX_EXTRAS_PER_FOLDER} files of a folder are read`,
    }));
  return {
    extras: Object.fromEntries(
      read.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text]])),
    ),
    skipped: [
      ...read.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }])),
      ...tooMany,
    ],
  };
}

async function readFurther(
  documents: Documents,
  { name, path }: { readonly name: string; readonly path: string },
): Promise<{ readonly name: string; readonly text?: string; readonly reason?: string }> {
  const found = await documents.optional(path, MAX_EXTRA_BYTES);
  if (!found) return { name };
  if (!found.ok) return { name, reason: found.error.message };
  try {
    return { name, text: new TextDecoder("utf-8", { fatal: true }).decode(found.value.bytes) };
  } catch {
    return { name, reason: "it is not UTF-8" };
  }
}
