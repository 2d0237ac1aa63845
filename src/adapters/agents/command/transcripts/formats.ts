import type { AgentPreset } from "../../../../stage/agents/command-presets.ts";
import { claudeFormat } from "./claude.ts";
import { codexFormat } from "./codex.ts";
import { geminiFormat } from "./gemini.ts";
import { linesFormat } from "./lines.ts";
import { opencodeFormat } from "./opencode.ts";
import { qwenFormat } from "./qwen.ts";
import type { TranscriptFormat } from "./transcript.ts";

/** How each known program writes its events, and `lines` for programs that write ours. */
export const FORMATS: Readonly<Record<AgentPreset | "lines", TranscriptFormat>> = {
  claude: claudeFormat,
  codex: codexFormat,
  gemini: geminiFormat,
  lines: linesFormat,
  opencode: opencodeFormat,
  qwen: qwenFormat,
};
