import { realpathSync } from "node:fs";
import path from "node:path";
import { createRedactor } from "../adapters/artifacts/redactor.ts";
import { loadConfig, type LoadedConfig } from "../adapters/config/load-config.ts";
import type { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";
import type { Agent, Agents } from "../ports/agent.ts";
import { secretNamesOf } from "../stage/agents/agent-kind.ts";
import { AGENT_KINDS } from "../stage/agents/kinds.ts";
import type { AgentCosts } from "../stage/budget/agent-cost.ts";
import { costsBy } from "../stage/config/check-prices.ts";
import { NO_CONFIG } from "../stage/config/config.ts";
import { projectVerifier } from "./project-verifier.ts";
import type { Verifier } from "../ports/verifier.ts";
import { createKeychain } from "./keychain.ts";
import { castAgents } from "./cast-agents.ts";
import { knownAgents } from "./known-agents.ts";
import { sandboxHealth } from "./sandbox-health.ts";
import { createSandboxes } from "./sandboxes.ts";
import type { HealthCheck } from "../ports/health.ts";
import { sandboxFor } from "../stage/sandbox/sandbox-settings.ts";
import { findProject, refuseForeign } from "./find-project.ts";

/** A project as it lies there, with what its configuration makes of it. */
export interface Project {
  /** Absolute, links followed. */
  readonly root: string;
  readonly stateFolder: string;
  readonly config: Result<LoadedConfig, WavegateError>;
  readonly agents: Agents;
  /** Runs the commands that check the work of others. */
  readonly verifier: Verifier;
  /** Known agents that the configuration doesn't name. */
  readonly knownAgents: () => readonly Agent[];
  /** The most calls of a provider at once; null for no limit. */
  readonly providerLimit: (provider: string) => number | null;
  /** What makes sandboxes here, and what comes of attempts to get out of one. */
  readonly sandboxHealth: () => Promise<readonly HealthCheck[]>;
  readonly warnUnprotected: (agents?: readonly string[]) => Promise<void>;
  /** What is known of what they cost. */
  readonly costs: AgentCosts;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

/**
 * The project that `cwd` lies in. Reads its configuration, writes nothing. Throws `CONFIG_INVALID` when given agents have
 * the same name; what is wrong with the configuration itself is in `config`.
 */
export function openProject({
  cwd,
  env,
  agents: given = [],
  log = () => {},
}: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly agents?: readonly Agent[];
  readonly log?: (line: string) => void;
}): Project {
  const root = realpathSync(findProject(cwd));
  refuseForeign(root, env);
  const config = loadConfig(
    root,
    given.map(({ name }) => name),
  );
  const settings = config.ok ? config.value : NO_CONFIG;
  const { agents: definitions, costs, redact, secrets, providerLimits } = settings;
  const stateFolder = path.join(root, ".wavegate");
  const { sandboxOf, bubblewrap, warnUnprotected } = createSandboxes({
    env,
    project: root,
    stateFolder,
    all: settings.sandbox,
    bubblewrap: settings.bubblewrap,
    warn: log,
  });
  const extraNames = [...redact, ...secretNamesOf(AGENT_KINDS, definitions)];
  const redactor = createRedactor({ env, extraNames });
  const makeFilter = () => redactor.stream();
  const keychain = createKeychain(secrets, { env, cwd: root }, (_name, value) =>
    redactor.learn([value]),
  );
  const options = { env, makeFilter, cwd: root, sandboxOf, keychain };
  return {
    root,
    stateFolder,
    sandboxHealth: () =>
      sandboxHealth({ env, bubblewrap, mode: sandboxFor(settings.sandbox).mode }),
    // Of known agents that are not configured no program runs but to be looked at.
    warnUnprotected: (names = definitions.map(({ name }) => name)) => warnUnprotected(names),
    config,
    agents: castAgents(definitions, given, options),
    verifier: projectVerifier(settings, options),
    knownAgents: () => knownAgents(definitions, options),
    providerLimit: (provider) => providerLimits.get(provider) ?? null,
    costs: costsBy(costs),
    redact: (text) => redactor.redact(text),
  };
}
