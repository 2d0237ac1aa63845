/**
 * The shortest makespan of a small problem, by trying every start of every activity: makespans from the longest path upwards, until one
 * can be had. Reads the parts of a problem as they are written, and shares no code with the solvers. At most about 7 activities.
 *
 * @param parts of a problem (`schedule/solver/problem`)
 * @param most makespan to look at
 * @returns the shortest makespan at which all deadlines are met; undefined when `most` is too little
 */
export function shortestMakespan(parts, most) {
  const size = parts.durations.length;
  const arcs = parts.arcs.map(({ from, to, lag = parts.durations[from] }) => ({ from, to, lag }));
  const order = topological(size, arcs);
  const heads = Array.from({ length: size }, (_, node) => parts.releases?.[node] ?? 0);
  for (const node of order)
    for (const { from, to, lag } of arcs)
      if (from === node) heads[to] = Math.max(heads[to], heads[node] + lag);
  const shortest = Math.max(0, ...heads.map((head, node) => head + parts.durations[node]));
  for (let makespan = shortest; makespan <= most; makespan++) {
    const latest = parts.durations.map(
      (duration, node) => Math.min(makespan, parts.deadlines?.[node] ?? makespan) - duration,
    );
    for (const node of order.toReversed())
      for (const { from, to, lag } of arcs)
        if (from === node) latest[node] = Math.min(latest[node], latest[to] - lag);
    if (canEndBy(parts, arcs, { order, heads, latest })) return makespan;
  }
  return undefined;
}

/** Whether there are starts between `heads` and `latest` that keep all arcs and capacities. */
function canEndBy(parts, arcs, { order, heads, latest }) {
  const starts = [];
  const place = (position) => {
    const node = order[position];
    if (node === undefined) return true;
    let earliest = heads[node];
    for (const { from, to, lag } of arcs)
      if (to === node) earliest = Math.max(earliest, starts[from] + lag);
    for (let start = earliest; start <= latest[node]; start++) {
      starts[node] = start;
      if (hasRoom(parts, order.slice(0, position + 1), starts) && place(position + 1)) return true;
    }
    return false;
  };
  return place(0);
}

/** Whether the activity placed last has room at each of its ticks, beside those placed before. */
function hasRoom(parts, placed, starts) {
  const last = placed.at(-1);
  for (let tick = starts[last]; tick < starts[last] + parts.durations[last]; tick++) {
    const running = placed.filter(
      (node) => starts[node] <= tick && tick < starts[node] + parts.durations[node],
    );
    for (const [resource, capacity] of parts.capacities.entries()) {
      if (!parts.demands[last][resource]) continue;
      const lost = (parts.drops ?? [])
        .filter((drop) => drop.resource === resource && drop.from <= tick && tick < drop.to)
        .reduce((sum, { units }) => sum + units, 0);
      const taken = running.reduce((sum, node) => sum + (parts.demands[node][resource] ?? 0), 0);
      if (taken > Math.max(0, capacity - lost)) return false;
    }
  }
  return true;
}

function topological(size, arcs) {
  const order = [];
  while (order.length < size) {
    const next = Array.from({ length: size }, (_, node) => node).find(
      (node) =>
        !order.includes(node) &&
        arcs.every(({ from, to }) => to !== node || from === node || order.includes(from)),
    );
    if (next === undefined) throw new Error("The arcs have a cycle.");
    order.push(next);
  }
  return order;
}
