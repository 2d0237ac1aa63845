/** The id at the beginning of a task's words. Offsets are in the line. */
export interface ReadId {
  /** As written, without bold: `1.4`, `VERIFY 1`. */
  readonly id: string | undefined;
  /** A task that only checks: `VERIFY …`. */
  readonly verifies: boolean;
  /** What a `VERIFY` names: `1`, `1.2`. */
  readonly subject: string | undefined;
  /** Where the id begins; where the words begin, if there is none. */
  readonly at: number;
  /** Where labels and words begin. */
  readonly end: number;
  /** Bold opened before the id is still open behind it. */
  readonly bold: boolean;
}

const OPEN = /(?:\*\*|__|~~|`){0,3}(?:(?:sub-?)?(?:task|step)\s{1,4})?/iuy;
const DOTTED = /\d{1,7}(?:\.\d{1,7}){1,5}[A-Za-h]?(?![\p{L}\p{N}_%]|[.,]\p{N})/uy;
const VERIFY = /VERIFY(?:[ -](?:Phase\s{1,4})?(\d{1,7}(?:\.\d{1,7}){0,3}))?(?![\p{L}\p{N}_])/uy;
const SHORT = /(?:[A-Z]{1,3}-?\d{1,5}[A-Za-h]?|\d{1,5}[A-Za-h]?)(?![\p{L}\p{N}_%]|[.,]\p{N})/uy;
const CLOSE =
  /(\*\*|__|~~|`)?\s{0,4}(?:\(non-?blocking\)\s{0,4})?([:.)]|[-–—](?=\s))?(\*\*|__)?(?=[\s\u00A0]|$)[\s\u00A0]{0,40}/iuy;

interface At {
  readonly text: string;
  at: number;
}

function take(cursor: At, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text) ?? undefined;
  cursor.at += match?.[0].length ?? 0;
  return match;
}

/**
 * Read the id of a task: `1.4`, `1.2.3`, `1.1A`, `**1.4**`, `**1.4 Title**`, `Task 1.4:`, `VERIFY-1`, `**VERIFY 1**:`, and,
 * where a sign or bold makes it one or the plan has more of them, `P1`, `C2`, `21`.
 *
 * @param series letters that begin the ids of at least two tasks of the plan, as the `P` of P1 and P2
 */
export function readTaskId(text: string, from: number, series: ReadonlySet<string>): ReadId {
  const cursor: At = { text, at: from };
  const none: ReadId = {
    id: undefined,
    verifies: false,
    subject: undefined,
    at: from,
    end: from,
    bold: false,
  };
  const opening = take(cursor, OPEN)?.[0] ?? "";
  const at = cursor.at;
  const verify = take(cursor, VERIFY);
  if (verify) {
    const close = take(cursor, CLOSE);
    const id = verify[1] === undefined ? undefined : verify[0];
    const bold = opening.includes("**") && !(close?.[0] ?? "").includes("**");
    return { id, verifies: true, subject: verify[1], at, end: cursor.at, bold };
  }
  const dotted = take(cursor, DOTTED);
  const id = (dotted ?? take(cursor, SHORT))?.[0];
  if (id === undefined) return none;
  const close = take(cursor, CLOSE);
  if (!close) return none;
  const closed = /\*\*|__/.test(close[0]);
  const signed =
    close[2] !== undefined || (closed && /\*\*|__/.test(opening)) || /task|step/i.test(opening);
  if (!dotted && !signed && !series.has(seriesOf(id) ?? "")) return none;
  const bold = /\*\*|__/.test(opening) && !closed;
  return { id, verifies: false, subject: undefined, at, end: cursor.at, bold };
}

/** The letters of an id like `P1`; undefined for numbers. */
export const seriesOf = (id: string): string | undefined => /^([A-Z]{1,3})-?\d/.exec(id)?.[1];

const SERIES = /(?:\*\*|__)?([A-Z]{1,3}-?\d{1,5})(?![\p{L}\p{N}_%]|[.,]\p{N})/uy;

/** The `P1` that a task's words may begin with. */
export function shortIdAt(text: string, at: number): string | undefined {
  SERIES.lastIndex = at;
  return SERIES.exec(text)?.[1];
}
