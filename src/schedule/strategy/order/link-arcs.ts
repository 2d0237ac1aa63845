import type { Project } from "../../project/project.ts";
import type { Schedule } from "../../project/schedule.ts";
import type { Reason } from "../reason.ts";
import type { Arc } from "./model.ts";

/** What comes after what by links and sync points; soft links that were passed over are left out. */
export function linkArcs(
  project: Project,
  schedule: Schedule,
  indexOf: ReadonlyMap<string, number>,
): readonly Arc[] {
  const passedOver = new Set(
    schedule.passedOver.map(({ from, to, kind }) => JSON.stringify([from, to, kind])),
  );
  const arcs: Arc[] = [];
  for (const link of project.links) {
    const [from, to] = [indexOf.get(link.from), indexOf.get(link.to)];
    if (from === undefined || to === undefined || from === to) continue;
    if (passedOver.has(JSON.stringify([link.from, link.to, link.kind]))) continue;
    arcs.push({
      from,
      to,
      kind: link.kind,
      lag: link.lag,
      why: { kind: "link", after: link.from, link },
    });
  }
  project.syncPoints.forEach((sync, at) => {
    const node = project.activities.length + at;
    for (const id of sync.after) {
      const from = indexOf.get(id);
      if (from !== undefined)
        arcs.push(after(from, node, { kind: "sync", sync: sync.id, after: id }));
    }
    for (const id of sync.before) {
      const to = indexOf.get(id);
      if (to !== undefined)
        arcs.push(after(node, to, { kind: "sync", sync: sync.id, after: sync.id }));
    }
  });
  return arcs;
}

const after = (from: number, to: number, why: Reason): Arc => ({
  from,
  to,
  kind: "FS",
  lag: 0,
  why,
});
