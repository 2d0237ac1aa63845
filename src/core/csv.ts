/** A field of a CSV file, unquoted, and where it begins in the text (at its quote, if it has one). */
export interface CsvCell {
  readonly text: string;
  readonly at: number;
}

export interface CsvTable {
  readonly rows: readonly (readonly CsvCell[])[];
  /** Where a quote is opened and never closed, or has text behind it. What was read up to there is in `rows`. */
  readonly problem?: { readonly at: number; readonly message: string };
}

const SEPARATORS = [",", ";", "\t"] as const;

/**
 * CSV as RFC 4180 has it: fields in quotes may hold separators, line ends and doubled quotes; lines end with LF, CR LF or CR. Read besides:
 * a byte order mark, and semicolons or tabs where the first line has more of them than of commas. Lines without any text are left out.
 * Never throws; O(length).
 */
export function readCsv(text: string): CsvTable {
  const separator = separatorOf(text);
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  const end = (): void => {
    if (row.some((cell) => cell.text.trim() !== "")) rows.push(row);
    row = [];
  };
  while (at <= text.length) {
    const field = fieldAt(text, at, separator);
    if ("message" in field) {
      end();
      return { rows, problem: field };
    }
    row.push({ text: field.text, at });
    at = field.next;
    const stop = text[at];
    if (stop === separator) at += 1;
    else {
      end();
      if (stop === undefined) break;
      at += stop === "\r" && text[at + 1] === "\n" ? 2 : 1;
    }
  }
  return { rows };
}

/** The separator that the first line has most of, outside of quotes. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text.slice(0, 10_000)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const found = (separator: string): number => counts.get(separator) ?? 0;
  return SEPARATORS.reduce((best, one) => (found(one) > found(best) ? one : best));
}

type Field =
  | { readonly text: string; readonly next: number }
  | { readonly at: number; readonly message: string };

function fieldAt(text: string, start: number, separator: string): Field {
  if (text[start] !== '"') {
    let next = start;
    while (next < text.length && !isEnd(text[next], separator)) next++;
    return { text: text.slice(start, next), next };
  }
  const parts: string[] = [];
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { at: start, message: "a quote is opened here and never closed" };
    parts.push(text.slice(from, quote));
    if (text[quote + 1] === '"') {
      parts.push('"');
      from = quote + 2;
    } else if (quote + 1 < text.length && !isEnd(text[quote + 1], separator))
      return { at: quote + 1, message: "text stands behind a closing quote" };
    else return { text: parts.join(""), next: quote + 1 };
  }
}

const isEnd = (character: string | undefined, separator: string): boolean =>
  character === separator || character === "\n" || character === "\r";
