/** A small made-up project for the measures: files by path. */
import type { RepositoryFile, RepositoryListing } from "../../../src/repository/model.ts";

export const file = (path: string, text: string): RepositoryFile => ({
  path,
  bytes: text.length,
  text,
});

export const listingOf = (
  files: readonly RepositoryFile[],
  rest: Partial<RepositoryListing> = {},
): RepositoryListing => ({
  source: "git",
  note: null,
  complete: true,
  leftOut: [],
  files,
  ...rest,
});

export const SPEC = `# Feature Specification: Lend tools

## User Scenarios & Testing

### User Story 1 - Reserve (Priority: P1)

1. **Given** a drill, **When** a member reserves it, **Then** it shows as taken

## Requirements

### Functional Requirements

- **FR-001**: A member MUST be able to reserve a drill for a week
- **FR-002**: The desk MUST record the damage of a returned drill with photos
- **FR-003**: The treasurer MUST be able to refund a deposit [NEEDS CLARIFICATION: within how many days?]
- **FR-004**: The volunteer MUST sign in with a password before handing out

## Success Criteria

- **SC-001**: 95% of members reserve a drill in under 2 minutes
`;

export const TASKS = `# Tasks

- [x] T001 Reserve drills in \`src/reserve.ts\`, tested in \`test/reserve.test.ts\` (FR-001, SC-001)
- [x] T002 Damage photos in \`src/damage.ts\` (FR-002)
- [x] T003 Refunds (FR-003)
- [ ] T004 Desk, depends on T001
`;

export const FILES: readonly RepositoryFile[] = [
  file("README.md", "# Tools\n"),
  file(
    "package.json",
    '{ "dependencies": { "left-pad": "1" }, "devDependencies": { "eslint": "9" } }',
  ),
  file("specs/001-lend/spec.md", SPEC),
  file("specs/001-lend/tasks.md", TASKS),
  file(
    "src/reserve.ts",
    "// FR-001\nexport const reserve = (drill: string, member: string) => drill + member;\n",
  ),
  file("test/reserve.test.ts", 'test("a member reserves a drill (FR-001)", () => {});\n'),
];
