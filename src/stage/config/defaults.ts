import { writeDuration } from "../../core/duration.ts";
import type { Json } from "../../core/json.ts";
import { PLAIN_EXECUTION } from "../../execution/execution-settings.ts";
import { DEFAULT_SANDBOX_MODE } from "../sandbox/sandbox-settings.ts";
import { DETECT } from "./execution-options.ts";
import { ALONE } from "./machines-options.ts";

/** Runs that one worker executes at once, where nothing says otherwise. */
export const DEFAULT_WORKER_CONCURRENCY = 4;

/** Where prompts of the project's own lie, where nothing says otherwise. */
export const PROMPT_FOLDER = "wavegate/prompts";

/**
 * What holds outside `stages` where the file says nothing, in the form of the file; null: nothing is set, and what that
 * means stands in the key's description. A new section of the configuration that has defaults adds them here.
 */
export const DEFAULTS: { readonly [key: string]: Json } = {
  version: 1,
  profile: "coding-agent",
  gates: { reviewers: null },
  budget: { usd: null, tokens: null },
  prices: {},
  limits: { agents: null, providers: {} },
  worker: { concurrency: DEFAULT_WORKER_CONCURRENCY },
  scores: { complexity: null, clarity: null, uncertainty: null, debt: null },
  resources: "auto",
  rules: {},
  prompts: PROMPT_FOLDER,
  sandbox: {
    mode: DEFAULT_SANDBOX_MODE,
    endpoints: null,
    read: [],
    write: [],
    hide: [],
    bubblewrap: null,
  },
  execution: {
    workers: PLAIN_EXECUTION.workers,
    pattern: PLAIN_EXECUTION.pattern,
    failures: PLAIN_EXECUTION.failures,
    retries: PLAIN_EXECUTION.attempts.retries,
    agent: null,
    verifier: null,
    test: DETECT,
    timeout: writeDuration(PLAIN_EXECUTION.taskTimeoutMs),
    stall: writeDuration(PLAIN_EXECUTION.stallMs),
    "check-timeout": writeDuration(PLAIN_EXECUTION.checkTimeoutMs),
    "pass-env": [],
    sandbox: { mode: null, read: [], write: [] },
    protect: [],
    gates: PLAIN_EXECUTION.gates,
    checkpoints: PLAIN_EXECUTION.checkpoints,
    "state-folder": PLAIN_EXECUTION.stateFolder,
  },
  workspace: { copy: [], install: [], timeout: "15m", ports: 0, "pass-env": [] },
  machines: {
    project: ALONE.project,
    share: ALONE.share,
    fetch: ALONE.fetch,
    "bundle-mb": ALONE.bundleBytes / 2 ** 20,
  },
  secrets: {},
  redact: [],
};
