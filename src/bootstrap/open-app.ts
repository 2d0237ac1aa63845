import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import path from "node:path";
import { createArtifacts } from "../adapters/artifacts/artifacts.ts";
import { createAuditLog } from "../adapters/artifacts/audit-log.ts";
import { createProjectFiles } from "../adapters/artifacts/project-files.ts";
import { createRedactor } from "../adapters/artifacts/redactor.ts";
import { loadConfig } from "../adapters/config/load-config.ts";
import { createDocuments } from "../adapters/documents/documents.ts";
import { createRunFolders } from "../adapters/run-folders/run-folders.ts";
import type { App } from "../app/app.ts";
import type { Settings } from "../app/app-ports.ts";
import { createApp } from "../app/create-app.ts";
import { ok } from "../core/result.ts";
import { BUILT_IN_STAGES } from "../stage/built-in/stages.ts";
import { NO_CONFIG, type Config } from "../stage/config/config.ts";
import { stageFor } from "../stage/config/resolve-stage.ts";
import { castAgents } from "./cast-agents.ts";
import { findProject } from "./find-project.ts";
import { lookAround } from "./look-around.ts";
import { newRunId } from "./new-run-id.ts";
import { once } from "./once.ts";
import { createDatabase } from "./open-database.ts";
import { openEngine } from "./open-engine.ts";
import { STARTER } from "./starter.ts";

export interface OpenAppOptions {
  /** Folder the user is in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what takes time: the first setup of the database, its start. */
  readonly log?: (line: string) => void;
}

/** The application with its adapters, for the project that `cwd` lies in. Nothing is started or written yet. */
export function openApp(options: OpenAppOptions): App {
  const { env, cwd } = options;
  const project = realpathSync(findProject(cwd));
  const stateFolder = path.join(project, ".wavegate");
  const config = loadConfig(project);
  const { agents: definitions, redact: extraNames } = config.ok ? config.value : NO_CONFIG;
  const redactor = createRedactor({ env, extraNames });
  const redact = (text: string) => redactor.redact(text);
  const artifacts = createArtifacts({ stateFolder, redact });
  const files = createProjectFiles({ root: project });
  const clock = { now: () => Date.now() };

  const makeFilter = () => redactor.stream();
  const agents = once(async () => castAgents(definitions, { env, makeFilter, cwd: project }));
  const database = once(() => openEngine({ ...options, project: projectKey(project) }));
  const audit = once(async () => {
    const { anchor } = await database.get();
    return createAuditLog({ file: path.join(stateFolder, "audit.jsonl"), anchor });
  });
  const engine = once(async () => {
    const opened = await database.get();
    opened.register({
      agents: await agents.get(),
      artifacts,
      files,
      audit: await audit.get(),
      clock,
      redact,
    });
    return opened.engine;
  });

  return createApp({
    project,
    settings: async () => (config.ok ? ok(settingsOf(config.value)) : config),
    engine: engine.get,
    agents: agents.get,
    artifacts,
    files,
    documents: createDocuments({ root: project, cwd }),
    runFolders: createRunFolders(stateFolder),
    audit: audit.get,
    database: createDatabase(options),
    clock,
    newRunId,
    health: () => lookAround({ project, config, agents: agents.get }),
    starter: STARTER,
    close: async () => {
      await (await database.made())?.close();
    },
  });
}

const DEFAULT_WORKER_CONCURRENCY = 4;

const settingsOf = (config: Config): Settings => ({
  stage: (name, wishes) => stageFor(config.stages[name] ?? {}, BUILT_IN_STAGES[name], wishes),
  agentLimit: config.agentLimit,
  workerConcurrency: config.workerConcurrency ?? DEFAULT_WORKER_CONCURRENCY,
  agentPlaces: config.agentPlaces,
});

/** Projects that share a database are told apart by where they are. */
const projectKey = (project: string): string =>
  createHash("sha256").update(project).digest("hex").slice(0, 16);
