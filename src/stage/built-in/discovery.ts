import { CACHE_TTLS } from "../cache/policy.ts";
import { PROFILES } from "../profiles.ts";
import type { StageSpec } from "../stage-spec.ts";
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
      prompt: `List what has to be asked before "{feature}" can be planned: each question with whom to ask, what can't be decided
without the answer, the answers that the text leaves possible, and the one that planning should go on with until somebody
answers, with the reason. Most important first. Ask nothing that the specification answers.`,
    }),
    role({
      name: "assumptions",
      title: "Assumption Analyst",
      contract: "planning_assumptions",
      prompt: `List what one would have to assume to plan "{feature}" now: each assumption with its source in the text and what happens
if it is wrong, and one concrete example for each statement that two people could read differently.`,
    }),
    role({
      name: "scope",
      title: "Scope Analyst",
      contract: "discovery_scope",
      prompt: `Say what the specification of "{feature}" is about and what it lacks: words that it uses and does not explain, everybody
who takes part with what they do, and each part that a plan needs and that is missing, with how to fill it.`,
    }),
  ],
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: `Join the notes on "{feature}": the same question once, contradictions between assumptions as conflicts, gaps, a quality
score for the specification, and the guidance that the synthesizer needs.`,
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: `Write discovery.md for "{feature}" with the sections Questions, Terms to define, Actors, Missing parts, Assumptions and
Examples: what a person answers before planning, most important first. Each question is a heading "### Q1. …" with the
lines "- **About:** …" (the sentence of the specification that it is about, if any), "- **Decides:** …", "- **Options:** …", "- **Recommended:** …" and "- **Answer:** open", for the person to fill in. If
there is rework, put the answers that it gives behind "**Answer:**" of the questions that they answer; what
answers no question goes into not_done.`,
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: `Check discovery.md of "{feature}": is each question answerable, is nothing asked that the specification answers. Ask for
rework with exact reasons, or sign off.`,
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
