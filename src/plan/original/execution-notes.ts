/** Tasks that a note calls `[SEQUENTIAL]`, as the original keeps them: one group for each part of the list. */
export interface SequentialGroup {
  readonly taskRange: string;
  readonly taskIds: readonly string[];
  readonly reason: string;
}

export interface ParallelGroup {
  readonly phaseIds: readonly number[];
  readonly reason: string;
}

export interface PipelineStart {
  readonly phase: number;
  readonly triggerTaskId: string;
}

/** More ids than any plan has; a range like `1.1-1.999999999` would fill the memory. */
const MAX_IDS = 100_000;

const SEQUENTIAL = /\*\*Execution Note:\*\*\s*Tasks?\s+(?=[\d.,-])/gi;
const PARALLEL = /\*\*Execution Note:\*\*\s*Phases?\s+(?=[\d,-])/gi;
const TASK_LIST = /[\d.,\s-]+/y;
const PHASE_LIST = /[\d,\s-]+/y;
const IS_SEQUENTIAL = /(?:are|is)\s+\[SEQUENTIAL\]/iy;
const IS_PARALLEL = /(?:are|is)\s+\[PARALLEL\]/iy;

/** Where a sticky pattern ends that begins at `from`, or -1. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

const isDotted = (character: string | undefined): boolean =>
  character !== undefined && !/[\n\r\u2028\u2029]/.test(character);

/** A reason, and where its note ends: what looks like a note inside of a reason is none. */
interface Reason {
  readonly reason: string;
  readonly end: number;
}

/** The text from `from` up to the next LF or the end; undefined if that is empty or another line separator is in it. */
function reasonFrom(text: string, from: number): Reason | undefined {
  const end = text.indexOf("\n", from);
  const reason = text.slice(from, end === -1 ? text.length : end);
  return reason === "" || /[\r\u2028\u2029]/.test(reason)
    ? undefined
    : { reason: reason.trim(), end: from + reason.length };
}

/** Whether white space before `to` holds a character that could stand for an empty reason at the end of its line. */
function hasBlankReason(text: string, from: number, to: number): boolean {
  for (let at = to - 1; at >= from; at--)
    if (isDotted(text[at]) && (text[at + 1] === "\n" || at + 1 === text.length)) return true;
  return false;
}

const SPACE = /\s*/y;
const DASH = /[-–—]/;

/**
 * The reason after the mark, or undefined where the original takes the whole note for no note. White space may be lines, so a note
 * without a reason takes the next paragraph for one; and a line that ends in CRLF gives none.
 */
function reasonAfter(text: string, from: number): Reason | undefined {
  const first = endOf(SPACE, text, from);
  const dash = DASH.test(text[first] ?? "");
  const start = dash ? endOf(SPACE, text, first + 1) : first;
  const reason = reasonFrom(text, start);
  if (reason !== undefined) return reason;
  if (dash) {
    if (hasBlankReason(text, first + 1, start)) return { reason: "", end: start };
    const withDash = reasonFrom(text, first);
    if (withDash !== undefined) return withDash;
  }
  return hasBlankReason(text, from, first) ? { reason: "", end: first } : undefined;
}

interface NotePatterns {
  readonly start: RegExp;
  readonly list: RegExp;
  readonly mark: RegExp;
}

/** All notes of one kind: the list as written, and the reason. */
function* notesOf(
  text: string,
  patterns: NotePatterns,
): Generator<{ list: string; reason: string }> {
  let free = 0;
  for (const { index, 0: opening } of text.matchAll(patterns.start)) {
    if (index < free) continue;
    const from = index + opening.length;
    const to = endOf(patterns.list, text, from);
    // White space must stand before "are"; words between the ids ("and") end the list, and the note is dropped (FORMATS §1.2).
    if (to === -1 || !/\s/.test(text[to - 1] ?? "")) continue;
    const mark = endOf(patterns.mark, text, to);
    const found = mark === -1 ? undefined : reasonAfter(text, mark);
    if (found === undefined) continue;
    free = found.end;
    yield { list: text.slice(from, to).trim(), reason: found.reason };
  }
}

const RANGE = /^(\d+)\.(\d+)-(\d+)\.(\d+)$/;

/**
 * Ids of one part of a list. Only `N.M` and `N.M-N.K` without spaces are known; `1.1.1` and `3.1 - 3.4` are nothing, and of a range
 * over phases or backwards only both ends are kept (FORMATS §1.2).
 */
function idsOf(part: string, most: number): readonly string[] {
  if (part.includes(","))
    return part.split(",").flatMap((id) => (id.trim() === "" ? [] : [id.trim()]));
  const [, phase = "", from = "", lastPhase = "", to = ""] = RANGE.exec(part) ?? [];
  if (phase === "") return /^\d+\.\d+$/.test(part) ? [part] : [];
  const [first, last] = [Number.parseInt(from, 10), Number.parseInt(to, 10)];
  if (phase !== lastPhase || first > last) return [`${phase}.${from}`, `${lastPhase}.${to}`];
  const length = Math.min(last - first + 1, most);
  return Array.from({ length }, (_, step) => `${Number.parseInt(phase, 10)}.${first + step}`);
}

/** `**Execution Note:** Tasks 3.1-3.4 are [SEQUENTIAL] - reason`, anywhere in the text, also in fences and within a line. */
export function sequentialGroups(text: string): readonly SequentialGroup[] {
  const groups: SequentialGroup[] = [];
  let left = MAX_IDS;
  const patterns = { start: SEQUENTIAL, list: TASK_LIST, mark: IS_SEQUENTIAL };
  for (const { list, reason } of notesOf(text, patterns)) {
    // Each part of "1.1, 1.3" becomes a group of its own, so tasks listed one by one exclude nothing.
    for (const part of list.split(/,\s*(?=\d)/)) {
      const taskIds = idsOf(part.trim(), left);
      left -= taskIds.length;
      if (taskIds.length > 0) groups.push({ taskRange: part.trim(), taskIds, reason });
    }
  }
  return groups;
}

function phasesOf(list: string): readonly number[] {
  const phases = new Set<number>();
  for (const part of list.split(",")) {
    const [, from, to] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part.trim()) ?? [];
    if (from === undefined) continue;
    const first = Number.parseInt(from, 10);
    const last = Math.min(Number.parseInt(to ?? from, 10), first + MAX_IDS);
    for (let phase = first; phase <= last && phases.size < MAX_IDS; phase++) phases.add(phase);
  }
  return [...phases].toSorted((one, other) => one - other);
}

/** `**Execution Note:** Phases 1-3, 5 are [PARALLEL] - reason`: head only, and only shown. */
export function parallelGroups(text: string): readonly ParallelGroup[] {
  const patterns = { start: PARALLEL, list: PHASE_LIST, mark: IS_PARALLEL };
  return Array.from(notesOf(text, patterns), ({ list, reason }) => ({
    phaseIds: phasesOf(list),
    reason,
  })).filter(({ phaseIds }) => phaseIds.length > 0);
}
