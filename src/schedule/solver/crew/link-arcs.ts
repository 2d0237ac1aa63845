import { int } from "../problem.ts";
import type { CrewArc, LinkKind } from "./crew-parts.ts";

/** Those of activity a at `starts[a]` … `starts[a + 1] - 1`. */
export interface LinkArcs {
  readonly starts: Int32Array;
  readonly others: Int32Array;
  readonly lags: Int32Array;
  /** `FROM_START` and `TO_END`, added up: 0 is from end to start. */
  readonly kinds: Int32Array;
}

/** The lag counts from the start of the earlier activity, not its end. */
export const FROM_START = 1;
/** The lag binds the end of the later activity, not its start. */
export const TO_END = 2;

const KINDS: Readonly<Record<LinkKind, number>> = {
  FS: 0,
  SS: FROM_START,
  FF: TO_END,
  SF: FROM_START + TO_END,
};

/** Arcs grouped by one of their ends. */
export function linkArcs(size: number, arcs: readonly CrewArc[], by: "from" | "to"): LinkArcs {
  const starts = new Int32Array(size + 1);
  for (const arc of arcs) starts[arc[by] + 1] = int(starts, arc[by] + 1) + 1;
  for (let node = 1; node <= size; node++) starts[node] = int(starts, node) + int(starts, node - 1);
  const next = starts.slice();
  const [others, lags] = [new Int32Array(arcs.length), new Int32Array(arcs.length)];
  const kinds = new Int32Array(arcs.length);
  for (const arc of arcs) {
    const slot = int(next, arc[by]);
    next[arc[by]] = slot + 1;
    others[slot] = by === "from" ? arc.to : arc.from;
    lags[slot] = arc.lag ?? 0;
    kinds[slot] = KINDS[arc.kind ?? "FS"];
  }
  return { starts, others, lags, kinds };
}

/**
 * The same arcs in the problem run backwards, where ends are starts and `to` comes before `from`: FS and SF stay what they are, SS and FF
 * change places. To be read the other way round: arcs into an activity are there arcs out of it.
 */
export const mirroredArcs = ({ kinds, ...arcs }: LinkArcs): LinkArcs => ({
  ...arcs,
  kinds: kinds.map((kind) => (kind === FROM_START ? TO_END : kind === TO_END ? FROM_START : kind)),
});
