/** A value of a MiniZinc data file: one row for a number or a list, one for each of a table. */
export interface DznValue {
  readonly line: number;
  readonly rows: readonly DznRow[];
}

export interface DznRow {
  readonly line: number;
  /** `true` is 1, `false` 0; NaN where it is neither and no whole number. */
  readonly numbers: readonly number[];
}

const STATEMENT = /^\s*([A-Za-z_]\w{0,63})\s*=/;
const WHOLE = /^-?\d{1,9}$/;

/**
 * The values of a MiniZinc data file (.dzn) that are numbers, lists `[1, 2]` or tables `[| 1, 2 | 3, 4 |]` of them, by name; the last one
 * counts where a name stands twice. Other values (sets, texts) have numbers that are NaN. Linear.
 */
export function readDzn(text: string): ReadonlyMap<string, DznValue> {
  const values = new Map<string, DznValue>();
  let line = 1;
  for (const statement of text.replace(/%.*/g, "").split(";")) {
    const name = STATEMENT.exec(statement)?.[1];
    const begun = line + linesIn(/^\s*/.exec(statement)?.[0] ?? "");
    if (name !== undefined) {
      const value = statement.slice(statement.indexOf("=") + 1);
      const before = line + linesIn(statement.slice(0, statement.indexOf("=")));
      values.set(name, { line: begun, rows: rowsOf(value, before) });
    }
    line += linesIn(statement);
  }
  return values;
}

function rowsOf(value: string, begun: number): readonly DznRow[] {
  const rows: DznRow[] = [];
  let line = begun;
  const isTable = value.includes("|");
  for (const part of isTable ? value.split("|") : [value]) {
    const own = line + linesIn(/^\s*/.exec(part)?.[0] ?? "");
    const inner = part.replaceAll(/[[\]]/g, " ").trim().replace(/,$/, "");
    if (inner !== "") rows.push({ line: own, numbers: inner.split(",").map(numberIn) });
    line += linesIn(part);
  }
  return rows;
}

function numberIn(word: string): number {
  const trimmed = word.trim();
  if (trimmed === "true") return 1;
  if (trimmed === "false") return 0;
  return WHOLE.test(trimmed) ? Number(trimmed) : Number.NaN;
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
