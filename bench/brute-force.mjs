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
  const free = freeTable(
    parts,
    Math.max(0, ...latest.map((tick, node) => tick + parts.durations[node])),
  );
  const place = (position) => {
    const node = order[position];
    if (node === undefined) return true;
    let earliest = heads[node];
    for (const { from, to, lag } of arcs)
      if (to === node && starts[from] + lag > earliest) earliest = starts[from] + lag;
    for (let start = earliest; start <= latest[node]; start++) {
      if (!hasRoom(parts, free, node, start)) continue;
      starts[node] = start;
      take(parts, free, { node, start, sign: 1 });
      const isPossible = place(position + 1);
      take(parts, free, { node, start, sign: -1 });
      if (isPossible) return true;
    }
    return false;
  };
  return place(0);
}

/** Units of each resource at each tick: `[resource][tick]`. */
function freeTable({ capacities, drops = [] }, ticks) {
  return capacities.map((capacity, resource) =>
    Array.from({ length: ticks }, (_, tick) => {
      let left = capacity;
      for (const drop of drops)
        if (drop.resource === resource && drop.from <= tick && tick < drop.to) left -= drop.units;
      return Math.max(0, left);
    }),
  );
}

function hasRoom({ durations, demands }, free, node, start) {
  for (let resource = 0; resource < free.length; resource++) {
    const units = demands[node][resource] ?? 0;
    if (units === 0) continue;
    for (let tick = start; tick < start + durations[node]; tick++)
      if (free[resource][tick] < units) return false;
  }
  return true;
}

/** Take what an activity needs (`sign` 1) or give it back (-1). */
function take({ durations, demands }, free, { node, start, sign }) {
  for (let resource = 0; resource < free.length; resource++)
    for (let tick = start; tick < start + durations[node]; tick++)
      free[resource][tick] -= sign * (demands[node][resource] ?? 0);
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
