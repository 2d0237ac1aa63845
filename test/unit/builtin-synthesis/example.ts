/** A small specification of our own with four hand-written analyses that disagree on purpose, and their role inputs. */
import type { Json } from "../../../src/core/json.ts";

export const SPEC = `# Feature Specification: Shared Garden Calendar

**Feature Branch**: \`007-garden-calendar\`
**Created**: 2026-03-01
**Status**: Draft
**Input**: User description: "Let allotment neighbours plan watering together and never miss a frost warning"

## Clarifications

- Q: How long are past waterings kept? → A: 12 months, then they are deleted.

## User Scenarios & Testing *(mandatory)*

### User Story 1 - Sign up for watering (Priority: P1)

A gardener wants to take a free watering slot so that no bed is watered twice.

**Why this priority**: Double and missed waterings are the reason neighbours stopped sharing the garden.

**Acceptance Scenarios**:

1. **Given** a free slot, **When** a gardener takes it, **Then** the slot shows their name within 5 seconds
2. **Given** a taken slot, **When** another gardener takes it, **Then** they are told who has it

### User Story 2 - Frost warning (Priority: P2)

A gardener needs to hear of frost the evening before. The limit is [NEEDS CLARIFICATION: from which temperature on?]

**Why this priority**: One missed frost costs a season's tomatoes.

**Acceptance Scenarios**:

1. **Given** a forecast of frost, **When** it is 18:00, **Then** every gardener gets a message

### Edge Cases

- What happens when the forecast is not available?

## Requirements *(mandatory)*

### Functional Requirements

- **FR-001**: A gardener MUST be able to take a free watering slot
- **FR-002**: The system MUST reject a second gardener for a taken slot
- **FR-003**: The system MUST fetch the forecast | once an hour from <b>MeteoPoint</b>
- **FR-004**: The system MUST warn every gardener of frost by 18:00
- **FR-005**: The system MUST delete waterings after 6 months [kept how long?](javascript:alert)
- **FR-006**: A gardener MUST be able to export the calendar

### Key Entities

- **Slot**: date, bed, gardener
- **Forecast**: date, lowest temperature

## Success Criteria *(mandatory)*

- **SC-001**: 95% of slots are taken within 2 days
- **SC-002**: Gardeners are happier with the garden

## Assumptions

- The garden has at most 40 gardeners

## Out of Scope

- Selling vegetables
`;

const days = (likely: number) => ({ optimistic: likely / 2, likely, pessimistic: likely * 2 });

const functional = (id: string, statement: string, priority: string, story: string) => ({
  id,
  statement,
  priority,
  stories: [story],
  acceptance_criteria: [],
  verification: "test",
});

export const REQUIREMENTS = {
  requirements_dossier: {
    objectives: ["Plan watering together"],
    functional: [
      functional("FR-001", "Take a free slot", "P1", "US1"),
      functional("FR-002", "Reject a second gardener", "P1", "US1"),
      functional("FR-003", "Fetch the forecast", "P2", "US2"),
      functional("FR-004", "Warn of frost", "P2", "US2"),
      functional("FR-005", "Delete old waterings", "P3", "US1"),
    ],
    success_metrics: [{ id: "SC-001", statement: "slots taken", target: "95% in 2 days" }],
    dependencies: [
      { from: "FR-004", to: "FR-003", reason: "a warning is made from a forecast" },
      { from: "FR-002", to: "FR-001", reason: "a slot is taken first" },
      { from: "FR-003", to: "MeteoPoint", reason: "it provides the forecast" },
    ],
  },
} satisfies Json;

export const ARCHITECTURE = {
  architecture_design: {
    components: [
      {
        name: 'Slot "Book"',
        responsibility: "Keeps watering slots and who took them",
        requirements: ["FR-001", "FR-002"],
        entities: ["Slot"],
        depends_on: [],
      },
      {
        name: "Frost Watch",
        responsibility: "Fetches the forecast and warns every gardener of frost",
        requirements: ["FR-004"],
        entities: [],
        depends_on: ['Slot "Book"', "MeteoPoint"],
      },
      { name: "Dashboard", responsibility: "Shows charts", requirements: [], entities: [] },
    ],
    alternatives: [
      {
        topic: "How warnings travel",
        option: "E-mail",
        pros: ["everybody has it"],
        cons: [],
        decision: "open",
      },
      {
        topic: "How warnings travel",
        option: "SMS",
        pros: [],
        cons: ["costs money"],
        decision: "open",
      },
    ],
    integration_points: [
      { name: "MeteoPoint", purpose: "hourly forecast", requirements: ["FR-003"] },
    ],
  },
} satisfies Json;

export const RISK = {
  risk_assessment: {
    risks: [
      {
        id: "R-001",
        category: "concurrency",
        description: "Two gardeners take one slot at the same moment",
        likelihood: "medium",
        impact: "high",
        score: 6,
        mitigation: "Let the database hold one owner per slot",
        owner: "Lead developer",
        early_sign: "Slots with two names in testing",
        sources: ["FR-002"],
      },
      {
        id: "R-002",
        category: "privacy",
        description: "Names stay longer than needed",
        likelihood: "low",
        impact: "medium",
        score: 2,
        mitigation: "Delete on schedule and check it",
        owner: "Product owner",
        early_sign: "Old rows",
        sources: ["FR-005"],
      },
    ],
    edge_cases: [{ description: "The forecast is not available", handling: null }],
  },
} satisfies Json;

export const ESTIMATION = {
  project_estimation: {
    method: "three-point by analogy",
    phases: [
      {
        id: "P1",
        name: "Phase 1: Watering and warnings",
        goal: "Gardeners share slots and get warnings",
        deliverables: ["Working slots"],
        effort_days: days(6),
        tasks: [
          {
            id: "E1",
            title: "Take slots (FR-001)",
            requirements: ["FR-001"],
            depends_on: [],
            effort_days: days(3),
          },
          {
            id: "E2",
            title: "Refuse taken slots",
            requirements: ["FR-002"],
            depends_on: ["E1"],
            effort_days: days(1),
          },
          {
            id: "E3",
            title: "Warn of frost",
            requirements: ["FR-004"],
            depends_on: ["E4"],
            effort_days: days(2),
          },
        ],
      },
      {
        id: "P2",
        name: "Forecast and upkeep",
        goal: "Forecasts arrive and old data leaves",
        depends_on: ["P1"],
        effort_days: days(3),
        tasks: [
          {
            id: "E4",
            title: "Fetch the forecast",
            requirements: ["FR-003"],
            depends_on: ["E1"],
            effort_days: days(2),
          },
          {
            id: "E5",
            title: "Delete old waterings",
            requirements: ["FR-005"],
            depends_on: [],
            effort_days: days(1),
          },
        ],
      },
    ],
    total_effort_days: days(9),
    assumptions: ["One developer"],
    confidence: "medium",
  },
} satisfies Json;

export const ANALYSES = {
  requirements: REQUIREMENTS,
  architecture: ARCHITECTURE,
  risk: RISK,
  estimation: ESTIMATION,
} as const;

/** Role inputs as the stage gives them. */
export const inputsOf = (
  spec: string,
  analyses: Readonly<Record<string, Json>>,
  more: Readonly<Record<string, Json | string>> = {},
): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ["spec.md", spec],
    ...Object.entries(analyses).map(([role, value]) => [
      `analyses/${role}.json`,
      JSON.stringify(value),
    ]),
    ...Object.entries(more).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ]);
