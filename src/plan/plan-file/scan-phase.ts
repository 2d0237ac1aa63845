import { tidy } from "../../core/markdown/folded.ts";
import { oneLine } from "../../core/text.ts";
import { dependencyClausesIn } from "../annotations/dependency-clauses.ts";
import { PLAN_FILE_IDS } from "../annotations/id-grammar.ts";
import type { DraftPhase } from "./drafts.ts";
import { originalSeesPhase } from "./original-view.ts";
import type { PhaseHeading } from "./phase-heading.ts";
import { problem } from "./problems.ts";
import { lineAt, type Scan } from "./scan-state.ts";
import { placeIn, rawOf } from "./source.ts";

const ASIDE = /\s{0,4}[([]([^()[\]]{1,300})[)\]]/gu;
const STARTS = /^\s{0,4}pipeline-start\s{0,4}:/i;
const PARALLEL = /\[PARALLEL\]/i;

/** Begin a phase at its heading. */
export function openPhase(scan: Scan, index: number, heading: PhaseHeading): void {
  const line = lineAt(scan, index);
  const { drafts, source } = scan;
  const place = placeIn(source, line, 0);
  const phase: DraftPhase = {
    key: scan.phaseKeys.take(heading.number),
    number: heading.number,
    title: tidy(
      heading.title.replace(ASIDE, (whole, words: string) =>
        isAnnotation(whole, words) ? "" : whole,
      ),
    ),
    line,
    level: heading.level,
    parallel: PARALLEL.test(heading.title),
    waits: [{ line, at: heading.titleAt }],
    starts: scan.pending.splice(0),
    objective: undefined,
    effort: undefined,
  };
  const start = /\(\s{0,4}pipeline-start\s{0,4}:/i.exec(line.text);
  if (start) phase.starts.push({ line, at: start.index + start[0].length });
  drafts.phases.push(phase);
  scan.phase = phase;
  scan.verification = undefined;
  scan.criteria = undefined;
  scan.heading = undefined;
  scan.section = "other";
  scan.sectionLevel = heading.level;
  if (!originalSeesPhase(rawOf(source, index))) {
    drafts.problems.push(
      problem(
        "PLAN_PHASE_FORM",
        place,
        `The original does not see phase ${oneLine(phase.number, 12)} as it is written, and counts its tasks to the phase before.`,
      ),
    );
  }
  if (phase.key !== phase.number) {
    drafts.problems.push(
      problem(
        "PLAN_DUPLICATE_PHASE",
        place,
        `There is a phase ${oneLine(phase.number, 12)} above; this one is called ${oneLine(phase.key, 16)}.`,
      ),
    );
  }
}

/** Words in brackets that are read as something else than a part of the title. */
const isAnnotation = (whole: string, words: string): boolean =>
  STARTS.test(words) ||
  PARALLEL.test(whole.trim()) ||
  dependencyClausesIn(whole.trim(), PLAN_FILE_IDS).length > 0;
