import path from "node:path";
import { surroundingRuns } from "../adapters/agents/shared/process/surrounding-runs.ts";
import { createArtifacts } from "../adapters/artifacts/artifacts.ts";
import { createAuditLog } from "../adapters/artifacts/audit-log.ts";
import { digestOf } from "../adapters/shared/digest.ts";
import { createProjectFiles } from "../adapters/artifacts/project-files.ts";
import { createProjectTree } from "../adapters/artifacts/project-tree.ts";
import { endForsaken } from "../adapters/shared/process/end-forsaken.ts";
import { ensureStateFolder } from "../adapters/shared/state-folder.ts";
import { createWebhook } from "../adapters/notices/webhook.ts";
import { createDocuments } from "../adapters/documents/documents.ts";
import { readTemplates } from "../adapters/integrations/read-templates.ts";
import { headCommit } from "../adapters/repository/head-commit.ts";
import { createDependencyAudit } from "../adapters/dependency-audit/dependency-audit.ts";
import { createMachine } from "../adapters/machine/machine.ts";
import { createRepository } from "../adapters/repository/repository.ts";
import { locateRepository } from "../adapters/shared/git/locate-repository.ts";
import { apartBranches } from "../adapters/landing/apart-branches.ts";
import { repositoryState } from "../adapters/workspace/repository-state.ts";
import { createRunFolders } from "../adapters/run-folders/run-folders.ts";
import { miniZinc } from "../adapters/solver/minizinc.ts";
import { threadedSearch } from "../adapters/solver/threaded-search.ts";
import type { App } from "../app/app.ts";
import type { AppPorts } from "../app/app-ports.ts";
import { createApp } from "../app/create-app.ts";
import { createMarkPlans, createTakePlans } from "../app/execution/take-plans.ts";
import { createWriteFindings } from "../app/execution/write-task-findings.ts";
import { createTakeDown } from "../app/take-down-stage.ts";
import { ok } from "../core/result.ts";
import type { Agent, Agents } from "../ports/agent.ts";
import type { IsOver } from "../ports/workspaces.ts";
import type { ProjectFiles } from "../ports/artifacts.ts";
import { PLAIN_RECIPE } from "../stage/workspace/workspace-settings.ts";
import type { MachineSettings } from "../stage/config/machines-options.ts";
import { adaptByRules } from "../stage/adapt-stage.ts";
import { acrossMachines, machinesOf } from "./across-machines.ts";
import { executionPorts } from "./execution-ports.ts";
import { hasProgram } from "./find-program.ts";
import { lookAround } from "./look-around.ts";
import { newRunId } from "./new-run-id.ts";
import { createExecutedRuns } from "./executed-runs.ts";
import { openTelemetry } from "./open-telemetry.ts";
import { once, type Once } from "./once.ts";
import { createDatabase } from "./open-database.ts";
import { openProjectEngine, type OpenEngine } from "./open-engine.ts";
import { openProject, type Project } from "./open-project.ts";
import { planPorts } from "./plan-ports.ts";
import { settingsDigest } from "./settings-digest.ts";
import { settingsOf } from "./settings-of.ts";
import { starterFor } from "./starter.ts";

export interface OpenAppOptions {
  /** Folder the user is in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what takes time: the first setup of the database, its start. */
  readonly log?: (line: string) => void;
  /**
   * Further agents, which roles name as they name those of the configuration. Every process that executes runs in which
   * they play needs them. Two agents of one name are `CONFIG_INVALID`.
   */
  readonly agents?: readonly Agent[];
}

const SETTLING = [
  "WAVEGATE_BWRAP",
  "WAVEGATE_DATABASE_URL",
  "WAVEGATE_DB_IDLE",
  "WAVEGATE_HOME",
  "WAVEGATE_POSTGRES_BIN",
  "WAVEGATE_POSTGRES_USER",
  "WAVEGATE_TRUST",
];

/** What this process was started in. */
const startedIn = (env: OpenAppOptions["env"]) => ({
  environment: deciding(env),
  surroundingRuns: () => surroundingRuns(env),
});

/** Variables of ours that are set; the address of a database may hold its password. */
const deciding = (env: OpenAppOptions["env"]): AppPorts["environment"] =>
  SETTLING.flatMap((name) => {
    const value = env[name];
    return value ? [{ name, value: name === "WAVEGATE_DATABASE_URL" ? null : value }] : [];
  });

/** The application with its adapters, for the project that `cwd` lies in. Nothing is started or written yet. Throws PROJECT_UNTRUSTED. */
export function openApp(options: OpenAppOptions): App {
  const project = openProject(options);
  const { root, stateFolder, config, agents, redact } = project;
  const machines = machinesOf(config, options.env);
  const database = once(() => engineOf(project, options, machines));
  const { disk, carryOut } = inProject(project, options, { machines, database });
  const cast = async () => agents;
  const executed = createExecutedRuns();
  const audit = once(async () => openAudit(stateFolder, await database.get()));
  const engine = once(async () => {
    const opened = await database.get();
    // A run keeps paths from the project on; where the user stands does not matter to it.
    const documents = createDocuments({ root, cwd: root });
    const reading = { ...disk, documents, agents: cast, engine: async () => opened.engine };
    opened.register(
      {
        ...disk,
        ...project,
        ...opened.stores,
        ...carryOut,
        audit: await audit.get(),
        clock,
        digest: digestOf,
        takeDown: createTakeDown(reading, adaptByRules),
      },
      executed,
    );
    return opened.engine;
  });

  return createApp({
    ...disk,
    settings: async () => (config.ok ? ok(settingsOf(config.value)) : config),
    ...startedIn(options.env),
    engine: engine.get,
    ledgers: async () => (await database.get()).stores.ledgers,
    agents: cast,
    knownAgents: project.knownAgents,
    documents: createDocuments({ root, cwd: options.cwd }),
    audit: audit.get,
    database: createDatabase(options),
    ...MAKING,
    beginProject: () => ensureStateFolder(stateFolder),
    ...safetyOf(project),
    ...forSetup({ root, files: disk.files, env: options.env }),
    telemetry: openTelemetry({ ...options, redact }),
    landing: async () => carryOut.landing,
    ...executed.tells,
    close: () => closeAll(database, agents),
  });
}

const engineOf = (
  project: Project,
  options: OpenAppOptions,
  { project: name }: MachineSettings,
): Promise<OpenEngine> => {
  const { stateFolder } = project;
  return openProjectEngine({ ...options, stateFolder, name, settings: settingsDigest(project) });
};

/** What is made of nothing: times, ids, digests. */
const clock = { now: () => Date.now() };
const MAKING = { clock, newRunId, digestOf };

/** What is in the project's folder and is done with it, here or across machines. */
function inProject(
  project: Project,
  options: OpenAppOptions,
  {
    machines,
    database,
  }: { readonly machines: MachineSettings; readonly database: Once<OpenEngine> },
) {
  const { env } = options;
  const local = onDisk({ ...options, ...project });
  const cloned = cloning(project, env);
  const { artifacts, bringCommits, ...across } = acrossMachines(
    { ...cloned, artifacts: local.artifacts },
    { root: project.root, env, machines, store: async () => (await database.get()).shared },
  );
  const clearWorkspaces = (isOver: IsOver) => cloned.workspaces.clear(isOver);
  const disk = { ...local, artifacts, clearWorkspaces, bringCommits };
  const carryOut = { ...carryingOut(project, disk, env), ...cloned, ...across };
  return { disk, carryOut };
}

/** Clones for tasks, and landing. */
const cloning = ({ root, config }: Project, env: OpenAppOptions["env"]) =>
  executionPorts({ root, env, recipe: config.ok ? config.value.workspace : PLAIN_RECIPE });

/** What else carrying out plans needs: plans read and marked, and people told. */
function carryingOut(
  { redact }: Project,
  disk: ReturnType<typeof onDisk>,
  env: OpenAppOptions["env"],
) {
  const taking = { ...disk, clock, digestOf };
  return {
    takePlans: createTakePlans(taking),
    markPlans: createMarkPlans(taking),
    writeFindings: createWriteFindings(taking),
    notices: createWebhook({ env, redact }),
  };
}

/** What is said of what agents can do, before and while they do it. */
const safetyOf = ({ root, config, agents, sandboxHealth, warnUnprotected }: Project) => ({
  health: () =>
    lookAround({ project: root, config, agents: async () => agents, sandbox: sandboxHealth }),
  warnUnprotected,
});

/** What `init` works with. */
const forSetup = ({
  root,
  files,
  env,
}: Pick<OpenAppOptions, "env"> & { readonly root: string; readonly files: ProjectFiles }) => ({
  starter: starterFor(root),
  templates: readTemplates,
  tree: createProjectTree({ root, files }),
  hasProgram: (name: string) => hasProgram(name, env),
});

/** The engine first: then no agent is asked any more. */
async function closeAll(
  database: Pick<Once<{ close(): Promise<void> }>, "made">,
  agents: Agents,
): Promise<void> {
  await (await database.made())?.close();
  for (const agent of agents.values()) await agent.close?.();
}

const openAudit = (stateFolder: string, { anchor }: Pick<OpenEngine, "anchor">) =>
  createAuditLog({ file: path.join(stateFolder, "audit.jsonl"), anchor });

/** What is in the project's folder: the user's files, and ours beside them. */
const onDisk = ({
  root,
  stateFolder,
  redact,
  cwd,
  env,
}: Pick<ReturnType<typeof openProject>, "root" | "stateFolder" | "redact"> &
  Pick<OpenAppOptions, "cwd" | "env">) => {
  const runFolders = createRunFolders(stateFolder);
  return {
    project: root,
    ...planPorts({ root, cwd, env }),
    artifacts: createArtifacts({ stateFolder, redact }),
    files: createProjectFiles({ root }),
    repository: createRepository({ root }),
    /** The commit that it is at. */
    revision: () => headCommit(root),
    repositoryState: async () => repositoryState(await locateRepository(root)),
    apartBranches: async (commit: string) => apartBranches(await locateRepository(root), commit),
    dependencyAudit: createDependencyAudit({ root, env }),
    machine: createMachine(),
    scheduleSearch: threadedSearch,
    exactSolver: miniZinc,
    runFolders,
    endForsaken: (runId: string) => endForsaken(runFolders.pathOf(runId)),
  };
};
