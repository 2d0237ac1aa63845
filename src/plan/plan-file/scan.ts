import { tidy } from "../../core/markdown/folded.ts";
import type { SourceLine } from "../../core/markdown/source-lines.ts";
import { readBoxLine, readBullet, indentOf } from "../annotations/box-line.ts";
import {
  isLabel,
  readField,
  readUpstream,
  readVerify,
  sectionOf,
  type FieldName,
} from "./fields.ts";
import { compareNothing } from "./original-view.ts";
import { readHeading } from "./phase-heading.ts";
import { problem } from "./problems.ts";
import { placeIn, rawOf, type Source } from "./source.ts";
import { readBox } from "./scan-box.ts";
import { openPhase } from "./scan-phase.ts";
import { continueNote, openNote } from "./scan-note.ts";
import { leaveTasks, lineAt, newScan, ownerOf, type Scan } from "./scan-state.ts";
import { openVerification } from "./scan-verification.ts";

const FIELD_READERS: Readonly<Record<FieldName, (scan: Scan, index: number, at: number) => void>> =
  {
    note: openNote,
    start: (scan, index, at) =>
      void scan.starts.push({ index, words: { line: lineAt(scan, index), at } }),
    objective: (scan, index, at) => {
      if (scan.phase) scan.phase.objective ??= tidy(lineAt(scan, index).text.slice(at));
    },
    effort: (scan, index, at) => {
      const line = lineAt(scan, index);
      const [text = ""] = line.text.slice(at).split("|", 1);
      if (scan.phase) scan.phase.effort ??= { line, at, text: text.trim() };
    },
    waits: (scan, index) => void scan.phase?.waits.push({ line: lineAt(scan, index), at: 0 }),
    criteria: (scan, index) => {
      openVerification(scan, index, { subject: undefined, blocking: true, at: 0, ofPlan: true });
      scan.criteria = "field";
    },
  };

/** Read a file's lines, once, top to bottom. */
export function scanPlan(source: Source): Pick<Scan, "drafts" | "taskKeys"> {
  const scan = newScan(source);
  source.lines.forEach((line, index) => readLine(scan, line, index));
  closeStarts(scan, source.lines.length);
  return scan;
}

function readLine(scan: Scan, line: SourceLine, index: number): void {
  if (line.cut) {
    scan.drafts.problems.push(
      problem(
        "PLAN_LINE_CUT",
        placeIn(scan.source, line, 0),
        "This line is longer than what is read of a line.",
      ),
    );
  }
  if (line.kind === "meta") return;
  if (line.kind === "code") return readCode(scan, line, index);
  const raw = rawOf(scan.source, index);
  if (raw !== line.text) noteHidden(scan, line, raw, "comment");
  if (line.text.trim() === "") {
    scan.note = undefined;
    return;
  }
  if (readHeading(line.text)) return readHeadingLine(scan, line, index);
  const box = readBoxLine(line.text);
  if (box && readBox(scan, index, box)) return;
  readOther(scan, line, index);
}

function noteHidden(scan: Scan, line: SourceLine, raw: string, where: "code" | "comment"): void {
  const place = placeIn(scan.source, line, 0);
  const difference =
    where === "comment" && compareNothing(line.text, where, place)
      ? undefined
      : compareNothing(raw, where, place);
  if (difference) scan.drafts.problems.push(difference);
}

/** A fence under a task belongs to it; commands in a fence under a verification decide it. */
function readCode(scan: Scan, line: SourceLine, index: number): void {
  noteHidden(scan, line, rawOf(scan.source, index), "code");
  const owner = ownerOf(scan, indentOf(line.text).columns);
  if (owner) owner.details.push(line);
  const command = line.text.trim();
  const shell = /^(?:bash|sh|shell|zsh|console|powershell|pwsh|cmd)$/.test(line.language ?? "");
  if (!shell || owner || !scan.verification || command === "" || command.startsWith("#")) return;
  scan.verification.commands.push(command.replace(/^\$\s+/, ""));
}

function readHeadingLine(scan: Scan, line: SourceLine, index: number): void {
  const heading = readHeading(line.text);
  if (!heading) return;
  leaveTasks(scan);
  scan.note = undefined;
  const phase = scan.source.headings.get(index);
  if (phase) {
    closeStarts(scan, index);
    return openPhase(scan, index, phase);
  }
  const title = line.text
    .slice(heading.textAt)
    .replace(/\s#{1,6}\s*$/, "")
    .trim();
  if (heading.level === 1 && scan.drafts.title === "")
    scan.drafts.title = tidy(title.replaceAll("**", ""));
  const section = sectionOf(title);
  const inCriteria = scan.criteria === "heading" && heading.level > scan.sectionLevel;
  if (inCriteria && section !== "criteria") return;
  scan.verification = undefined;
  scan.criteria = undefined;
  scan.heading = { title: tidy(title), index };
  if (scan.phase && heading.level <= scan.phase.level) scan.phase = undefined;
  if (section === "criteria") {
    openVerification(scan, index, {
      subject: undefined,
      blocking: true,
      at: 0,
      ofPlan: !scan.phase || /success/i.test(title),
    });
    scan.criteria = "heading";
  } else if (section === "verify" && scan.phase) {
    const verify = readVerify(`**${title.replaceAll("**", "")}:**`, false);
    openVerification(scan, index, {
      subject: verify?.subject,
      blocking: verify?.blocking ?? true,
      at: 0,
    });
  }
  enterSection(scan, section, heading.level);
}

/** `### Downstream` beside `### Upstream` is no section of ours, but still one of `## Dependencies`. */
function enterSection(scan: Scan, section: ReturnType<typeof sectionOf>, level: number): void {
  const inside =
    level > scan.sectionLevel && ["dependencies", "upstream", "beside"].includes(scan.section);
  if (inside) scan.section = section === "upstream" ? "upstream" : "beside";
  else {
    scan.section = section;
    scan.sectionLevel = level;
  }
}

/** A line that is neither heading nor box. */
function readOther(scan: Scan, line: SourceLine, index: number): void {
  const { columns, at } = indentOf(line.text);
  const owner = ownerOf(scan, columns);
  const verify = readVerify(line.text, owner !== undefined);
  if (verify && scan.section !== "dependencies") {
    leaveTasks(scan);
    scan.note = undefined;
    const verification = openVerification(scan, index, { ...verify, at });
    const inline = line.text.slice(verify.end).trim();
    if (inline !== "")
      verification.criteria.push({
        text: tidy(inline),
        box: undefined,
        place: placeIn(scan.source, line, verify.end),
      });
    return;
  }
  if (owner) {
    owner.details.push(line);
    return;
  }
  const field = readField(line.text);
  if (field) {
    leaveTasks(scan);
    scan.note = undefined;
    if (field.name !== "note" && field.name !== "criteria")
      scan.verification = scan.criteria ? scan.verification : undefined;
    FIELD_READERS[field.name](scan, index, field.end);
    return;
  }
  if (scan.note && continueNote(scan, line, index)) return;
  readBulletOrText(scan, line);
}

function readBulletOrText(scan: Scan, line: SourceLine): void {
  const bullet = readBullet(line.text);
  if (!bullet) {
    if (isLabel(line.text) || /^\s{0,3}(?:[-*_]\s{0,3}){3,}$/.test(line.text)) {
      scan.verification = scan.criteria === "heading" ? scan.verification : undefined;
      scan.criteria = scan.criteria === "heading" ? "heading" : undefined;
    }
    leaveTasks(scan);
    return;
  }
  const words = line.text.slice(bullet.textAt).trim();
  if (scan.section === "upstream" || scan.section === "dependencies") {
    const upstream = bullet.indent < 2 ? readUpstream(words) : undefined;
    if (upstream && (scan.section === "upstream" || upstream.name.includes(".md"))) {
      scan.drafts.upstream.push({ ...upstream, place: placeIn(scan.source, line, bullet.textAt) });
    }
    return;
  }
  if (bullet.indent < 2) leaveTasks(scan);
  if (!scan.verification || bullet.indent > 3) return;
  scan.verification.criteria.push({
    text: tidy(words),
    box: undefined,
    place: placeIn(scan.source, line, bullet.textAt),
  });
}

/** `**pipeline-start:** …` stands right before the heading of its phase, or in the phase. */
function closeStarts(scan: Scan, index: number): void {
  for (const start of scan.starts) {
    const between = scan.source.lines.slice(start.index + 1, Math.min(index, start.index + 9));
    const before =
      between.length < 8 &&
      between.every(({ text }) => text.trim() === "" || /^\s*-{3,}\s*$/.test(text));
    if (before) scan.pending.push(start.words);
    else scan.phase?.starts.push(start.words);
  }
  scan.starts.length = 0;
}
