import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
import { PROMPT_TEXTS } from "./prompt-texts.ts";
import { role } from "./role.ts";

/** Quality review (S1 stage C, QR-01): four reviewers look at what was built, each from one side. */
export const QUALITY_REVIEW: StageSpec = {
  name: "review",
  title: "Quality review",
  profile: "coding-agent",
  timeouts: PROFILES["coding-agent"],
  concurrency: 3,
  order: "parallel",
  synthesisIterations: 1,
  retry: { retries: 2, initialMs: 1_000, maxMs: 30_000 },
  quorum: { minimum: 3, ratio: 0.75, required: ["completeness"] },
  sequentialSecondTry: true,
  simplified: "analysis",
  reworkRounds: 2,
  checks: "report",
  reads: [
    "plan.md",
    "planning-summary.md",
    "implementation_plan.md",
    "tasks.md",
    "repository.json",
    // what people accepted in the review before
    "quality_report.md",
  ],
  requires: [
    {
      name: "plan.md",
      approvedBy: null,
      or: ["tasks.md"],
      hint: "Run `wavegate plan` on the specification first; a review compares what was built with what was planned.",
    },
  ],
  roles: [
    role({
      name: "completeness",
      title: "Completeness Reviewer",
      contract: "completeness_assessment",
      prompt: PROMPT_TEXTS["review/completeness"],
    }),
    role({
      name: "feasibility",
      title: "Feasibility Reviewer",
      contract: "feasibility_assessment",
      prompt: PROMPT_TEXTS["review/feasibility"],
    }),
    role({
      name: "security",
      title: "Security Reviewer",
      contract: "security_assessment",
      prompt: PROMPT_TEXTS["review/security"],
    }),
    role({
      name: "consistency",
      title: "Consistency Reviewer",
      contract: "consistency_assessment",
      prompt: PROMPT_TEXTS["review/consistency"],
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: PROMPT_TEXTS["review/reviewer"],
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: PROMPT_TEXTS["review/synthesizer"],
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: PROMPT_TEXTS["review/qa"],
  }),
  artifacts: [
    {
      name: "quality_report.md",
      required: true,
      sections: [
        "Recommendation",
        "Issues",
        "Action items",
        "Coverage",
        "Security",
        "Consistency",
        "What was not looked at",
      ],
    },
    { name: "coverage_report.html", required: false, onDemand: true, sections: [] },
    { name: "security_scan.json", required: false, onDemand: true, sections: [] },
  ],
  cache: "normal",
  cacheTtls: CACHE_TTLS,
  gate: { prompt: "Quality review complete. Approve to proceed?" },
  closing: {
    message: "Quality review completed successfully",
    nextSteps: ["Do the action items of quality_report.md, critical ones first"],
  },
};
