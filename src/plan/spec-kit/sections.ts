/** What stands under a heading that is no phase. */
export type SectionKind =
  /** Says what waits for what. */
  | "dependencies"
  /** Proposals, examples and notes: what they name orders nothing. */
  | "aside"
  /** Boxes that are criteria of the whole plan. */
  | "criteria"
  | "tests"
  | "implementation"
  | "gate"
  | "other";

/** By what a heading says, the first that fits. Sources: tasks-template.md of both generations; headings of 40 real files. */
const KINDS: readonly (readonly [SectionKind, RegExp])[] = [
  ["gate", /^\W{0,4}gate\s{1,4}\S/iu],
  [
    "aside",
    /example|exemple|strategy|stratégie|suggest|recommend|solo|cadence|\bteam\b|\bMVP\b|deliver|livraison|cross-(?:spec|feature|repo)|external|upstream|path conventions|^\W{0,4}format|legend|generation rules|execution flow/iu,
  ],
  [
    "criteria",
    /validation checklist|success criteria|acceptance|definition of done|completion criteria|review checklist/iu,
  ],
  [
    "dependencies",
    /depend|dépend|abhängig|execution (?:order|wave)|ordre d'exécution|parallel|parallél|paralel|\bwaves?\b|task graph|sequenc|^\W{0,4}(?:important )?notes?\W{0,4}$/iu,
  ],
  [
    "tests",
    /^\W{0,4}(?:(?:unit|contract|integration|backend|frontend|e2e)\s{1,4}){0,2}tests?(?![\p{L}\p{N}_])/iu,
  ],
  [
    "implementation",
    /^\W{0,4}(?:(?:core|backend|frontend)\s{1,4})?(?:implementation|implémentation|implementación|umsetzung)/iu,
  ],
];

export const sectionKind = (title: string): SectionKind =>
  KINDS.find(([, words]) => words.test(title))?.[0] ?? "other";

/** Words that say that tests come before what they test. */
export const TESTS_FIRST =
  /tests? first|write first|first, (?:ensure|must|and)|(?:must|should|ensure (?:they|tests?)|confirmed?)\s{1,4}(?:\**RED\**|fail)|failing before|before (?:any )?implementation|\bTDD\b/iu;

/** Where boxes without id and bullets without box are no tasks. */
export const isAside = (kind: SectionKind | undefined): boolean =>
  kind === "dependencies" || kind === "aside" || kind === "criteria" || kind === "gate";

/** Headings of tests and implementation stay in their phase even where they are as high as it. */
export const staysInPhase = (kind: SectionKind, level: number): boolean =>
  level >= 3 &&
  (kind === "tests" || kind === "implementation" || kind === "gate" || kind === "other");
