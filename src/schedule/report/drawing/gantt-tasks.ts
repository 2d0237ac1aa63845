import { counted } from "../amounts.ts";
import type { Facts, Placed } from "../facts.ts";
import type { Drawing } from "./drawing.ts";
import { barOf, gantt, MOST_ROWS, ROW, syncLines, type GanttRow } from "./gantt.ts";
import { element, words } from "./svg.ts";
import { GRID_HEAD, round, scaleOf } from "./time-grid.ts";
import type { TimeScale } from "./time-scale.ts";

/** What is done when: a row for each activity, under its group, with slack, deadlines and the critical chain. */
export function ganttByTasks(facts: Facts): Drawing {
  const { project, critical, schedule } = facts.strategy;
  const scale = scaleOf(facts);
  const groups = groupsOf(facts);
  const rowOf = new Map<string, number>();
  const rows: GanttRow[] = [];
  for (const { title, members } of groups) {
    if (title !== undefined) rows.push(groupRow(title, members, scale));
    for (const each of members) {
      rowOf.set(each.activity.id, rows.length);
      rows.push(activityRow(each, facts, scale));
    }
  }
  return gantt(facts, scale, {
    id: "gantt-tasks",
    title: `What is done when: ${project.name}`,
    description: `Gantt chart of ${project.activities.length} activities from ${facts.time(schedule.start)} to ${facts.time(schedule.end)}; ${critical.activities.filter((each) => each.critical).length} without slack, ${counted(critical.chain.steps.length, "step")} on the critical chain.`,
    rows,
    sideWidth: 250,
    over: (height) => syncLines(facts, scale, height) + chainLines(facts, scale, rowOf),
  });
}

interface Members {
  /** Undefined where the project has no groups. */
  readonly title?: string;
  readonly members: readonly Placed[];
}

/** Groups in the order of the project, what belongs to none last; each in the order of time. */
function groupsOf({ strategy, byStart, name }: Facts): readonly Members[] {
  const known = new Set(strategy.project.groups.map(({ id }) => id));
  const of = new Map<string | undefined, Placed[]>();
  for (const each of byStart) {
    const { group } = each.activity;
    const key = group !== undefined && known.has(group) ? group : undefined;
    const list = of.get(key);
    if (list) list.push(each);
    else of.set(key, [each]);
  }
  const rest = of.get(undefined) ?? [];
  const groups = strategy.project.groups.flatMap(({ id }) => {
    const members = of.get(id) ?? [];
    return members.length > 0 ? [{ title: name.unit(id), members }] : [];
  });
  if (groups.length === 0) return [{ members: rest }];
  return rest.length > 0 ? [...groups, { title: "Without a group", members: rest }] : groups;
}

function groupRow(label: string, members: readonly Placed[], scale: TimeScale): GanttRow {
  const start = members.reduce((first, { booking }) => Math.min(first, booking.start), Infinity);
  const end = members.reduce((last, { booking }) => Math.max(last, booking.end), 0);
  const [x, to] = [scale.x(start), scale.x(end)];
  const d = `M${round(x)} 9H${round(to)}v8l-4-5H${round(x + 4)}l-4 5z`;
  return {
    label,
    kind: "group",
    marks: () => (to - x > 8 ? element("path", { class: "span", d }) : ""),
  };
}

function activityRow(placed: Placed, facts: Facts, scale: TimeScale): GanttRow {
  const { activity, booking } = placed;
  const end = scale.x(booking.end);
  const room = slackEnd(placed, facts, scale);
  const team = booking.team === undefined ? "" : facts.name.team(booking.team);
  const after = Math.max(end, room) + 9;
  return {
    label: facts.name.activity(activity.id),
    kind: "row",
    marks: () =>
      [
        room - end > 2
          ? element("path", { class: "slack", d: `M${round(end)} 13H${round(room)}m0-4v8` })
          : "",
        barOf(placed, facts, { scale, name: "" }),
        deadlineMark(placed, facts, scale),
        scale.width - after > 40
          ? words({
              x: after + (booking.end <= booking.start ? 4 : 0),
              y: 17,
              text: team,
              room: 120,
              style: "dim",
            })
          : "",
      ].join(""),
  };
}

/** Where the slack of an activity ends, in pixels. */
function slackEnd({ booking, room, activity }: Placed, facts: Facts, scale: TimeScale): number {
  if (room.critical || activity.progress.state === "done") return 0;
  return Math.min(scale.width, scale.x(facts.endOf(booking.to + room.totalSlack)));
}

function deadlineMark({ activity }: Placed, facts: Facts, scale: TimeScale): string {
  if (activity.deadline === undefined) return "";
  const wanted = facts.strategy.milestones.find(
    ({ id, kind }) => kind === "activity" && id === activity.id,
  )?.deadline;
  if (!wanted || wanted.instant > scale.to) return "";
  const x = scale.x(wanted.instant);
  return element("path", { class: "deadmark", d: `M${round(x)} 21l-5-9h10z` });
}

/** Elbows from each step of the critical chain to the next; a sync point is on no row. */
function chainLines(
  { strategy, byId }: Facts,
  scale: TimeScale,
  rowOf: ReadonlyMap<string, number>,
): string {
  const spots = strategy.critical.chain.steps.flatMap(({ id }) => {
    const [row, booking] = [rowOf.get(id), byId.get(id)?.booking];
    return row === undefined || row >= MOST_ROWS || !booking
      ? []
      : [
          {
            y: GRID_HEAD + row * ROW + ROW / 2,
            from: scale.x(booking.start),
            to: scale.x(booking.end),
          },
        ];
  });
  const d = spots.slice(1).map((spot, index) => {
    const before = spots[index];
    if (!before) return "";
    const x = Math.max(before.to, spot.from);
    return `M${round(before.to)} ${before.y}H${round(x + 4)}V${spot.y + (spot.y > before.y ? -8 : 8)}`;
  });
  return d.length > 0 ? element("path", { class: "chain", d: d.join("") }) : "";
}
