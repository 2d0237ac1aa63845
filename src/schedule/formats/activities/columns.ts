/** What is known of an activity, by the names that columns and JSON fields have for it: ours first, then those of MS Project and ProjectLibre. */
export const COLUMNS = {
  id: ["id", "activity", "task id", "unique id", "wbs", "key"],
  title: ["title", "name", "task name", "task", "description"],
  duration: ["duration", "estimate", "work", "effort", "estimated duration"],
  optimistic: ["optimistic", "best case", "optimistic duration"],
  pessimistic: ["pessimistic", "worst case", "pessimistic duration"],
  predecessors: ["predecessors", "depends on", "dependencies", "after"],
  skills: ["skills", "required skills"],
  people: ["people", "count", "headcount"],
  team: ["team", "teams", "team assignment"],
  resources: ["resources", "resource names", "resource", "uses"],
  group: ["group", "phase", "summary task"],
  notBefore: ["not before", "start no earlier than", "constraint date", "release"],
  deadline: ["deadline", "due", "due date"],
  done: ["done", "complete", "% complete", "percent complete"],
} as const;

export type ColumnName = keyof typeof COLUMNS;

/** Columns that programs export and that say nothing that is not computed anew here. */
export const EXPORTED = [
  "start",
  "finish",
  "successors",
  "outline level",
  "outline number",
  "active",
  "task mode",
  "notes",
  "priority",
  "cost",
  "critical",
  "total slack",
];

const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[_\-\s]+/g, " ");

/** Units in brackets or behind the name of a column: `Duration (h)`, `duration_days`. */
const UNIT = / ?[([]?(minutes|min|hours|hrs|h|days|d|weeks|w)[)\]]?$/;

export interface Column {
  readonly name: ColumnName;
  /** What figures without a unit are in. */
  readonly unit?: string;
}

/** What a column or field is called here; undefined for one that is not known. */
export function columnNamed(written: string): Column | undefined {
  const name = folded(written);
  const exact = nameOf(name);
  if (exact) return { name: exact };
  const unit = UNIT.exec(name)?.[1];
  const known = unit === undefined ? undefined : nameOf(name.replace(UNIT, ""));
  return known && unit !== undefined ? { name: known, unit } : undefined;
}

const BY_NAME = new Map<string, ColumnName>();
for (const name of Object.keys(COLUMNS))
  if (isColumn(name)) for (const each of COLUMNS[name]) BY_NAME.set(each, name);

function isColumn(name: string): name is ColumnName {
  return name in COLUMNS;
}

/** Fields of JSON are written in one word, too: `notBefore`. */
const nameOf = (name: string): ColumnName | undefined =>
  BY_NAME.get(name) ?? BY_NAME.get(name.replaceAll("%", "percent").trim()) ?? inOneWord(name);

const inOneWord = (name: string): ColumnName | undefined =>
  [...BY_NAME].find(([each]) => each.replaceAll(" ", "") === name)?.[1];

export const isExported = (written: string): boolean => EXPORTED.includes(folded(written));
