import { plain } from "../text/terms.ts";
import type { Surroundings } from "./surroundings.ts";

/** Something a tooling spec names that is not a screen or a table: typed, run or kept on disk. */
export interface Tool {
  /** As written: `/speckit.pipeline`, `setup.sh`, `.claude/commands/`. */
  readonly name: string;
  readonly kind: "command" | "script" | "file" | "folder";
  /** Flags named next to it: `--from`. */
  readonly flags: readonly string[];
  /** Ids of the demands that name it. */
  readonly demands: readonly string[];
}

const SLASH_COMMAND = /(?<![\w./~-])\/[a-z][\w-]*(?:\.[a-z][\w-]*)+(?![\w/])/g;
const SCRIPT = /(?<![\w./~-])[\w.~/-]{1,200}\.(?:sh|ps1|bash|zsh|fish|bat)\b/g;
const FILE = /(?<![\w./~-])[\w.~/-]{1,200}\.(?:md|json|ya?ml|toml|ini|cfg|lock)\b/g;
const FOLDER = /(?<![\w./~-])[\w.~-][\w.~/-]{0,200}\/(?=[\s,.;)`]|$)/g;
const FLAG = /(?<![\w-])--[a-z][\w-]*/g;
const TOOL_WORDS =
  /\b(?:slash command|shell script|bash|command[- ]line|cli|terminal|stdin|stdout|exit code|git worktree|install script|subagent|sub-agent|worktree|npm package)\b/giu;
const SCREEN_WORDS =
  /\b(?:page|screen|dashboard|form|button|web|browser|mobile app|calendar view|modal|click|endpoint|http)\b/giu;

const base = (name: string): string => name.replace(/^.*\/(?=[^/]+$)/, "");

/** Names are looked for in this much of one statement. */
const MOST_CHARACTERS = 4_000;

function textsOf({
  spec,
  demands,
  scenarios,
}: Surroundings): readonly { id: string; text: string }[] {
  const texts = [
    ...demands.map(({ id, text }) => ({ id, text })),
    ...scenarios.map(({ source, text }) => ({ id: source, text })),
    ...spec.entities.map(({ name, text }) => ({ id: "", text: `${name} ${plain(text)}` })),
    ...spec.criteria.map(({ id, text }) => ({ id, text: plain(text) })),
    ...spec.stories.map(({ id, title, narrative }) => ({
      id,
      text: `${title} ${plain(narrative)}`,
    })),
  ];
  return texts.map(({ id, text }) => ({ id, text: text.slice(0, MOST_CHARACTERS) }));
}

/** Whether the spec is about commands, scripts and files rather than screens and records. */
export function isTooling(around: Surroundings): boolean {
  const text = textsOf(around)
    .map((one) => one.text)
    .join("\n");
  const tools =
    [...text.matchAll(TOOL_WORDS)].length +
    [...text.matchAll(SLASH_COMMAND)].length +
    [...text.matchAll(SCRIPT)].length;
  return tools >= 3 && tools > [...text.matchAll(SCREEN_WORDS)].length;
}

/** Commands, scripts, files and folders that functional demands name, most named first. */
export function toolsOf(around: Surroundings): readonly Tool[] {
  const found = new Map<string, { kind: Tool["kind"]; flags: Set<string>; demands: Set<string> }>();
  const ids = new Set(around.demands.map(({ id }) => id));
  const kinds: readonly (readonly [Tool["kind"], RegExp])[] = [
    ["command", SLASH_COMMAND],
    ["script", SCRIPT],
    ["file", FILE],
    ["folder", FOLDER],
  ];
  for (const { id, text } of textsOf(around))
    for (const [kind, pattern] of kinds)
      for (const match of text.matchAll(pattern)) {
        const name = kind === "folder" || kind === "command" ? match[0] : base(match[0]);
        if (kind === "file" && /^speckit\.|^\./.test(name)) continue;
        const entry = found.get(name) ?? {
          kind,
          flags: new Set<string>(),
          demands: new Set<string>(),
        };
        if (ids.has(id)) entry.demands.add(id);
        const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
        if (kind === "command" || kind === "script")
          for (const [flag] of after.split(/[,;.]\s|\//)[0]?.matchAll(FLAG) ?? [])
            entry.flags.add(flag);
        found.set(name, entry);
      }
  return [...found.entries()]
    .map(([name, { kind, flags, demands }]) => ({
      name,
      kind,
      flags: [...flags].toSorted(),
      demands: [...demands],
    }))
    .filter(({ demands }) => demands.length > 0)
    .toSorted((a, b) => b.demands.length - a.demands.length || a.name.localeCompare(b.name));
}
