import type { ExpectedUse } from "../agent-kind.ts";
import type { AcpPresetName } from "./presets.ts";

/**
 * What an agent sends with each request besides the prompt, in bytes: the first requests of the versions that were tried
 * over the protocol. That one call makes six requests is an assumption: it reads some files, and hands in its result.
 */
export const ACP_USE: Readonly<Record<AcpPresetName, ExpectedUse>> = {
  claude: { reportsCost: true, requestBytes: 46_609, requests: 6 },
  codex: { reportsCost: false, requestBytes: 43_995, requests: 6 },
  gemini: { reportsCost: false, requestBytes: 50_479, requests: 6 },
  // It says what it cost only where it knows the price of the model, which can't be seen from here.
  opencode: { reportsCost: false, requestBytes: 30_747, requests: 6 },
  // Not measured: taken to be like the agents that they are like.
  qwen: { reportsCost: false, requestBytes: 50_479, requests: 6 },
  copilot: { reportsCost: false, requestBytes: 50_000, requests: 6 },
};

/** An agent that nothing is known of. */
export const UNKNOWN_AGENT_USE: ExpectedUse = { reportsCost: false, requestBytes: 0, requests: 6 };
