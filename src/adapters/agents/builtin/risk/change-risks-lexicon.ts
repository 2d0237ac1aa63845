import type { RiskRule } from "./risk-rule.ts";

/** Risks of changing what is there: records, files, programs, copies, versions. */
export const CHANGE_RISKS: readonly RiskRule[] = [
  {
    category: "deletion",
    when: /\b(?:delet(?:e|es|ed|ing|ion)\b(?! tasks)|removes? (?:a |the )?(?:member|user|project|account|child)|purge\w*|cascade\w*|supprim\w+ (?:le|un|son) compte|cleanup)\b/iu,
    description:
      "Deletion (“{words}”) takes more with it than meant, or leaves references to what is gone.",
    impact: 3,
    controls: [
      {
        name: "the extent of a deletion",
        covered:
          /\b(?:only the membership|never cascad\w+|not cascade|cascad\w+|automatically delete\w*|along with the|references the|does not remove|soft[- ]delet\w+|leaves? [^.]{0,40}intact|not remove it silently|remain with)\b/iu,
        advice: "list for every entity what happens to what refers to it",
      },
      {
        name: "asking before it",
        covered:
          /\b(?:confirm(?:ation)? (?:dialog|prompt|before)|explicit (?:confirmation|warnings?)|asked to confirm|not (?:remove|delete)[^.]{0,20}silently|avoid silently deleting)\b/iu,
        advice: "ask before what can't be undone",
      },
    ],
    owner: "Backend lead",
    sign: "Counts of unrelated records change in a deletion test",
  },
  {
    category: "data migration",
    when: /\b(?:migrat(?:e|es|ed|ion|ions)\b|schema change|existing (?:data|records|accounts|rows) (?:must|are|is)|backfill|expand-and-contract)\b/iu,
    description:
      "Existing data must change its shape (“{words}”); a stop in the middle leaves a mix no code expects.",
    impact: 3,
    controls: [
      {
        name: "a way back",
        covered: /\b(?:rollback|reversible|sans perte|expand-and-contract|backup)\b/iu,
        advice:
          "rehearse it on a copy of real data, with counts before and after, and keep a way back",
      },
    ],
    owner: "Backend lead",
    sign: "A rehearsal on a copy differs in counts",
  },
  {
    category: "files of the user",
    when: /\b(?:overwrit\w+|cop(?:y|ies) (?:of )?(?:each |the )?(?:command |agent )?files?|file copies|copies of each|worktree is (?:safely )?removed|remove(?:s|d)? (?:safely|only lanes)|silently delet\w+|destructive|setup\.sh MUST|install script|writes? a lane record|conflicting? (?:path|file)|collide with existing)\b/iu,
    description:
      "The tool changes files on the user's machine (“{words}”); one wrong path or version destroys work that is in no commit.",
    impact: 3,
    controls: [
      {
        name: "refusing instead of overwriting",
        covered:
          /\b(?:not (?:overwrite|remove it silently)|avoid silently|reject paths|does not create partial|preserv\w+|never overwrit\w+|existing filesystem entries|does not overwrite)\b/iu,
        advice: "refuse or show the difference when the target holds something else than expected",
      },
      {
        name: "repeatable runs",
        covered: /\b(?:idempotent|running it multiple times|byte-identical|identical content)\b/iu,
        advice: "make a second run a no-op and test it",
      },
    ],
    owner: "Tooling lead",
    sign: "A dry run on a used machine lists files nobody expected",
  },
  {
    category: "shell and subprocesses",
    when: /\b(?:bash (?:tool|utilit(?:y|ies)|scripts?|loop scripts)|shell (?:scripts?|helpers?|commands?)|sub-?agents?|subprocess\w*|spawn\w*|exit code|non-zero (?:status|exit)|tmux|dangerously-skip-permissions?)\b/iu,
    description:
      "A started program (“{words}”) hangs, dies half-way or reports success without having done its work.",
    impact: 2,
    controls: [
      {
        name: "reporting its failure",
        covered:
          /\b(?:non-zero|report (?:the )?(?:failure|result)|report the result|catching the error|crash or timeout|exits? cleanly|reports? a clear error)\b/iu,
        advice: "check exit code and result, and stop on the first failure",
      },
      {
        name: "an end to waiting",
        covered:
          /\b(?:timeout|max(?:imum)?[- ]iterations|stuck (?:detection|iterations)|abort the loop|600s)\b/iu,
        advice: "give every call a longest time",
      },
      {
        name: "checking what it needs first",
        covered:
          /\b(?:check for the existence|before attempting|prerequisites?|validate the target)\b/iu,
        advice: "check programs and versions before the first change",
      },
    ],
    owner: "Tooling lead",
    sign: "A run with one program replaced by a failing one still ends as success",
  },
  {
    category: "compatibility",
    when: /\b(?:backward[s-]? ?compatib\w+|existing (?:commands?|installations?|users|clients|behaviou?r|workflows?) (?:must|are|continue|remain|should)|breaking changes?|peer dependenc(?:y|ies)|upgrade to|deprecat\w+|legacy)\b/iu,
    description: "The change (“{words}”) breaks something that works today.",
    impact: 2,
    controls: [
      {
        name: "tests of today's behaviour",
        covered:
          /\b(?:existing tests|regression|continue to work|without redesign\w*|all (?:existing )?tests (?:must )?pass|no regressions?)\b/iu,
        advice: "record today's behaviour in tests before the first change",
      },
    ],
    owner: "Technical lead",
    sign: "A test of old behaviour is changed instead of fixed",
  },
  {
    category: "manual copies of one truth",
    when: /\b(?:stay in sync|in sync\b|kept in sync|drift\w*|diverg\w+|source of truth|copies of each|identical (?:across|content)|reconcil\w+)\b/iu,
    description:
      "The same fact is kept in several places (“{words}”), and the places part unnoticed.",
    impact: 2,
    controls: [
      {
        name: "a check that compares them",
        covered:
          /\b(?:drift warnings?|running diff|verified by|surface\w* (?:warnings|metadata drift)|reconcile step|byte-identical)\b/iu,
        advice: "compare them in a test or at start and report differences",
      },
    ],
    owner: "Technical lead",
    sign: "The comparison finds a difference nobody made on purpose",
  },
];
