import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
import { PROMPT_TEXTS } from "./prompt-texts.ts";
import { role } from "./role.ts";

/**
 * Discovery (S0 §7.2, S1 §9.2): run before planning when a rule asks for it, that is when the specification is too unclear
 * to plan from. Its questions are for a person, who answers in the document or in words at its gate; both go on to
 * planning. Open ones are planned with their recommended answers where they have any; the plan says
 * so, and lists the others among its open questions.
 */
export const DISCOVERY: StageSpec = {
  name: "discovery",
  title: "Discovery",
  profile: "coding-agent",
  timeouts: PROFILES["coding-agent"],
  concurrency: 3,
  order: "parallel",
  cache: "normal",
  cacheTtls: CACHE_TTLS,
  synthesisIterations: 1,
  retry: { retries: 2, initialMs: 1_000, maxMs: 30_000 },
  quorum: { minimum: 2, ratio: 0.5, required: ["questions"] },
  sequentialSecondTry: true,
  simplified: "analysis",
  reworkRounds: 1,
  checks: "report",
  reads: [],
  requires: [],
  roles: [
    role({
      name: "questions",
      title: "Clarification Analyst",
      contract: "clarification_questions",
      prompt: PROMPT_TEXTS["discovery/questions"],
    }),
    role({
      name: "assumptions",
      title: "Assumption Analyst",
      contract: "planning_assumptions",
      prompt: PROMPT_TEXTS["discovery/assumptions"],
    }),
    role({
      name: "scope",
      title: "Scope Analyst",
      contract: "discovery_scope",
      prompt: PROMPT_TEXTS["discovery/scope"],
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: PROMPT_TEXTS["discovery/reviewer"],
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: PROMPT_TEXTS["discovery/synthesizer"],
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: PROMPT_TEXTS["discovery/qa"],
  }),
  artifacts: [
    {
      name: "discovery.md",
      required: true,
      sections: [
        "Questions",
        "Terms to define",
        "Actors",
        "Missing parts",
        "Assumptions",
        "Examples",
      ],
    },
  ],
  gate: {
    prompt: "Discovery complete. Answer the questions, or approve to plan with them open?",
  },
  closing: {
    message: "Discovery completed",
    nextSteps: ["Put the answers into the specification, so that they last"],
  },
};
