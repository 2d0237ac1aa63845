/** A table before it is Markdown or HTML: texts are raw, and escaped by whoever writes it. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that are left out. */
  readonly more: number;
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Rows that are shown of one table; the JSON files have all. */
const MOST_ROWS = 1_000;

/** A title that begins with `#` heads a column of figures, written to the right. */
export function tableOf(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): Table {
  return {
    caption,
    columns: titles.map((title) =>
      title.startsWith("#") ? { title: title.slice(1), align: "right" } : { title, align: "left" },
    ),
    rows: rows.slice(0, MOST_ROWS),
    more: Math.max(0, rows.length - MOST_ROWS),
  };
}

/** Several names in one cell: the first few, and how many more. */
export function namesText(names: readonly string[], most = 6): string {
  if (names.length === 0) return "–";
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")} and ${more} more` : names.join(", ");
}
