import type { Documents } from "../ports/documents.ts";
import { specFacts } from "./spec-facts.ts";
import type { StageInput } from "../workflows/stage-run.ts";
import type { CheckReport, PlanRequest } from "./app.ts";
import type { Settings } from "./app-ports.ts";
import { PROFILES } from "../stage/profiles.ts";
import type { RoleSpec, StageSpec } from "../stage/stage-spec.ts";

/** Largest further document that goes to the roles, and how many of a folder. */
const MAX_EXTRA_BYTES = 512 * 1024;
const MAX_EXTRAS_PER_FOLDER = 20;

/** Documents next to the spec that Spec Kit makes, by the name that roles see (PL-01). */
const BESIDE_SPEC = [
  "research.md",
  "data-model.md",
  "quickstart.md",
  "stakeholders.md",
  "architecture.md",
];
const FOLDERS_BESIDE_SPEC = ["contracts", "checklists"];
const CONSTITUTION = ".specify/memory/constitution.md";

/** All that the planning stage works from, taken down once: what happens to the files later does not change the run. */
export async function planningInput(
  documents: Documents,
  settings: Settings,
  stage: StageSpec,
  report: CheckReport & { readonly digest: string; readonly root: string },
): Promise<StageInput> {
  const folder = folderOf(report.file);
  return {
    stage,
    scope: stage.name,
    feature: report.spec.title,
    subject: { path: report.file, digest: report.digest, content: report.text },
    extras: await extras(documents, folder),
    facts: specFacts(report.spec),
    root: report.root,
    target: folder,
    agentLimit: settings.agentLimit,
  };
}

/** The stage as this one request wants it. */
export function requestedStage(stage: StageSpec, request: PlanRequest): StageSpec {
  const { agent, profile, concurrency } = request;
  const cast = (role: RoleSpec): RoleSpec => (agent === undefined ? role : { ...role, agent });
  return {
    ...stage,
    ...(profile === undefined ? {} : { profile, timeouts: PROFILES[profile] }),
    ...(concurrency === undefined ? {} : { concurrency }),
    roles: stage.roles.map(cast),
    reviewer: cast(stage.reviewer),
    synthesizer: cast(stage.synthesizer),
    qa: cast(stage.qa),
  };
}

async function extras(documents: Documents, folder: string): Promise<Record<string, string>> {
  const beside = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  const listed = await Promise.all(
    FOLDERS_BESIDE_SPEC.map(async (name) =>
      (await documents.list(beside(name))).slice(0, MAX_EXTRAS_PER_FOLDER),
    ),
  );
  const wanted = [
    ...BESIDE_SPEC.map((name) => ({ name, path: beside(name) })),
    ...listed
      .flat()
      .map((path) => ({ name: path.slice(folder === "" ? 0 : folder.length + 1), path })),
    { name: "constitution.md", path: CONSTITUTION },
  ];
  const found = await Promise.all(
    wanted.map(async ({ name, path }) => {
      const document = await documents.optional(path, MAX_EXTRA_BYTES);
      return document ? [[name, new TextDecoder().decode(document.bytes)] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
