import type { Json } from "../core/json.ts";
import type { AgentRequest } from "../ports/agent.ts";
import { PLANNING } from "../stage/built-in/planning.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import { readPrompt } from "./model-server/read-prompt.ts";

/** A spec that one task carries: one story, one requirement, one criterion. */
export const SMALL_SPEC = `# Feature Specification: Pocket money

## User Scenarios & Testing

### User Story 1 - Pay pocket money (Priority: P1)

A parent pays each week.

**Acceptance Scenarios**:

1. **Given** a child, **When** Sunday comes, **Then** the balance grows by 5 euros

## Requirements

- **FR-001**: System MUST add 5 euros to each child's balance every Sunday

## Success Criteria

- **SC-001**: 100 % of payments arrive on Sunday
`;

const estimate = { optimistic: 1, likely: 2, pessimistic: 3 };

const PLAN = `# Implementation Plan: Pocket money

## Technical approach

A weekly job adds money (FR-001).

## Implementation phases

One phase.

## Phase 1: Payments

**Objective:** money arrives

- [ ] 1.1 Build the weekly job (FR-001, SC-001) [1/2/3 days]

**VERIFY Phase 1:**

- [ ] The balance grows by 5 euros

## Risk assessment

Risk R1 is mitigated by a retry.

## Success metrics

SC-001: 100 % on Sunday.

## Dependencies

None outside.

## Assumptions

Weeks end on Sunday.
`;

const SUMMARY = `# Planning summary: Pocket money

## Feature overview

Parents pay weekly.

## Technical approach

A weekly job.

## Dependencies identified

None.

## Risks and mitigation

A retry.

## Recommended next steps

Build phase 1.
`;

/** What each role of the planning stage may answer about `SMALL_SPEC`: good, and as small as the contracts allow. */
export function goodAnswer(request: Pick<AgentRequest, "role">): Json {
  const answers: Readonly<Record<string, Json>> = {
    requirements: {
      requirements_dossier: { functional: [{ id: "FR-001", statement: "Pay", priority: "P1" }] },
    },
    architecture: {
      architecture_design: {
        components: [{ name: "Payments", responsibility: "Pay weekly", requirements: ["FR-001"] }],
      },
    },
    risk: { risk_assessment: { risks: [] } },
    estimation: {
      project_estimation: {
        method: "UCP",
        phases: [
          {
            id: "P1",
            name: "Payments",
            goal: "money arrives",
            effort_days: estimate,
            tasks: [{ id: "T001", title: "Job", requirements: ["FR-001"], effort_days: estimate }],
          },
        ],
        total_effort_days: estimate,
        confidence: "medium",
      },
    },
    reviewer: { review_summary: { quality_score: 88 } },
    synthesizer: { artifacts: { "plan.md": PLAN, "planning-summary.md": SUMMARY } },
    qa: { qa_report: { signed_off: true } },
  };
  return answers[request.role] ?? {};
}

/**
 * The role of a stage that a prompt is written for: a model behind an agent must tell by it, since it sees nothing else.
 * `goodAnswer({ role: roleOfPrompt(prompt) ?? "" })` plays a model. Default: the planning stage.
 */
export const roleOfPrompt = (prompt: string, stage: StageSpec = PLANNING): string | undefined =>
  readPrompt(prompt, stage)?.role.name;
