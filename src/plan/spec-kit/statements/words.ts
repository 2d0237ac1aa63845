import type { PhaseRole } from "../phase-heading.ts";

/** What a word does in a sentence on what waits for what. */
export type WordKind =
  /** Who stands before it waits for what stands behind. */
  | "needs"
  /** What stands behind it waits for who stands before. */
  | "blocks"
  /** One at a time. */
  | "chain"
  | "no"
  | "soft"
  /** Ends a list of what is waited for. */
  | "stop"
  /** Verbs and pronouns that say nothing by themselves. */
  | "filler";

interface Words {
  readonly kind: WordKind;
  readonly pattern: RegExp;
}

const END = String.raw`(?![\p{L}\p{N}_])`;
const words = (kind: WordKind, ...sources: readonly string[]): Words => ({
  kind,
  pattern: new RegExp(`(?:${sources.join("|")})${END}`, "iuy"),
});

/**
 * The first that matches counts. Sources: the sections "Dependencies & Execution Order" of tasks-template.md (both generations) and
 * of 40 real files, some of them French; Spanish and German as users would write.
 */
export const WORDS: readonly Words[] = [
  words(
    "blocks",
    String.raw`(?:is|are)\s{1,4}(?:a\s{1,4})?prerequisites?\s{1,4}(?:for|of|to)`,
    String.raw`prerequisites?\s{1,4}(?:for|of|to)`,
    "blocks?",
    "bloque(?:nt|n|a)?",
    "unblocks?",
    "before",
    "avant",
    String.raw`antes\s{1,4}de`,
    "precedes?",
  ),
  words(
    "needs",
    String.raw`depend(?:s|ing|ent|enc(?:y|ies))?(?:\s{1,4}(?:only|directly|solely|entirely))?\s{1,4}(?:up)?on(?:\s{1,4}only)?`,
    String.raw`depends?(?=\s{0,4}\*{0,2}:)`,
    String.raw`dependenc(?:y|ies)(?=\s{0,4}\*{0,2}:)`,
    String.raw`d[ée]pend(?:ent|s)?\s{1,4}(?:de|des|du)`,
    String.raw`dependen?\s{1,4}de`,
    String.raw`häng(?:t|en)\s{1,4}(?:ab\s{1,4})?von`,
    String.raw`abhängig\s{1,4}von`,
    String.raw`(?:(?:is|are)\s{1,4})?blocked\s{1,4}(?:by|on|until)`,
    String.raw`waits?\s{1,4}(?:for|on)`,
    String.raw`builds?\s{1,4}(?:up)?on`,
    String.raw`prerequisites?(?=\s{0,4}\*{0,2}:)`,
    "requires?",
    "needs?",
    "after",
    "après",
    String.raw`después\s{1,4}de`,
    "follows?",
    "once",
    "until",
  ),
  words(
    "chain",
    "sequential(?:ly)?",
    String.raw`in\s{1,4}sequence`,
    String.raw`one\s{1,4}(?:at\s{1,4}a\s{1,4}time|after\s{1,4}(?:the\s{1,4})?(?:other|another))`,
    "seriali[sz](?:e[sd]?|ing)",
    "serially",
    "séquentiel(?:le)?s?",
  ),
  words(
    "no",
    "no",
    "not",
    "without",
    "never",
    String.raw`independent(?:ly)?`,
    String.raw`rather\s{1,4}than`,
    String.raw`instead\s{1,4}of`,
    "doesn't",
    "don't",
    "zero",
    "aucune?",
    "ninguna?",
  ),
  words(
    "soft",
    "soft(?:ly)?",
    "easiest",
    "easier",
    "ideally",
    "preferabl[ye]",
    "recommended",
    "suggested",
    "optional(?:ly)?",
    "may",
    "might",
  ),
  words(
    "filler",
    "they",
    "it",
    "these",
    "both",
    "each",
    "all",
    "this",
    "those",
    "which",
    "can(?:not)?",
    "must",
    "should",
    "shall",
    "will",
    "has",
    "have",
    "be",
    "being",
    "is",
    "are",
    "was",
    "were",
    "run",
    "runs",
    "starts?",
    "begins?",
    "completed?",
    "completes",
    "completion",
    "finish(?:ed|es)?",
    "lands?",
    "done",
    "only",
    "also",
    "then",
    "directly",
    "strictly",
    "proceed",
    "come",
    "comes",
    "go",
    "goes",
    "first",
    "safely",
    "immediately",
    "any",
    "work",
    String.raw`in\s{1,4}parallel`,
    "parallel",
    "together",
    "concurrently",
    "doit",
    "doivent",
    "peut",
    "peuvent",
  ),
  words(
    "stop",
    "benefits?",
    "integrates?",
    "extends?",
    "shares?",
    "reus(?:es|ed|ing)",
    "touches",
    "but",
    "so",
    "because",
    "since",
    "while",
    "where",
    "if",
    "when",
    "unless",
    "however",
    "delivers?",
    "creates?",
    "establishe[sd]",
    "to",
    "via",
    "with",
    "per",
    "see",
    "from",
    "than",
  ),
];

/** Phases by their names, and what stands for all stories. Where a word is common, only with a capital. */
export const NAMES: readonly (readonly [role: PhaseRole | "stories", pattern: RegExp])[] = [
  [
    "stories",
    /(?:all\s{1,4}|any\s{1,4}|every\s{1,4}|each\s{1,4}|the\s{1,4}|toutes les\s{1,4})(?:of\s{1,4}the\s{1,4})?(?:[a-z]{3,9}\s{1,4}){0,2}(?:user[\s-]{1,4})?(?:stories|story)(?:\s{1,4}phases?)?(?![\p{L}\p{N}_])(?!\s{1,4}\d)/iuy,
  ],
  ["stories", /(?:[Uu]ser\s{1,4}[Ss]tories)(?![\p{L}\p{N}_])(?!\s{1,4}\d)/uy],
  ["setup", /(?:the\s{1,4})?(?:Setup|Set-up|SETUP)(?:\s{1,4}phase)?(?![\p{L}\p{N}_])/uy],
  [
    "foundation",
    /(?:the\s{1,4})?(?:[Ff]oundational|FOUNDATIONAL|Foundation|Fondations?)(?:\s{1,4}phase)?(?![\p{L}\p{N}_])/uy,
  ],
  ["polish", /(?:the\s{1,4})?(?:Polish|POLISH)(?:\s{1,4}phase)?(?![\p{L}\p{N}_])/uy],
];

/** From what stands before to what stands behind, and the other way round; lines of any drawing. */
export const FORWARD = /[─━═└├│┬┴┼-]{0,200}(?:[→⟶➜➔►▶⇒]|-{1,20}>|={1,3}>|─{1,200}>)/uy;
export const BACKWARD = /(?:[←◄⇐]|<-{1,20}(?!>)|<─{1,200})[─━═-]{0,200}[┘┐]?/uy;
