import { fold } from "../../core/markdown/folded.ts";
import type { SourceLine } from "../../core/markdown/source-lines.ts";
import { readBullet } from "../annotations/box-line.ts";
import { isLabel } from "./fields.ts";
import { lineAt, type Scan } from "./scan-state.ts";
import { rawOf } from "./source.ts";

export function openNote(scan: Scan, index: number, at: number): void {
  const line = lineAt(scan, index);
  const raw = rawOf(scan.source, index);
  scan.note = {
    parts: [{ line, start: at, end: line.text.length }],
    position: scan.drafts.notes.length,
  };
  scan.drafts.notes.push({ words: fold(scan.note.parts), raw, line, phase: scan.phase });
}

/** More lines of a note are not read. */
const MOST_LINES = 40;

/** Lines below a note belong to it; a bullet is a note of its own if nothing stood before. */
export function continueNote(scan: Scan, line: SourceLine, index: number): boolean {
  const { note, drafts } = scan;
  const before = note && drafts.notes[note.position];
  if (!note || !before || note.parts.length > MOST_LINES || isLabel(line.text)) return false;
  const bullet = readBullet(line.text);
  if (bullet && before.words.text !== "" && note.list !== true) return false;
  const at = bullet?.textAt ?? 0;
  if (bullet) {
    scan.note = {
      parts: [{ line, start: at, end: line.text.length }],
      position: drafts.notes.length,
      list: true,
    };
    drafts.notes.push({
      words: fold(scan.note.parts),
      raw: rawOf(scan.source, index),
      line,
      phase: scan.phase,
    });
    return true;
  }
  note.parts.push({ line, start: 0, end: line.text.length });
  drafts.notes[note.position] = {
    ...before,
    words: fold(note.parts),
    raw: `${before.raw}\n${rawOf(scan.source, index)}`,
  };
  return true;
}
