import type { AnalysisInput, RelatedFile } from "../input.ts";
import { knownFile } from "../known-files.ts";
import type { FilePlace } from "../../core/place.ts";
import type { Section, Statement } from "../model.ts";
import { counted, named, stated } from "../phrases.ts";

/** What a command or a script can say of how tasks are run. Words that its text has are the evidence; each rule reads one line. */
interface Mechanism {
  readonly name: string;
  readonly line: RegExp;
}

const MECHANISMS: readonly Mechanism[] = [
  {
    name: "takes the next N tasks",
    line: /\bnext(?:\s|-)?(?:\d|N\b|count)|\bstatus-cli\S{0,4}\s+next\b/i,
  },
  { name: "runs tasks in parallel", line: /\bparallel/i },
  { name: "runs tasks in batches", line: /\bbatch/i },
  { name: "runs tasks one at a time", line: /\bsequential|one at a time/i },
  { name: "waits for all of a batch", line: /\bwait(?:s|ing)?\b.{0,40}\b(?:all|complete|finish)/i },
  { name: "looks at dependencies", line: /\bdepend(?:s|enc)/i },
  { name: "looks for file conflicts", line: /\bconflict/i },
  { name: "marks tasks as started or done", line: /\bmark-(?:started|complete|failed|skipped)\b/i },
  { name: "verifies phases", line: /\bVERIFY\b|\bverif(?:y|ies|ication)\b/ },
  { name: "tries failed tasks again", line: /\bretr(?:y|ies|ied)\b/i },
  { name: "locks files", line: /\block(?:file|s|ed|ing)?\b/i },
  { name: "commits with git", line: /\bgit\s+(?:commit|add|push|merge|worktree)\b/i },
];

/** What S4's plan wants to know of, and the file that says it. */
interface Driver {
  readonly section: string;
  readonly heading: string;
  readonly file: RegExp;
  /** What is missing without it. */
  readonly gap: string;
}

export const DRIVERS: readonly Driver[] = [
  {
    section: "orchestrate-command",
    heading: "The command plan:orchestrate",
    file: /(?:^|\/)\.claude\/commands\/plan\/orchestrate\.md$|(?:^|\/)scripts\/(?:.+\/)?plan[-_]orchestrator\.\w{1,3}$/,
    gap: "No plan:orchestrate command or orchestrator script is among the files.",
  },
  {
    section: "implement-command",
    heading: "The command plan:implement",
    file: /(?:^|\/)\.claude\/commands\/plan\/implement\.md$/,
    gap: "No plan:implement command is among the files.",
  },
  {
    section: "status-cli",
    heading: "Dependencies in status-cli",
    file: /(?:^|\/)scripts\/(?:.+\/)?(?:status-cli|plan-status)\.(?:js|mjs|cjs|ts)$/,
    gap: "No status-cli script is among the files.",
  },
];

const driving = (files: readonly RelatedFile[], file: RegExp): readonly RelatedFile[] =>
  files.filter(({ path, text }) => file.test(path) && text !== undefined);

/** What is not said of S4's tool, as its files are not among those given. Of no concern where no plan is one of S4's. */
export const missingDrivers = ({ plans, files }: AnalysisInput): readonly string[] =>
  plans.some(({ plan }) => plan.dialect === "plan-file")
    ? DRIVERS.filter(({ file }) => driving(files, file).length === 0).map(({ gap }) => gap)
    : [];

/** What the commands and scripts say of how tasks are run, by the words in them. */
export function mechanismSections({ files }: AnalysisInput): readonly Section[] {
  const own = DRIVERS.flatMap(({ section, heading, file }) => {
    const items = driving(files, file).flatMap((each) => statementsOf(each));
    return items.length > 0 ? [sectionOf(section, heading, items)] : [];
  });
  const others = files
    .filter(({ path }) => knownFile(path)?.drives && !DRIVERS.some(({ file }) => file.test(path)))
    .flatMap((each) => statementsOf(each));
  return others.length > 0
    ? [...own, sectionOf("other-commands", "Other commands, scripts and settings", others)]
    : own;
}

const sectionOf = (id: string, heading: string, items: readonly Statement[]): Section => ({
  id,
  heading,
  blocks: [
    {
      kind: "note",
      text: "By the words in the files; whether a program does what it says is not tried.",
    },
    { kind: "list", items },
  ],
});

function statementsOf({ path, text = "" }: RelatedFile): readonly Statement[] {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.slice(0, 1_000));
  return MECHANISMS.flatMap(({ name, line }) => {
    const places: FilePlace[] = [];
    lines.forEach((words, index) => {
      if (line.test(words)) places.push({ file: path, line: index + 1 });
    });
    if (places.length === 0) return [];
    const where = named(places.slice(0, 5).map((place) => `${place.line}`));
    return [
      stated(
        `${path} ${name}: ${counted(places.length, "line says", "lines say")} so (${where}${places.length > 5 ? ", …" : ""}).`,
        { value: places.length, unit: "lines" },
        places,
      ),
    ];
  });
}
