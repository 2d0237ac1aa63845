import type { VerbKind } from "../text/verbs-lexicon.ts";

/**
 * Every number of the estimate, in one place.
 *
 * Size: COSMIC functional size (ISO/IEC 19761), 1 CFP per data movement: Entry, Exit, Read, Write. Movements are approximated from
 * the verbs of each requirement in the manner of the COSMIC guideline "Early Software Sizing with COSMIC" (approximation from
 * textual requirements); the counts per kind of verb below are this tool's reading and not calibrated on measured projects.
 *
 * Spread: the cone of uncertainty (Boehm, Software Engineering Economics, 1981; McConnell, Software Estimation, 2006):
 * 0.67–1.5 of the likely value once requirements are complete, 0.5–2 while the product is only defined.
 *
 * Combination: PERT (Malcolm et al., 1959): mean (o + 4l + p) / 6, standard deviation (p − o) / 6.
 */

/** Data movements by what a sentence does; a further kind of data touched adds one Read. */
export const MOVEMENTS: Readonly<Record<VerbKind, number>> = {
  create: 4, // Entry, Read for its checks, Write, Exit of result or error
  update: 4,
  delete: 4,
  access: 4,
  run: 4, // triggering Entry, Read, Write, Exit
  read: 3, // Entry, Read, Exit
  notify: 2, // Read, Exit
  check: 2, // Read, Exit of the refusal; inside another functional process
  record: 1, // Write; inside another functional process
  offer: 2, // a property that is kept and shown: Write, Exit
};

/** A second verb on the same object ("pause and resume schedules") shares reading and answering: Entry and Write are its own. */
export const MOVEMENTS_AGAIN = 2;

/** Movements of a sentence no verb was recognised in. */
export const UNREAD_MOVEMENTS = 3;

/** At most this many actions of one requirement are counted; longer lists repeat one functional process. */
export const MOST_ACTIONS = 3;
export const MOST_FURTHER_READS = 2;

/** An assumption, no published constant: design, code, tests and review of one CFP, in hours. Replace by your own figure. */
export const HOURS_PER_CFP = 4;
export const HOURS_PER_DAY = 8;

/** Work that moves no data and so has no functional size, in hours; assumptions as well. */
export const ENABLING_HOURS = {
  entity: 4,
  project: 8,
  criterion: 2,
  scenario: 0.5,
  edgeCase: 1,
} as const;

/** Optimistic and pessimistic as a factor of likely. */
export const SPREAD = {
  settled: { optimistic: 0.67, pessimistic: 1.5 },
  unsettled: { optimistic: 0.5, pessimistic: 2 },
} as const;

export const METHOD =
  `COSMIC functional size (ISO/IEC 19761), approximated from the verbs of each requirement (1 CFP per data movement), times ${HOURS_PER_CFP} hours per CFP ` +
  `(an assumption to be replaced by your own figure), days of ${HOURS_PER_DAY} hours. Three points by the cone of uncertainty (Boehm 1981, McConnell 2006): 0.67–1.5 of likely where ` +
  "the requirement has a way to verify it and no open question, 0.5–2 elsewhere; combined by PERT. Known error: approximate sizing from text is commonly off by tens of " +
  "percent for a single requirement, and hours per CFP differ between teams by a factor of several.";
