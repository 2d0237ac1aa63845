import type { Folded } from "../../core/markdown/folded.ts";
import { fold, placeAt } from "../../core/markdown/folded.ts";
import type { SourceLine } from "../../core/markdown/source-lines.ts";
import { readRow } from "../../core/markdown/table-row.ts";
import type { Place } from "../../core/place.ts";
import type { IdGrammar } from "./id-grammar.ts";
import { readReferences, type Reference } from "./references.ts";

/** A task in a wave, with what the list says that it waits for: `T002 (T001)`, `T006 (depends on T005)`. */
export interface WaveMember {
  readonly reference: Reference;
  readonly waitsFor: readonly Reference[];
  readonly place: Place;
}

export interface Wave {
  /** As written: `1`, `2a`. */
  readonly number: string;
  readonly members: readonly WaveMember[];
  /** Numbers of waves that it says it waits for. */
  readonly waves: readonly string[];
  /** Tasks that the whole wave waits for. */
  readonly waitsFor: readonly Reference[];
  readonly place: Place;
}

const HEAD =
  /^\s{0,40}(?:[-*+]\s{1,8}|\d{1,4}[.)]\s{1,8}|#{2,6}\s{1,8})?[*_]{0,3}wave\s{1,4}(\d{1,5}[a-z]?)(?![\p{L}\p{N}_])([^:|\n]{0,200}):[*_]{0,3}\s{0,8}/iu;
const WAVE_NUMBERS =
  /waves?\s{1,4}(\d{1,5}[a-z]?(?:\s{0,4}(?:[,&+–-]|and)\s{0,4}\d{1,5}[a-z]?){0,40})/giu;
const INSIDE = /\s{0,4}(?:\[[^\][\n]{0,40}\]\s{0,4}){0,4}\(([^()\n]{1,400})\)/uy;
const NEEDS =
  /^(?:(?:both|all|each)\s{1,4})?(?:(?:depends?|waits?)\s{1,4}(?:on|for)|needs?|requires?|after)?\s{0,4}:?\s{0,4}/iu;
const TABLE = {
  wave: /^wave/i,
  tasks: /^tasks?/i,
  waits: /waits?\s|depends|needs|requires|blocked|after/i,
};

/**
 * Read the waves of a plan (FORMATS §3.4): bullets `- **Wave 1** (setup): T001, T002 (depends on T001)` and tables
 * `| Wave | Tasks | Waits for |`. Lines that are neither are passed over. Linear.
 */
export function readWaves(lines: readonly SourceLine[], grammar: IdGrammar): readonly Wave[] {
  const waves: Wave[] = [];
  let columns: Columns | undefined;
  for (const line of lines) {
    const row = line.text.trimStart().startsWith("|") ? readRow(line) : undefined;
    if (!row) {
      columns = undefined;
      const wave = readBullet(line, grammar);
      if (wave) waves.push(wave);
    } else if (!columns) columns = columnsOf(row.cells);
    else if (!row.separator) {
      const wave = readTableRow(row.cells, columns, grammar);
      if (wave) waves.push(wave);
    }
  }
  return waves;
}

function readBullet(line: SourceLine, grammar: IdGrammar): Wave | undefined {
  const head = HEAD.exec(line.text);
  if (!head) return undefined;
  const whole = fold([{ line, start: head[0].length, end: line.text.length }]);
  const members = membersOf(whole, grammar);
  const number = (head[1] ?? "").toLowerCase();
  const place = { line: line.number, column: 1 + line.text.search(/\S/) };
  const waves = members.length > 0 ? [] : numbersIn(whole.text);
  return { number, members, waves, waitsFor: [], place };
}

interface Columns {
  readonly wave: number;
  readonly tasks: number;
  readonly waits: number;
}

function columnsOf(cells: readonly Folded[]): Columns | undefined {
  const find = (name: RegExp): number =>
    cells.findIndex(({ text }) => name.test(text.replace(/[*_`]/g, "")));
  const [wave, tasks] = [find(TABLE.wave), find(TABLE.tasks)];
  return wave < 0 || tasks < 0 ? undefined : { wave, tasks, waits: find(TABLE.waits) };
}

function readTableRow(
  cells: readonly Folded[],
  columns: Columns,
  grammar: IdGrammar,
): Wave | undefined {
  const name = cells[columns.wave];
  const tasks = cells[columns.tasks];
  const number = /\d{1,5}[a-z]?/i.exec(name?.text ?? "")?.[0].toLowerCase();
  if (!name || !tasks || number === undefined) return undefined;
  const waits = cells[columns.waits]?.text ?? "";
  const waves = numbersIn(waits);
  return {
    number,
    members: membersOf(tasks, grammar),
    waves,
    waitsFor: waves.length > 0 ? [] : allReferences(waits, grammar),
    place: placeAt(name, 0),
  };
}

function numbersIn(text: string): readonly string[] {
  return [...text.matchAll(WAVE_NUMBERS)].flatMap(([, list = ""]) => {
    const numbers = list.match(/\d{1,5}[a-z]?/gi) ?? [];
    const [first, last] = [Number(numbers[0]), Number(numbers[1])];
    return /^\d{1,5}\s{0,4}[–-]\s{0,4}\d{1,5}$/.test(list) && last - first < 1_000
      ? Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index))
      : numbers.map((number) => number.toLowerCase());
  });
}

function allReferences(text: string, grammar: IdGrammar): readonly Reference[] {
  const found: Reference[] = [];
  for (let at = 0; at < text.length;) {
    const { references, end } = startsWord(text, at)
      ? readReferences(text, at, grammar)
      : { references: [], end: at };
    found.push(...references);
    at = Math.max(end, at + 1);
  }
  return found;
}

const startsWord = (text: string, at: number): boolean =>
  at === 0 || !/[\p{L}\p{N}_]/u.test(text[at - 1] ?? "");

/** The tasks of a list, each with the ids in the brackets behind it; `(all T002)` is said of all before it. */
function membersOf(whole: Folded, grammar: IdGrammar): readonly WaveMember[] {
  const { text } = whole;
  const members: WaveMember[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    if (text[at] === ";") from = members.length;
    const list = startsWord(text, at) ? readReferences(text, at, grammar) : undefined;
    if (!list || list.references.length === 0) {
      at = text[at] === "(" ? closing(text, at) : at + 1;
      continue;
    }
    const start = members.length;
    for (const reference of list.references) {
      members.push({ reference, waitsFor: [], place: placeAt(whole, reference.start) });
    }
    INSIDE.lastIndex = list.end;
    const inside = INSIDE.exec(text);
    at = Math.max(list.end + (inside?.[0].length ?? 0), at + 1);
    const waitsFor = inside ? waitedFor(inside[1] ?? "", grammar) : [];
    if (waitsFor.length === 0) continue;
    const everyone = /^(?:both|all|each)\s/i.test(inside?.[1] ?? "");
    const first = everyone ? from : Math.max(start, members.length - 1);
    for (let index = first; index < members.length; index++) {
      const member = members[index];
      if (member && (index >= start || member.waitsFor.length === 0))
        members[index] = { ...member, waitsFor };
    }
  }
  return members;
}

const closing = (text: string, at: number): number => {
  const end = text.indexOf(")", at);
  return end < 0 ? at + 1 : end + 1;
};

/** Ids in brackets are waited for where nothing else stands there but words that say so. */
function waitedFor(inside: string, grammar: IdGrammar): readonly Reference[] {
  const lead = NEEDS.exec(inside)?.[0].length ?? 0;
  const { references } = readReferences(inside, lead, grammar);
  return references.filter(({ kind }) => kind === "task");
}
