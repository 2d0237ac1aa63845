import { findingOf } from "../finding.ts";
import type { AnalysedPlan, AnalysisInput } from "../input.ts";
import type { Finding, Statement } from "../model.ts";
import { counted, named, percent, stated, timeOf } from "../phrases.ts";
import { annotationsFor, type Annotation } from "./annotations.ts";
import { gainOf, type Gain } from "./gain.ts";
import { phaseViews, type PhaseView } from "./phase-holds.ts";
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
      patternSection(phased),
      annotationSection(phased),
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
  const kinds =
    lines.length === 0 ? "" : ` (${named([...new Set(lines.map(({ kind }) => kind))])})`;
  return [
    stated(
      `${free.length} of ${counted(waiting.length, "phase")} behind a barrier could begin earlier: no words and no file are known to hold them. ${held.length} need something of an earlier phase; of ${silent.length} too few tasks say what they touch.`,
      { value: free.length, unit: "phases", of: waiting.length },
      free.map(({ phase }) => phase.place),
    ),
    stated(
      `With what is known to be needed in place of barriers, the longest chains of all plans together take ${timeOf(needed)}, not ${timeOf(now)}: ${saved} % less at best.`,
      { value: saved, unit: "%" },
    ),
    stated(
      `${counted(lines.length, "line")} to paste would say so${kinds}.`,
      { value: lines.length, unit: "lines" },
      lines.map(({ place }) => place),
    ),
  ];
}
