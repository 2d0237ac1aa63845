import type { AgentProblem } from "../agent-kind.ts";
import { environmentProblems, when } from "../environment-problems.ts";
import type { AcpAgentDefinition } from "./definition.ts";
import { isToolKind } from "./permissions.ts";
import { ACP_PRESET_NAMES, ACP_PRESETS } from "./presets.ts";

const isPreset = (word: unknown): boolean => ACP_PRESET_NAMES.some((name) => name === word);

/** Why an agent cannot be run as its definition says; empty when it can. */
export const acpAgentProblems = (definition: AcpAgentDefinition): readonly AgentProblem[] => [
  ...programProblems(definition),
  ...sessionProblems(definition),
  ...environmentProblems(definition),
];

function programProblems({
  name,
  acp,
  args = [],
  npx,
}: AcpAgentDefinition): readonly AgentProblem[] {
  const words = typeof acp === "string" ? [] : acp;
  return [
    ...when(name.trim() === "", { message: "the agent needs a name", hint: "Give it one." }),
    ...when(typeof acp === "string" && !isPreset(acp), {
      key: "acp",
      message: "`acp` names no known agent",
      hint: `Name one of ${ACP_PRESET_NAMES.join(", ")}, or write the program as a list: acp: ["my-agent", "--acp"].`,
    }),
    ...when(typeof acp !== "string" && (words[0] ?? "").trim() === "", {
      key: "acp",
      message: "`acp` must name a known agent, or be a list that starts with a program",
      hint: 'Write acp: claude, or acp: ["my-agent", "--acp"].',
    }),
    ...when(
      [...words, ...args].some((word) => word.includes("\0")),
      {
        key: words.some((word) => word.includes("\0")) ? "acp" : "args",
        message: "an argument holds a NUL character, which no program can be given",
        hint: "Remove it.",
      },
    ),
    ...when(npx === true && typeof acp !== "string", {
      key: "npx",
      message: "`npx` is for known agents, and this one has a program of its own",
      hint: 'Remove npx; to start a package, write acp: ["npx", "--yes", "the-package"].',
    }),
  ];
}

const needsOwnProcess = (acp: AcpAgentDefinition["acp"]): boolean =>
  typeof acp === "string" &&
  ACP_PRESET_NAMES.some((name) => name === acp && ACP_PRESETS[name].ownProcess === true);

const sessionProblems = ({
  acp,
  sessionsPerProcess = 1,
  permissions = {},
}: AcpAgentDefinition): readonly AgentProblem[] => [
  ...when(
    !Number.isInteger(sessionsPerProcess) || sessionsPerProcess < 1 || sessionsPerProcess > 32,
    {
      key: "sessions-per-process",
      message: "`sessions-per-process` must be a whole number from 1 to 32",
      hint: "Write 1 for a process of its own for each attempt.",
    },
  ),
  ...when(sessionsPerProcess > 1 && needsOwnProcess(acp), {
    key: "sessions-per-process",
    message: "sessions of this agent in one process hand in each other's results",
    hint: "Remove sessions-per-process.",
  }),
  ...Object.keys(permissions).flatMap((item) =>
    when(!isToolKind(item), {
      key: "permissions",
      item,
      message: `"${item}" in \`permissions\` is no kind of tool`,
      hint: "Remove it.",
    }),
  ),
];
