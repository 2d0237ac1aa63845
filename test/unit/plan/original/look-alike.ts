/** A plan of our own with one of each thing that the original drops or misreads; answers are worked out by hand. */
export const LOOK_ALIKE = `Intro before any heading.

# Implementation Plan: Ferry Bookings

## Overview

- [ ] 0.9 A box before the first phase

## Phase 1: Harbour

**Execution Note:** Tasks 1.1-1.2 are [SEQUENTIAL] - both change the timetable
**Execution Note:** Tasks 1.2 and 1.4 are [SEQUENTIAL] - words end the list

- [ ] 1.1 Read \`src/timetable.ts\` and update it
- [x] 1.2 Change the times in src/Timetable.ts
- [X] 1.3 Large X
* [ ] 1.4 Star bullet
- [ ] **1.5** Bold id
  - [ ] 1.1.1 Indented sub-task
- [ ] 1.1A Letter in the id
- [ ] VERIFY harbour
- [ ] 1.10 Tenth
- [ ] 1.9 Ninth (depends on 1.1)

\`\`\`markdown
# No title
- [ ] 1.20 An example in a fence
\`\`\`

### Phase 2: Third-level heading

- [ ] 2.1 Belongs to phase 1 (depends: 1.1)

## Phase 3 - Dash

- [ ] 3.1 So does this (DEPENDS: 2.1, 9.9)

## Phase 04: Boats (pipeline-start: when 1.1 completes)

**Execution Note:** Phases 1, 4 are [PARALLEL] - different harbours

- [ ] 4.1 Edit \`docs/boats.md\`
- [ ] 4.2 Describe them in boats.md, see \`docs/boats.md\` (depends: 1.1-1.9)
`;

export const PLAN_PATH = "docs/plans/ferry.md";
export const NOW = "2025-12-24T10:00:00.000Z";
