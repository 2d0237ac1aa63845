import type { FilePlace } from "../core/place.ts";
import type { Cell, Column, Figure, Places, Row, Statement, Table } from "./model.ts";

/** `1 task`, `3 tasks`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Minutes as people read them, of working time: `40 min`, `3.5 h`. */
export function timeOf(minutes: number): string {
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return `${rounded(minutes / 60)} h`;
}

/** At most one digit behind the point. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;

export const percent = (share: number): number => Math.round(share * 100);

/** A few names, and how many more there are. */
export function named(names: readonly string[], most = 6): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}

export const stated = (
  text: string,
  figure: Figure,
  places: readonly FilePlace[] = [],
): Statement => {
  const [first, ...more] = each(places);
  const { of, ...bare } = figure;
  const told = of === 0 ? bare : figure;
  return first ? { text, figure: told, places: [first, ...more] } : { text, figure: told };
};

/** A text cut to a number of characters at a word, so that it is seen to go on; a cut within code marks is before them. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const marks = cut.split("`");
  const whole = marks.length % 2 === 1 ? cut : marks.slice(0, -1).join("`");
  const word = whole.lastIndexOf(" ");
  return `${(whole === cut && word > 0 ? whole.slice(0, word) : whole).trimEnd()} …`;
}

/** Places without those told before. */
const each = (places: readonly FilePlace[]): readonly FilePlace[] => [
  ...new Map(
    places.map((place) => [`${place.line ?? 0}:${place.column ?? 0}:${place.file}`, place]),
  ).values(),
];

export const minutesFigure = (minutes: number): Figure => ({
  value: rounded(minutes),
  unit: "minutes",
});

/** Rows that a table shows of one plan. */
const SHOWN = 25;

/** A table; a column whose title begins with `#` is of numbers. */
export function tableOf(
  caption: string,
  titles: readonly string[],
  rows: readonly Row[],
  shown = SHOWN,
): Table {
  return {
    kind: "table",
    caption,
    columns: titles.map((title): Column =>
      title.startsWith("#") ? { title: title.slice(1), align: "right" } : { title, align: "left" },
    ),
    rows: rows.slice(0, shown),
    more: Math.max(0, rows.length - shown),
  };
}

export function rowOf(cells: readonly Cell[], places: readonly FilePlace[] = []): Row {
  const [first, ...more] = each(places);
  return first ? { cells, places: [first, ...more] satisfies Places } : { cells };
}

/** A name as part of an id of a section. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");
