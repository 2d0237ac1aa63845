import {
  ALONE,
  onlyShows,
  PROGRAMS,
  STARTER_PAIRS,
  STARTERS,
  TAKES_A_WORD,
  UNFIT,
} from "./programs.ts";

/** What words in code marks are. */
export type CodeKind =
  /** A command that may be run because a sentence names it. */
  | { readonly kind: "command"; readonly command: string; readonly onlyShows: boolean }
  /** A command, but none to be run so. `why` is the end of a sentence about it. */
  | { readonly kind: "unfit"; readonly why: string }
  /** It could be one, as a program that is not known has arguments: only where the sentence says to run it. */
  | { readonly kind: "perhaps"; readonly command: string; readonly onlyShows: boolean }
  /** Of an agent, like `/plan:status`: what the sentence says after it is about what that did. */
  | { readonly kind: "agent" }
  /** A name, a path, a piece of code, something to be filled in. */
  | { readonly kind: "other" };

const OTHER: CodeKind = { kind: "other" };
const LONGEST = 500;

/** `{name}`, `<file>`, `[component]`, `…`, `NNN`: somebody has to say what stands there. Shells write `${name}` and `{a,b}`. */
const TO_BE_FILLED =
  /(?<!\$)\{[A-Za-z][\w -]{0,40}\}|<[A-Za-z][\w -]{0,40}>(?!\()|\[(?:[a-z][a-z]{0,20}[ _-])?(?:name|file|id|path|component|feature|branch|plan|slug)\]|…|(?:^|[\s"'=])\.\.\.(?:$|[\s"'])|\bN{2,}\b|\bX{2,}\b|\bYYYY\b|\bN\.M\b/;

/** A variable's value before the program. */
const ASSIGNMENT = /^[A-Za-z_]\w{0,60}=\S*$/;
const PATH_PROGRAM = /^(?:\.{1,2}\/|[\w.@-]{1,80}\/)[\w./@-]{1,200}$/;
const SCRIPT = /\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl|php|ps1|bats)$/;
const BARE_PROGRAM = /^[a-z][a-z0-9_.-]{1,40}$/;

/** Judge what stands in code marks by itself, without the sentence around it. Linear. */
export function looksLikeCommand(code: string): CodeKind {
  const command = code.trim().replace(/^\$\s+/, "");
  if (command === "" || command.length > LONGEST || command.includes("\n")) return OTHER;
  if (/^\/[a-z][\w-]*(?::[\w-]+)?(?:\s|$)/i.test(command)) return { kind: "agent" };
  if (TO_BE_FILLED.test(command)) return OTHER;
  const parts = simpleCommands(command).map(programOf);
  const [first] = parts;
  if (first === undefined || parts.some(({ program }) => program === "")) return OTHER;
  for (const part of parts) {
    const why = unfitness(part);
    if (why !== undefined) return { kind: "unfit", why };
  }
  const kinds = parts.filter(({ program }) => program !== "cd").map(kindOf);
  if (kinds.length === 0 || kinds.includes("other")) return OTHER;
  const last = parts.at(-1);
  return {
    kind: kinds.includes("perhaps") ? "perhaps" : "command",
    command,
    onlyShows: last !== undefined && onlyShows(last.program, last.next[0] ?? ""),
  };
}

interface Part {
  readonly program: string;
  /** Without options and what they take. */
  readonly next: readonly string[];
  readonly words: number;
}

/** Cut at `&&`, `||`, `;` and `|` outside of quotes and brackets. */
function simpleCommands(command: string): readonly string[] {
  const parts: string[] = [];
  let [start, quote, depth] = [0, "", 0];
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at);
    if (quote !== "") {
      if (char === "\\" && quote === '"') at++;
      else if (char === quote) quote = "";
    } else if (char === "\\") at++;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (depth <= 0 && (char === ";" || char === "|" || command.startsWith("&&", at))) {
      parts.push(command.slice(start, at));
      if (command.charAt(at + 1) === char) at++;
      start = at + 1;
    }
  }
  return [...parts, command.slice(start)].map((part) => part.trim()).filter((part) => part !== "");
}

/** What is started, behind values of variables and what only starts it. */
function programOf(text: string): Part {
  const all = text.split(/\s+/);
  const words = all.slice(all.findIndex((word) => !ASSIGNMENT.test(word) && word !== "!"));
  const count = words.length;
  for (;;) {
    const [one = "", two = ""] = words;
    if (STARTER_PAIRS.has(`${one} ${two}`)) words.splice(0, 2);
    else if (STARTERS.has(one)) words.splice(0, 1);
    else if (count > words.length && one.startsWith("-"))
      words.splice(0, TAKES_A_WORD.has(one) ? 2 : 1);
    else break;
  }
  const [program = "", ...rest] = words;
  const next: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "-m" && program.startsWith("python")) next.push(rest[++at] ?? "");
    else if (TAKES_A_WORD.has(word)) at++;
    else if (!word.startsWith("-")) next.push(word);
  }
  const isRun =
    /^(?:npm|pnpm|yarn|bun)$/.test(program) && /^(?:run|run-script)$/.test(next[0] ?? "");
  return { program, next: isRun ? next.slice(1) : next, words: count };
}

function unfitness({ program, next }: Part): string | undefined {
  const word = (next[0] ?? "").split(":")[0] ?? "";
  return UNFIT.find(
    (rule) => rule.programs.has(program) && (rule.next === "anything" || rule.next.has(word)),
  )?.why;
}

function kindOf({ program, words }: Part): "command" | "perhaps" | "other" {
  if (PROGRAMS.has(program)) return words > 1 || ALONE.has(program) ? "command" : "other";
  if (PATH_PROGRAM.test(program))
    return program.startsWith("./") || (SCRIPT.test(program) && words > 1)
      ? "command"
      : SCRIPT.test(program) || words > 1
        ? "perhaps"
        : "other";
  return BARE_PROGRAM.test(program) && words > 1 ? "perhaps" : "other";
}
