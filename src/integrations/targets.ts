/**
 * Where coding agents look for skills and commands, as data. Skill folders were measured by putting a marker in every
 * place and searching it in the request that each program sent (Claude Code 2.1, Codex 0.169, Gemini CLI 0.61,
 * OpenCode 1.18, Qwen Code 0.15, Copilot CLI 1.0); places of commands are those of the programs' manuals, and those of
 * Spec Kit 1.0 for its own commands.
 */
export const TARGET_NAMES = [
  "claude",
  "codex",
  "gemini",
  "opencode",
  "copilot",
  "qwen",
  "spec-kit",
] as const;

export type TargetName = (typeof TARGET_NAMES)[number];

/** How a command is written: as which file, and what stands for the user's words. */
export type CommandForm = "claude" | "markdown" | "qwen" | "prompt" | "toml" | "skill";

export interface CommandPlace {
  /** Of the file, from the project; `{name}` is the command's name. */
  readonly path: string;
  readonly form: CommandForm;
  /** This place counts if there is something at this path. */
  readonly when?: string;
}

interface Target {
  readonly title: string;
  /** Programs on PATH by which it is found. */
  readonly programs: readonly string[];
  /** Paths in the project by which it is found. */
  readonly marks: readonly string[];
  /** Folder of skills that it reads. */
  readonly skills?: string;
  /** Where its commands go; none for one that has no commands of a project: there the skill is named instead. */
  readonly commands?: CommandPlace;
  /** Where Spec Kit puts its commands for it, the first place that counts. Their names are joined by dots, in skills by hyphens. */
  readonly specKit: readonly CommandPlace[];
}

/** Read by all but Claude Code. */
const SHARED_SKILLS = ".agents/skills";

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  claude: {
    title: "Claude Code",
    programs: ["claude"],
    marks: [".claude", "CLAUDE.md"],
    skills: ".claude/skills",
    commands: { path: ".claude/commands/{name}.md", form: "claude" },
    specKit: [
      {
        path: ".claude/commands/{name}.md",
        form: "claude",
        when: ".claude/commands/speckit.plan.md",
      },
      { path: ".claude/skills/{name}/SKILL.md", form: "skill" },
    ],
  },
  codex: {
    title: "Codex",
    programs: ["codex"],
    marks: [".codex"],
    skills: SHARED_SKILLS,
    specKit: [{ path: `${SHARED_SKILLS}/{name}/SKILL.md`, form: "skill" }],
  },
  gemini: {
    title: "Gemini CLI",
    programs: ["gemini"],
    marks: [".gemini", "GEMINI.md"],
    skills: SHARED_SKILLS,
    commands: { path: ".gemini/commands/{name}.toml", form: "toml" },
    specKit: [{ path: ".gemini/commands/{name}.toml", form: "toml" }],
  },
  opencode: {
    title: "OpenCode",
    programs: ["opencode"],
    marks: [".opencode", "opencode.json", "opencode.jsonc"],
    skills: SHARED_SKILLS,
    commands: { path: ".opencode/commands/{name}.md", form: "markdown" },
    specKit: [
      {
        path: ".opencode/command/{name}.md",
        form: "markdown",
        when: ".opencode/command/speckit.plan.md",
      },
      { path: ".opencode/commands/{name}.md", form: "markdown" },
    ],
  },
  copilot: {
    title: "GitHub Copilot",
    programs: ["copilot"],
    // Nearly every project has a `.github`: only what is Copilot's in it says anything.
    marks: [
      ".github/copilot-instructions.md",
      ".github/prompts",
      ".github/agents",
      ".github/skills",
      ".github/instructions",
    ],
    skills: SHARED_SKILLS,
    commands: { path: ".github/prompts/{name}.prompt.md", form: "prompt" },
    specKit: [
      {
        path: ".github/skills/{name}/SKILL.md",
        form: "skill",
        when: ".github/skills/speckit-plan/SKILL.md",
      },
      { path: ".github/prompts/{name}.prompt.md", form: "prompt" },
    ],
  },
  qwen: {
    title: "Qwen Code",
    programs: ["qwen"],
    marks: [".qwen", "QWEN.md"],
    skills: SHARED_SKILLS,
    commands: { path: ".qwen/commands/{name}.md", form: "qwen" },
    specKit: [{ path: ".qwen/commands/{name}.md", form: "qwen" }],
  },
  "spec-kit": {
    title: "Spec Kit",
    programs: [],
    marks: [".specify"],
    specKit: [],
  },
};

export const isTargetName = (name: string): name is TargetName =>
  (TARGET_NAMES as readonly string[]).includes(name);

/** Paths whose presence decides where files go. */
export const PLACE_MARKS: readonly string[] = Object.values(TARGETS).flatMap(({ specKit }) =>
  specKit.flatMap(({ when }) => when ?? []),
);
