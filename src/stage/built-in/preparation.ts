import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
import { PROMPT_TEXTS } from "./prompt-texts.ts";
import { role } from "./role.ts";

/**
 * Implementation preparation (S2; S1 stage B): four specialists turn an approved plan into one that can be built from.
 * Limits per role and the required role are S2 §2 and §5's; the gate is S1's, S2 has none (PR-01).
 */
export const PREPARATION: StageSpec = {
  name: "preparation",
  title: "Implementation preparation",
  profile: "coding-agent",
  timeouts: PROFILES["coding-agent"],
  concurrency: 3,
  order: "parallel",
  synthesisIterations: 1,
  implementation: "whole",
  retry: { retries: 2, initialMs: 1_000, maxMs: 30_000 },
  quorum: { minimum: 3, ratio: 0.75, required: ["core"] },
  sequentialSecondTry: true,
  simplified: "plan",
  reworkRounds: 2,
  checks: "implementation-plan",
  reads: ["plan.md", "planning-summary.md", "tasks.md", "repository.json"],
  requires: [
    {
      name: "plan.md",
      approvedBy: "planning",
      or: [],
      hint: "Run `wavegate plan` on the specification and approve its gate.",
    },
    {
      name: "planning-summary.md",
      approvedBy: "planning",
      or: [],
      hint: "Run `wavegate plan` on the specification and approve its gate.",
    },
    {
      name: "tasks.md",
      approvedBy: null,
      or: ["checklist.md", "checklists/requirements.md", "plan.md"],
      holds: "tasks",
      hint: "Write the tasks into plan.md (`- [ ] 1.1 …`) and approve it, or add a tasks.md or checklist.md.",
    },
  ],
  roles: [
    role({
      name: "core",
      title: "Core Implementer",
      contract: "core_implementation",
      concurrency: 2,
      prompt: PROMPT_TEXTS["preparation/core"],
    }),
    role({
      name: "integrations",
      title: "Integrations/Adapters Engineer",
      contract: "integration_design",
      concurrency: 3,
      prompt: PROMPT_TEXTS["preparation/integrations"],
    }),
    role({
      name: "tests",
      title: "Test Engineer",
      contract: "test_strategy",
      concurrency: 3,
      prompt: PROMPT_TEXTS["preparation/tests"],
    }),
    role({
      name: "docs",
      title: "Docs Engineer",
      contract: "documentation_plan",
      concurrency: 3,
      prompt: PROMPT_TEXTS["preparation/docs"],
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Integration Reviewer",
    contract: "review_summary",
    prompt: PROMPT_TEXTS["preparation/reviewer"],
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: PROMPT_TEXTS["preparation/synthesizer"],
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: PROMPT_TEXTS["preparation/qa"],
  }),
  artifacts: [
    {
      name: "implementation_plan.md",
      required: true,
      sections: [
        "Executive summary",
        "Implementation strategy",
        "Module architecture",
        "Integration design",
        "Test plan",
        "Documentation plan",
        "Task breakdown",
        "Dependencies",
        "Risk mitigation",
        "Quality gates",
      ],
    },
  ],
  cache: "normal",
  cacheTtls: CACHE_TTLS,
  gate: { prompt: "Implementation plan ready. Approve to proceed?" },
  closing: {
    message: "Implementation preparation completed successfully",
    nextSteps: [
      "Hand the task breakdown of implementation_plan.md to your team or agents",
      "Review the result with `wavegate review` when it is built",
    ],
  },
};
