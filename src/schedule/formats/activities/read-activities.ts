import { readCsv } from "../../../core/csv.ts";
import type { FilePlace } from "../../../core/place.ts";
import { placesIn } from "../../../core/text-places.ts";
import type { TreeNode } from "../../../core/text-tree.ts";
import { oneLine } from "../../../core/text.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { readDocument } from "../document.ts";
import { columnNamed, COLUMNS, isExported, type Column, type ColumnName } from "./columns.ts";

/** An activity as it is written. */
export interface WrittenActivity {
  readonly fields: ReadonlyMap<ColumnName, WrittenField>;
  readonly place: FilePlace;
}

export interface WrittenField {
  readonly text: string;
  readonly place: FilePlace;
  /** What a figure without a unit is in, where the column says so. */
  readonly unit?: string;
}

export interface WrittenActivities {
  readonly file: string;
  readonly activities: readonly WrittenActivity[];
  readonly problems: readonly ScheduleDiagnostic[];
}

/** Activities that a file has at most. */
const MOST_ROWS = 200_000;

/** Read activities from CSV (RFC 4180, a line of names first) or JSON (a list, or `activities`). Never throws. */
export const readActivities = (text: string, file: string): WrittenActivities =>
  /\.json$/i.test(file) || /^\uFEFF?\s{0,100}[{[]/.test(text)
    ? readJson(text, file)
    : readTable(text, file);

function readTable(text: string, file: string): WrittenActivities {
  const placeAt = placesIn(text, file);
  const { rows, problem } = readCsv(text);
  const problems: ScheduleDiagnostic[] = [];
  if (problem) problems.push(report("SCHEDULE_FILE_SYNTAX", placeAt(problem.at), problem.message));
  const [head = [], ...body] = rows;
  const columns = head.map((cell): Column | undefined => {
    const column = columnNamed(cell.text);
    if (!column && cell.text.trim() !== "" && !isExported(cell.text))
      problems.push(unknown(cell.text, placeAt(cell.at)));
    return column;
  });
  const names = new Set(columns.flatMap((column) => column?.name ?? []));
  if (!names.has("id") && !names.has("title"))
    return {
      file,
      activities: [],
      problems: [
        ...problems,
        report(
          "SCHEDULE_FIELD_MISSING",
          placeAt(head[0]?.at ?? 0),
          "The first line names no column id or title",
        ),
      ],
    };
  if (body.length > MOST_ROWS)
    problems.push(
      report(
        "SCHEDULE_FILE_SYNTAX",
        placeAt(0),
        `The file has ${body.length} lines, more than ${MOST_ROWS}`,
      ),
    );
  const activities = body.slice(0, MOST_ROWS).map((row): WrittenActivity => {
    const fields = new Map<ColumnName, WrittenField>();
    for (const [at, cell] of row.entries()) {
      const column = columns[at];
      if (!column || fields.has(column.name) || cell.text.trim() === "") continue;
      fields.set(column.name, {
        text: cell.text.trim(),
        place: placeAt(cell.at),
        ...(column.unit !== undefined && { unit: column.unit }),
      });
    }
    return { fields, place: placeAt(row[0]?.at ?? 0) };
  });
  return { file, activities, problems };
}

const unknown = (name: string, place: FilePlace): ScheduleDiagnostic => ({
  ...report("SCHEDULE_COLUMN_UNKNOWN", place, `${quoted(name)} is not known and is left out`),
  hint: `Known are: ${Object.values(COLUMNS)
    .map(([first]) => first)
    .join(", ")}.`,
});

function readJson(text: string, file: string): WrittenActivities {
  // A list is a value of its own; what reads documents wants fields.
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const front = /^\s{0,100}\[/.test(content) ? LIST : "";
  const { document, problems } = readDocument(front === "" ? content : `${front}${content}}`, file);
  if (!document) return { file, activities: [], problems };
  const told: ScheduleDiagnostic[] = [];
  const places = placesIn(content, file);
  const placeAt = (at: number): FilePlace => places(at - front.length);
  const { root } = document;
  const list =
    root.kind === "map" ? root.entries.find(({ key }) => key === "activities")?.value : undefined;
  if (list?.kind !== "list")
    return {
      file,
      activities: [],
      problems: [
        report(
          "SCHEDULE_FIELD_MISSING",
          placeAt(list?.at ?? root.at),
          'There is no list "activities"',
        ),
      ],
    };
  const activities = list.items.slice(0, MOST_ROWS).flatMap((item): readonly WrittenActivity[] => {
    if (item.kind === "map")
      return [{ fields: fieldsOf(item, placeAt, told), place: placeAt(item.at) }];
    told.push(
      report("SCHEDULE_FIELD_INVALID", placeAt(item.at), "An activity must be a group of fields"),
    );
    return [];
  });
  return { file, activities, problems: told };
}

/** What makes a list the value of a field. */
const LIST = '{"activities":';

function fieldsOf(
  item: TreeNode & { readonly kind: "map" },
  placeAt: (at: number) => FilePlace,
  told: ScheduleDiagnostic[],
): ReadonlyMap<ColumnName, WrittenField> {
  const fields = new Map<ColumnName, WrittenField>();
  for (const { key, at, value } of item.entries) {
    const column = columnNamed(key);
    const text = textOf(value);
    if (!column && !isExported(key)) told.push(unknown(key, placeAt(at)));
    if (!column || text === "" || fields.has(column.name)) continue;
    fields.set(column.name, {
      text,
      place: placeAt(value.at),
      ...(column.unit !== undefined && { unit: column.unit }),
    });
  }
  return fields;
}

/** A value as it would stand in a cell: lists with semicolons; `{"id": "a", "kind": "SS", "lag": "2d"}` as `aSS+2d`. */
function textOf(value: TreeNode): string {
  if (value.kind === "scalar") return value.value === null ? "" : String(value.value).trim();
  if (value.kind === "list")
    return value.items
      .map(textOf)
      .filter((text) => text !== "")
      .join("; ");
  const part = (name: string): string => {
    const found = value.entries.find(({ key }) => key === name)?.value;
    return found?.kind === "scalar" ? oneLine(String(found.value ?? ""), 200) : "";
  };
  const lag = part("lag");
  return `${part("id")}${part("kind") || (lag === "" ? "" : "FS")}${lag === "" || /^[+-]/.test(lag) ? lag : `+${lag}`}`;
}
