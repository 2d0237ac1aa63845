import { revealed } from "../core/control-characters.ts";
import { unifiedDiff, type UnifiedDiff } from "../core/diff.ts";
import { oneLine } from "../core/text.ts";
import { factLines, figureLines, list, plural } from "./figure-lines.ts";
import { budgetText } from "./budget-lines.ts";
import { heading } from "./heading.ts";
import { textWidth } from "./text-width.ts";
import type { GateFigures, GateInfo } from "../stage/records.ts";
import {
  composeLine,
  paint,
  symbolsOf,
  wrapText,
  type Cell,
  type Style,
  type Tone,
} from "./style.ts";

/** An artifact as a gate shows it. */
interface ShownArtifact {
  readonly name: string;
  readonly digest: string;
  readonly content: string;
  readonly target: string;
  readonly existing: string | undefined;
  /** What was approved before, where the gate asks again about it. */
  readonly approved?: string;
}

export interface ShownGate {
  readonly runId: string;
  readonly gate: GateInfo;
  readonly artifacts: readonly ShownArtifact[];
  /** Who may decide; absent: whoever does. */
  readonly reviewers?: readonly string[] | undefined;
}

/** Most lines shown of the changes to one file, and of the text that agents wrote. */
const MAX_DIFF_LINES = 40;
const MAX_QUOTED_LINES = 24;

export const shortDigest = (digest: string): string => digest.slice(0, 12);

/**
 * What a person needs to decide: first the facts that were checked in code, then each file with what it would change,
 * then what agents wrote (framed and labelled), last the commands that bind a decision to the digest. Control characters
 * in the files are shown, not taken out: nothing of what is approved is hidden by them.
 */
export function gateLines(shown: ShownGate, style: Style): string[] {
  const { gate, artifacts } = shown;
  const folder = gate.folder;
  return [
    heading(`Gate of ${oneLine(gate.stage, 60)}, round ${gate.round}`, style),
    ` ${paint(style, "strong", oneLine(gate.prompt, 300))}`,
    ...(gate.strict === true
      ? [` ${paint(style, "warn", "Strict: an approval is recorded with its reason.")}`]
      : []),
    ...noticeLines(gate.notice, style),
    "",
    ...figureLines(gate.figures, style),
    ...(gate.cost ? factLines("cost so far", budgetText(gate.cost), "plain", style) : []),
    "",
    ...artifactLines(artifacts, style),
    ...artifacts.flatMap((artifact) => diffsOf(artifact, folder, style)),
    "",
    ...quoted(quotes(gate.figures, artifacts, style), style),
    ...commandLines(shown, style),
  ];
}

const noticeLines = (notice: string | null, style: Style): string[] =>
  notice === null
    ? []
    : wrapText(oneLine(notice, 1_000), style.width - 2).map(
        (line) => ` ${paint(style, "warn", line)}`,
      );

function artifactLines(artifacts: readonly ShownArtifact[], style: Style): string[] {
  const columns = Math.max(0, ...artifacts.map((artifact) => textWidth(artifact.name))) + 2;
  return artifacts.flatMap((artifact) => {
    const { content, target, name } = artifact;
    const where = target.endsWith(`/${name}`) ? target.slice(0, -name.length) : target;
    const [fate, tone] = fateOf(artifact, where);
    const told = { text: `  ${oneLine(fate, 300)}`, tone };
    const cells = [
      { text: ` ${artifact.name}`, columns: columns + 1 },
      { text: shortDigest(artifact.digest), columns: 14, tone: "quiet" },
      { text: size(content), columns: 9, align: "right" },
    ] as const;
    // What would be written where is never cut: it gets a line of its own rather.
    const fits = columns + 1 + 14 + 9 + textWidth(told.text) <= style.width;
    const line = (...parts: readonly Cell[]) =>
      composeLine({ ...style, width: fits ? style.width : 10_000 }, parts).trimEnd();
    return fits ? [line(...cells, told)] : [line(...cells), line({ text: "  " }, told)];
  });
}

/** What approval would do to the file that is there. */
function fateOf(
  { existing, content, approved = content }: ShownArtifact,
  where: string,
): readonly [text: string, tone: Tone] {
  if (existing === undefined) return [`new in ${where}`, "plain"];
  if (existing !== content) return [`changed in ${where}`, "warn"];
  return approved === content
    ? [`unchanged in ${where}`, "plain"]
    : [`in ${where}, changed since it was approved`, "warn"];
}

function size(content: string): string {
  const bytes = new TextEncoder().encode(content).length;
  return bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} kB`;
}

/** What approval would change in the file that is there, and what is not as it was approved before. */
function diffsOf(artifact: ShownArtifact, folder: string, style: Style): string[] {
  const { existing, content, approved, target } = artifact;
  const whole = `${folder}/${artifact.name}`;
  const show = (title: string, before: string | undefined) =>
    before === undefined || before === content
      ? []
      : diffLines({ title, whole, diff: diffTo(before, content) }, style);
  return [
    ...show(target, existing),
    ...(approved === existing ? [] : show(`${target} since it was approved`, approved)),
  ];
}

const diffTo = (before: string, content: string): UnifiedDiff =>
  unifiedDiff(before, content, { maxLines: MAX_DIFF_LINES });

function diffLines(
  {
    title,
    whole,
    diff,
  }: { readonly title: string; readonly whole: string; readonly diff: UnifiedDiff },
  style: Style,
): string[] {
  const lines = diff.lines.map((raw) => {
    const line = revealed(raw, style);
    const tone = line.startsWith("+")
      ? "good"
      : line.startsWith("-")
        ? "bad"
        : line.startsWith("@@")
          ? "accent"
          : "plain";
    return composeLine(style, [{ text: `   ${line.replaceAll("\t", "  ")}`, tone }]).trimEnd();
  });
  return [
    "",
    ` ${oneLine(title, 300)}: +${diff.added} -${diff.removed}`,
    ...lines,
    ...(diff.hidden > 0
      ? [paint(style, "quiet", `   ${plural(diff.hidden, "more line")}; the whole file: ${whole}`)]
      : []),
  ];
}

const points = (title: string, items: readonly string[]) =>
  items.length === 0 ? [] : [title, ...items.map((item) => `- ${oneLine(item, 400)}`)];

/** What agents wrote, by what it is. */
function quotes(
  figures: GateFigures,
  artifacts: readonly ShownArtifact[],
  style: Style,
): readonly string[] {
  const summary =
    artifacts.find((artifact) => artifact.name.endsWith("summary.md")) ?? artifacts[0];
  const lines = (summary?.content ?? "")
    .split(/\r?\n/)
    .map((line) => revealed(line, style))
    .filter((line) => line.trim() !== "" && !/^\|[\s:|-]+\|$/.test(line));
  return [
    ...points('For you to decide (modify --text "C-1: …"):', figures.escalated),
    ...points("Open questions:", figures.openQuestions),
    ...points("Answered:", figures.resolvedQuestions),
    ...points("QA notes:", figures.qaNotes === "" ? [] : [figures.qaNotes]),
    ...(summary ? [`From ${summary.name}:`, ...lines] : []),
  ];
}

function quoted(texts: readonly string[], style: Style): string[] {
  if (texts.length === 0) return [];
  const { bar } = symbolsOf(style);
  const columns = Math.max(20, style.width - 4);
  const lines = texts.flatMap((text) => wrapText(text.replaceAll("\t", "  "), columns));
  const hidden = lines.length - MAX_QUOTED_LINES;
  const frame = (text: string) => `${paint(style, "quiet", ` ${bar}`)} ${text}`.trimEnd();
  return [
    paint(style, "quiet", " Written by agents, not checked:"),
    ...lines.slice(0, MAX_QUOTED_LINES).map(frame),
    ...(hidden > 0 ? [frame(paint(style, "quiet", plural(hidden, "more line")))] : []),
    "",
  ];
}

/** The exact commands, with the digest they bind. */
export function decisionCommands({
  runId,
  gate,
}: Pick<ShownGate, "runId" | "gate">): readonly string[] {
  const bound = `${runId} --digest ${shortDigest(gate.digest)}`;
  return [
    `wavegate approve ${bound}${gate.strict === true ? ' --reason "…"' : ""}`,
    `wavegate reject  ${bound} --reason "…"`,
    `wavegate modify  ${bound} --text "…"`,
  ];
}

function commandLines(shown: ShownGate, style: Style): string[] {
  return [
    ` ${paint(style, "quiet", "digest")} ${shown.gate.digest}`,
    ` ${paint(style, "quiet", "files ")} ${shown.gate.folder}`,
    ...(shown.reviewers === undefined
      ? []
      : wrapText(list(shown.reviewers), Math.max(20, style.width - 9)).map(
          (names, index) => ` ${paint(style, "quiet", index === 0 ? "decide" : "      ")} ${names}`,
        )),
    ...decisionCommands(shown).map((command) => `   ${command}`),
  ];
}
