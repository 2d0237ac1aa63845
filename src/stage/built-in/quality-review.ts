import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
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
      prompt: `Review how completely "{feature}" is built: for each requirement and success criterion of the specification, which
tasks carry it, whether they are done, which files and tests of the repository speak of it. repository.json holds what was
measured. A finding has a severity, a place, the evidence, the impact and the resolution. A ticked task without any evidence
is a finding. Score 0 to 100 by what you can show.`,
    }),
    role({
      name: "feasibility",
      title: "Feasibility Reviewer",
      contract: "feasibility_assessment",
      prompt: `Review whether what remains of "{feature}" can be done as planned: open clarifications, tasks whose dependencies cannot
be met, estimates without basis, success criteria that nothing can measure, a repository in which tests or tools are missing.
A finding has a severity, a place, the evidence, the impact and the resolution. Score 0 to 100.`,
    }),
    role({
      name: "security",
      title: "Security Reviewer",
      contract: "security_assessment",
      prompt: `Review the security of "{feature}" as specified and built: secrets in the tree, dependencies with known holes where the
audit was done, risks of the plan without a mitigation in tasks, requirements on access, personal data and money without a
test. Say what was scanned and what was not. A finding has a severity, a place, the evidence, the impact and the resolution.`,
    }),
    role({
      name: "consistency",
      title: "Consistency Reviewer",
      contract: "consistency_assessment",
      prompt: `Review whether the documents of "{feature}" agree with each other and with the constitution: contradictions, ids that
resolve to nothing, terms used for two things, decisions of the plan that the tasks do not follow, rules of the constitution
that are broken. A finding has a severity, a place, the evidence, the impact and the resolution.`,
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: `Join the four reviews of "{feature}": findings that are the same once, in order of priority; conflicting assessments as
conflicts with their fate; what people accepted in an earlier quality_report.md stays accepted while it is the same; action items; a recommendation: proceed, fix-first or abort, with the reason; a quality score 0 to
100 and the guidance that the synthesizer needs.`,
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: `Write quality_report.md for "{feature}" with the sections Recommendation, Issues, Action items, Coverage, Security,
Consistency and What was not looked at. Each issue says what it is with its place and evidence, its impact, and its
resolution; critical ones first. Add coverage_report.html or security_scan.json only if
wanted.json names them.`,
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: `Check quality_report.md of "{feature}": is every finding actionable, has it a place and evidence, are priorities clear, do
assessments that conflict end in one statement. Ask for rework with exact reasons, or sign off.`,
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
