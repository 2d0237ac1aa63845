/** What the estimate says in words: no order that its own phases contradict, one of a thing as one. */
import { expect, test } from "vitest";
import { expectSound } from "./holds.ts";

/** The last story's only requirement also fits an earlier one, so that the story itself is proven by a task of its own. */
const SHIFTS = `# Feature Specification: Shift Plans

## User Scenarios & Testing

### User Story 1 - Planner publishes shift plans (Priority: P1)

A planner creates a shift plan for a team.

1. **Given** a team, **When** the planner creates a shift plan, **Then** the shift plan is stored for the team.

### User Story 2 - Planner changes shift plans (Priority: P1)

A planner changes and deletes shift plans.

1. **Given** a planner with several shift plans, **When** they view the shift page, **Then** they see all shift plans listed with team, week and next planned shift.
2. **Given** a shift plan, **When** the planner deletes the shift plan, **Then** no shifts are worked and the shift plan is gone.

### User Story 3 - Nurse sees the next shift (Priority: P3)

A nurse sees when the next shift of the shift plan begins.

1. **Given** a nurse with a shift plan, **When** they open their dashboard, **Then** they see "Next shift: Friday".

### User Story 4 - Nurse sees the next shift at the door (Priority: P3)

A nurse sees at the door when their next planned shift begins.

1. **Given** a nurse with a shift plan, **When** they look at the door, **Then** they see "Next shift: Friday".

### Edge Cases

- What happens when two shift plans overlap?

## Requirements

- **FR-001**: Planners MUST be able to create shift plans for their teams
- **FR-002**: Planners MUST be able to delete shift plans
- **FR-003**: Nurses MUST be able to see when their next planned shift will begin

### Key Entities

- **ShiftPlan**: The shifts of a team. Attributes: team, week

## Success Criteria

- **SC-001**: A shift plan is published in under 2 minutes
`;

const phaseNumber = (id: string | undefined) => Number(id?.slice(2));

test("no phase is said to come before one that it follows", () => {
  const { estimation } = expectSound(SHIFTS);
  const backwards = estimation.sequencing.filter((text) => {
    const [, first, second] = /is planned in (PH\d+) before \S+ in (PH\d+)/.exec(text) ?? [];
    return first !== undefined && phaseNumber(first) >= phaseNumber(second);
  });
  expect(backwards).toEqual([]);
});

test("one of a thing is said as one, none of it is not said", () => {
  const { estimation } = expectSound(SHIFTS);
  const titles = estimation.phases.flatMap(({ tasks }) => tasks.map(({ title }) => title));
  const made = estimation.phases.flatMap(({ deliverables }) => deliverables);
  expect(titles).toContain("Try the edge case");
  expect(made).toContain("Measured values of 1 success criterion");
  expect(
    [...titles, ...made].filter((text) => /\b1 (?:edge cases|success criteria)|\(0 /.test(text)),
  ).toEqual([]);
});

/** "planned watering" is that of a watering plan; one requirement is all that the last story has. */
const WATERING = `# Feature Specification: Watering

## User Scenarios & Testing

### User Story 1 - Gardener sets up a weekly watering plan (Priority: P1)

A gardener plans waterings so that the valve opens by itself on the day of the plan.

1. **Given** a bed, **When** the gardener creates a weekly watering schedule for Fridays, **Then** the schedule is saved and shown.
2. **Given** an active watering schedule, **When** the day arrives, **Then** the system automatically executes the scheduled watering.

### User Story 2 - Gardener views and manages watering schedules (Priority: P1)

A gardener sees all schedules and changes them.

1. **Given** several schedules, **When** the gardener views the schedule page, **Then** they see all schedules with bed, amount, and next scheduled watering.
2. **Given** an active schedule, **When** the gardener deletes the schedule, **Then** no future waterings are made.

### User Story 3 - Neighbour sees the upcoming watering (Priority: P3)

Neighbours want to know when their next watering is coming.

1. **Given** a neighbour with an active schedule, **When** they view their dashboard, **Then** they see "Next watering: Friday".

## Requirements

- **FR-001**: Gardeners MUST be able to create watering schedules for their beds
- **FR-002**: System MUST automatically execute scheduled waterings at the appropriate time
- **FR-003**: Gardeners MUST be able to view all active watering schedules
- **FR-004**: Gardeners MUST be able to delete watering schedules
- **FR-005**: Neighbours MUST be able to see when their next scheduled watering will arrive
- **FR-006**: System MUST process any missed scheduled waterings after an outage
`;

test("what is scheduled needs the schedule, and a story's only requirement is built with it", () => {
  const { requirements, estimation } = expectSound(WATERING);
  const why = (id: string) =>
    requirements.dependencies.find(({ from, to }) => from === id && to === "FR-001")?.reason;
  // the words are evidence by themselves, also where the schedule is no topic of the requirement
  expect(why("FR-002")).toContain('speaks of "scheduled waterings"');
  expect(why("FR-006")).toContain('speaks of "scheduled waterings"');
  const found = new Map(requirements.functional.map((one) => [one.id, one.priority]));
  expect([found.get("FR-002"), found.get("FR-005")]).toEqual(["P1", "P3"]);
  const last = estimation.phases.find(({ name }) => name.startsWith("US3"));
  expect(last?.tasks.map(({ title }) => title.slice(0, 6))).toEqual(["FR-005"]);
});
