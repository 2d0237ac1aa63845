import type { ExpectedUse } from "./agent-kind.ts";
import type { AgentPreset } from "./command-presets.ts";

/**
 * What a coding agent sends with each request besides the prompt, in bytes: the first requests of the versions that were
 * tried, with their own instructions and tools. That one call makes six requests is an assumption: it reads some files.
 */
export const PRESET_USE: Readonly<Record<AgentPreset, ExpectedUse>> = {
  claude: { reportsCost: true, requestBytes: 49_653, requests: 6 },
  codex: { reportsCost: false, requestBytes: 40_206, requests: 6 },
  gemini: { reportsCost: false, requestBytes: 49_710, requests: 6 },
  // It says what it cost only where it knows the price of the model, which can't be seen from here.
  opencode: { reportsCost: false, requestBytes: 30_745, requests: 6 },
  // Not measured: it comes from Gemini CLI.
  qwen: { reportsCost: false, requestBytes: 49_710, requests: 6 },
};

/** A program that nothing is known of. */
export const PLAIN_USE: ExpectedUse = { reportsCost: false, requestBytes: 0, requests: 1 };
