import { edgesToCut } from "../../../core/graph/acyclic-part.ts";
import { shortestPath } from "../../../core/graph/paths.ts";
import { digraph } from "../../../core/graph/digraph.ts";
import { placeIn } from "../check/place-in.ts";
import type { Link, Project } from "../project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../report.ts";

/** A link between nodes of the problem. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly kind: Link["kind"];
  readonly lag: number;
  /** The link of the project; those of sync points have none and are hard. */
  readonly link?: Link;
}

export interface Unbroken {
  readonly arcs: readonly Arc[];
  /** Soft links of circles that are left out. */
  readonly passedOver: readonly Link[];
  readonly problems: readonly ScheduleDiagnostic[];
}

/** Circles told at most. */
const MOST_TOLD = 20;

/**
 * Arcs without circles: soft links are left out, as few as can be, and each is told; a circle of hard ones is an error with every link's
 * place. A link of any kind counts: who starts with another waits for it, too.
 */
export function breakCircles(
  project: Project,
  ids: readonly string[],
  arcs: readonly Arc[],
): Unbroken {
  const from = Uint32Array.from(arcs, (arc) => arc.from);
  const to = Uint32Array.from(arcs, (arc) => arc.to);
  const firmness = Uint8Array.from(arcs, ({ link }) => (link?.strength === "soft" ? 0 : 1));
  const cut = edgesToCut(ids.length, { from, to, firmness });
  if (cut.length === 0) return { arcs, passedOver: [], problems: [] };
  const problems = cut
    .slice(0, MOST_TOLD)
    .flatMap((at) => (arcs[at] ? [circle(project, ids, arcs, arcs[at])] : []));
  const gone = new Set(cut);
  return {
    arcs: arcs.filter((_, at) => !gone.has(at)),
    passedOver: cut.flatMap((at) => arcs[at]?.link ?? []),
    problems,
  };
}

/** Circles of hard links alone, for a project that has other errors, too: all are told at once. Links to what is not there are left out. */
export function hardCircles(project: Project): readonly ScheduleDiagnostic[] {
  const ids = project.activities.map(({ id }) => id);
  const index = new Map(ids.map((id, at) => [id, at] as const).toReversed());
  const arcs = project.links.flatMap((link): readonly Arc[] => {
    const [from, to] = [index.get(link.from), index.get(link.to)];
    return from === undefined || to === undefined
      ? []
      : [{ from, to, kind: link.kind, lag: link.lag, link }];
  });
  return breakCircles(project, ids, arcs).problems.filter(({ severity }) => severity === "error");
}

/** The shortest way back from where a link leads to where it comes from, and the link. */
function circle(
  project: Project,
  ids: readonly string[],
  arcs: readonly Arc[],
  closing: Arc,
): ScheduleDiagnostic {
  const graph = digraph(
    ids.length,
    arcs.map((arc) => arc.from),
    arcs.map((arc) => arc.to),
  );
  const back =
    closing.from === closing.to
      ? [closing.to]
      : (shortestPath(graph, closing.to, closing.from) ?? []);
  const nodes = [closing.from, ...back];
  const along = nodes.slice(1).flatMap((node, at) => {
    const arc = arcs.find((one) => one.from === nodes[at] && one.to === node);
    return arc ? [arc] : [];
  });
  const name = (node: number): string => quoted(ids[node] ?? "");
  const related = along.map(({ from, to, kind, link }) => ({
    message: `${name(to)} waits for ${name(from)} (${[kind, link?.strength ?? "hard", link?.origin ?? "sync point"].join(", ")})`,
    place: placeIn(project, link),
  }));
  const way = nodes.map(name).join(" → ");
  const place = placeIn(project, closing.link);
  return closing.link?.strength === "soft"
    ? report(
        "SCHEDULE_CIRCLE_BROKEN",
        place,
        `The soft link from ${name(closing.from)} to ${name(closing.to)} is not kept, it closes a circle: ${way}`,
        related,
      )
    : report(
        "SCHEDULE_CIRCLE",
        place,
        `Activities wait for each other in a circle: ${way}`,
        related,
      );
}
