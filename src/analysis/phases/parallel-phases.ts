import { findingOf } from "../finding.ts";
import type { AnalysedPlan, AnalysisInput } from "../input.ts";
import type { Finding, Statement } from "../model.ts";
import { counted, named, percent, stated, timeOf } from "../phrases.ts";
import { annotationsFor, type Annotation } from "./annotations.ts";
import { gainOf, type Gain } from "./gain.ts";
import { looseHolds, phaseViews, type PhaseView } from "./phase-holds.ts";
import { annotationSection, gainSection, patternSection } from "./gain-sections.ts";
import { graphSections, startSection } from "./graph-sections.ts";
import { synchronisationSection, verifySection } from "./verify-sections.ts";

/** A plan with all that finding 3 says of it. */
export interface PhasedPlan {
  readonly analysed: AnalysedPlan;
  readonly views: readonly PhaseView[];
  readonly gain: Gain;
  readonly annotations: readonly Annotation[];
}

/** S4 asks for three plans or more. */
const ENOUGH = 3;

/** Finding 3: which phases could run at once or begin earlier, and what holds them. */
export function parallelPhases({ plans }: AnalysisInput): Finding {
  const phased = plans.map((analysed): PhasedPlan => {
    const views = phaseViews(analysed);
    const annotations = annotationsFor(analysed, views);
    return { analysed, views, gain: gainOf(analysed, views), annotations };
  });
  const few = `S4 asks for ${ENOUGH} plans or more; ${counted(plans.length, "was", "were")} given.`;
  return findingOf(3, {
    summary: summaryOf(phased),
    sections: [
      ...graphSections(phased),
      startSection(phased),
      verifySection(plans),
      synchronisationSection(plans),
      gainSection(phased),
      ...(phased.some(({ annotations }) => annotations.length > 0)
        ? [patternSection(phased), annotationSection(phased)]
        : []),
    ],
    gaps: plans.length >= ENOUGH ? [] : [few],
  });
}

function summaryOf(phased: readonly PhasedPlan[]): readonly Statement[] {
  const views = phased.flatMap(({ views: some }) => some);
  const waiting = views.filter(({ barriers }) => barriers.length > 0);
  const of = (verdict: PhaseView["verdict"]) => waiting.filter((view) => view.verdict === verdict);
  const [free, held, silent] = [of("free"), of("held"), of("silent")];
  const sum = (pick: (gain: Gain) => number) =>
    phased.reduce((total, { gain }) => total + pick(gain), 0);
  const [now, needed] = [sum(({ barriers }) => barriers), sum((gain) => gain.needed)];
  const saved = now === 0 ? 0 : percent((now - needed) / now);
  const lines = phased.flatMap(({ annotations }) => annotations);
  return [
    stated(
      waiting.length === 0
        ? `None of ${counted(views.length, "phase")} stands behind a barrier.`
        : `Of ${counted(waiting.length, "phase")} behind a barrier, ${free.length} could begin earlier, as no words and no file are known to hold ${free.length === 1 ? "it" : "them"}; ${held.length} ${held.length === 1 ? "needs" : "need"} something of an earlier phase; of ${silent.length} too few tasks say what they touch or wait for.`,
      { value: free.length, unit: "phases", of: waiting.length },
      free.map(({ phase }) => phase.place),
    ),
    stated(
      saved === 0
        ? `What is known to be needed in place of barriers makes no plan shorter: the longest chains ${phased.length === 1 ? "take" : "of all plans together take"} ${timeOf(now)} either way.`
        : `With what is known to be needed in place of barriers, the longest chains of all plans together take ${timeOf(needed)}, not ${timeOf(now)}: ${saved} % less at best.`,
      { value: saved, unit: "%" },
    ),
    ...looseStatement(phased),
    linesStatement(lines),
  ];
}

function looseStatement(phased: readonly PhasedPlan[]): readonly Statement[] {
  const loose = phased.flatMap(({ views }) =>
    views.flatMap((view) => {
      const holds = looseHolds(view, views);
      return [...new Set(holds.map(({ phase }) => phase))].map((phase) =>
        holds.filter((hold) => hold.phase === phase),
      );
    }),
  );
  if (loose.length === 0) return [];
  return [
    stated(
      `${counted(loose.length, "pair")} of phases may run at once as the plans are written, though one touches files that the other writes.`,
      { value: loose.length, unit: "pairs of phases" },
      loose.flatMap((holds) => holds.slice(0, 1).flatMap(({ places }) => places)),
    ),
  ];
}

function linesStatement(lines: readonly Annotation[]): Statement {
  const kinds = named([...new Set(lines.map(({ kind }) => kind))]);
  return stated(
    lines.length === 0
      ? "No line to paste follows from what is known."
      : `${counted(lines.length, "line")} to paste ${lines.length === 1 ? "says" : "say"} what is known of it (${kinds}); who wrote the plans may know of more that is needed.`,
    { value: lines.length, unit: "lines" },
    lines.map(({ place }) => place),
  );
}
