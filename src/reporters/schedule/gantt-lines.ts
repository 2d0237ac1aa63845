import { oneLine } from "../../core/text.ts";
import type { BookingAnswer, ScheduleAnswer } from "../../schedule/answers/schedule-answer.ts";
import { composeLine, type Cell, type Style } from "../style.ts";
import { percentText } from "./time-words.ts";

/** Rows of people; where there are more, teams are shown. */
const MOST_ROWS = 12;
const NAME = 18;
const USED = 6;

/** What stands for critical work, other work, none: told apart without colour, too. */
const BARS = {
  unicode: { critical: "█", busy: "▒", idle: "·" },
  ascii: { critical: "#", busy: "=", idle: "." },
} as const;

interface Row {
  readonly name: string;
  readonly used: number;
  readonly bookings: readonly BookingAnswer[];
}

/** Who is busy when, a row for each: bars over the working time from start to finish. */
export function ganttLines(answer: ScheduleAnswer, style: Style): readonly string[] {
  const rows = rowsOf(answer);
  const total = answer.makespan.minutes;
  if (rows.length === 0 || total <= 0) return [];
  const name = Math.min(NAME, Math.max(...rows.map((row) => row.name.length))) + 2;
  const columns = Math.max(10, style.width - name - USED);
  const bars = style.unicode ? BARS.unicode : BARS.ascii;
  return [
    ...rows.map((row) =>
      composeLine(style, [
        { text: ` ${row.name}`, columns: name },
        ...cellsOf(row, { total, columns, bars }),
        { text: percentText(Math.round(row.used)), columns: USED, align: "right", tone: "quiet" },
      ]),
    ),
    composeLine(style, [
      { text: "", columns: name },
      {
        text: `${bars.critical} critical  ${bars.busy} busy  ${bars.idle} free; a column is ${percentText(100 / columns)} of the time`,
        tone: "quiet",
      },
    ]),
  ];
}

function rowsOf({ teams, bookings }: ScheduleAnswer): readonly Row[] {
  const people = teams.flatMap((team) => team.people);
  if (people.length <= MOST_ROWS)
    return people.map(({ id, title, used }) => ({
      name: oneLine(title, NAME),
      used,
      bookings: bookings.filter((booking) => booking.people.includes(id)),
    }));
  return teams.slice(0, MOST_ROWS).map((team) => ({
    name: oneLine(team.title, NAME),
    used: team.people.reduce((sum, { used }) => sum + used, 0) / Math.max(1, team.people.length),
    bookings: bookings.filter((booking) => booking.team === team.id),
  }));
}

interface Scale {
  readonly total: number;
  readonly columns: number;
  readonly bars: (typeof BARS)[keyof typeof BARS];
}

/** A column is busy where half of it is, and critical as soon as any of it is. */
function cellsOf(row: Row, { total, columns, bars }: Scale): readonly Cell[] {
  const busy = new Float64Array(columns);
  const critical = new Uint8Array(columns);
  const width = total / columns;
  for (const booking of row.bookings) {
    const { from, to } = booking;
    const last = Math.min(columns - 1, Math.ceil(to / width) - 1);
    for (let column = Math.max(0, Math.floor(from / width)); column <= last; column++) {
      const share = Math.min(to, (column + 1) * width) - Math.max(from, column * width);
      busy[column] = (busy[column] ?? 0) + share;
      if (booking.critical && share > 0) critical[column] = 1;
    }
  }
  return Array.from(busy, (minutes, column): Cell => {
    if (critical[column] === 1) return { text: bars.critical, tone: "accent" };
    return minutes >= width / 2 ? { text: bars.busy } : { text: bars.idle, tone: "quiet" };
  });
}
