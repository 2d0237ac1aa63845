import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
import { PROMPT_TEXTS } from "./prompt-texts.ts";
import { role } from "./role.ts";

/**
 * The planning stage (S0 whole; S1 stage A). The four specialists work from the specification alone, at once; their
 * original contracts chain them, so disagreement is expected and the reviewer reconciles it (PL-02). Limits per role: S0 §5.1.
 */
export const PLANNING: StageSpec = {
  name: "planning",
  title: "Planning",
  profile: "coding-agent",
  timeouts: PROFILES["coding-agent"],
  concurrency: 3,
  order: "parallel",
  synthesisIterations: 1,
  retry: { retries: 2, initialMs: 1_000, maxMs: 30_000 },
  quorum: { minimum: 3, ratio: 0.75, required: ["requirements"] },
  sequentialSecondTry: true,
  simplified: "analysis",
  reworkRounds: 2,
  checks: "plan",
  reads: ["discovery.md"],
  requires: [],
  roles: [
    role({
      name: "requirements",
      title: "Requirements Analyst",
      contract: "requirements_dossier",
      prompt: PROMPT_TEXTS["planning/requirements"],
      concurrency: 3,
    }),
    role({
      name: "architecture",
      title: "Solution Architect",
      contract: "architecture_design",
      prompt: PROMPT_TEXTS["planning/architecture"],
      concurrency: 2,
    }),
    role({
      name: "risk",
      title: "Risk/Compliance Analyst",
      contract: "risk_assessment",
      prompt: PROMPT_TEXTS["planning/risk"],
      concurrency: 3,
    }),
    role({
      name: "estimation",
      title: "Estimation/Scope Analyst",
      contract: "project_estimation",
      prompt: PROMPT_TEXTS["planning/estimation"],
      concurrency: 2,
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: PROMPT_TEXTS["planning/reviewer"],
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: PROMPT_TEXTS["planning/synthesizer"],
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: PROMPT_TEXTS["planning/qa"],
  }),
  artifacts: [
    {
      name: "plan.md",
      required: true,
      sections: [
        "Technical approach",
        "Implementation phases",
        "Risk assessment",
        "Success metrics",
        "Dependencies",
        "Assumptions",
      ],
    },
    {
      name: "planning-summary.md",
      required: true,
      sections: [
        "Feature overview",
        "Technical approach",
        "Dependencies identified",
        "Risks and mitigation",
        "Recommended next steps",
      ],
    },
    { name: "research.md", required: false, sections: [] },
    { name: "data-model.md", required: false, sections: [] },
  ],
  cache: "normal",
  cacheTtls: CACHE_TTLS,
  gate: { prompt: "Planning artifacts synthesized. Approve to proceed?" },
  closing: {
    message: "Planning phase completed successfully",
    nextSteps: [
      "Review planning documentation with those who will build it",
      "Approve technical approach where your team asks for more than this gate",
      "Use implementation workflow for execution: `wavegate prepare` on the same specification",
    ],
  },
};
