/** Small specs of our own, one of each kind the analysts must cope with. */
export const LIBRARY = `# Feature Specification: Book Lending

**Input**: User description: "Members borrow books"

## User Scenarios & Testing

### User Story 1 - Borrow a book (Priority: P1)

A member borrows an available book for two weeks.

**Why this priority**: Lending is what the library is for.

**Independent Test**: A member borrows a book and it is no longer available.

**Acceptance Scenarios**:

1. **Given** a signed-in member and an available book, **When** the member borrows the book, **Then** a loan is created that is due in 14 days.
2. **Given** two members and one book, **When** both borrow the book at the same time, **Then** only the first loan is created.

### User Story 2 - Add books (Priority: P1)

A librarian adds books to the catalogue.

**Acceptance Scenarios**:

1. **Given** a librarian, **When** the librarian adds a book with a title and an ISBN, **Then** the book appears in the catalogue.

### User Story 3 - Remind members (Priority: P3)

A member gets an e-mail reminder before a loan is due.

### Edge Cases

- What happens when a member returns a damaged book?
- What happens when the book is reserved? The reservation holder is asked first.

## Requirements

### Functional Requirements

- **FR-001**: Librarians MUST be able to add books to the catalogue
- **FR-002**: Members MUST be able to borrow an available book
- **FR-003**: Members MUST be able to log in with e-mail address and password
- **FR-004**: System MUST send reminder e-mails two days before a loan is due
- **FR-005**: Members MUST be able to return a borrowed book [NEEDS CLARIFICATION: at any branch?]
- **FR-006**: System MUST prevent two loans of one book at a time, as FR-002 creates them

### Key Entities

- **Book**: A title that can be lent. Attributes: title, isbn
- **Loan**: The period for which a member keeps a book. Attributes: member, book, due date

## Success Criteria

- **SC-001**: Members borrow a book in under 30 seconds
- **SC-002**: Members find the library pleasant

## Assumptions

- The e-mail service is available
`;

export const TOOL = `# Feature Specification: Release Script

## User Scenarios & Testing

### User Story 1 - Cut a release (Priority: P1)

A maintainer runs \`release.sh\` from the terminal and gets a tag and a changelog.

**Acceptance Scenarios**:

1. **Given** a clean working tree, **When** the maintainer runs \`release.sh --minor\`, **Then** the script creates a git tag and writes CHANGELOG.md.
2. **Given** a dirty working tree, **When** the maintainer runs \`release.sh\`, **Then** the script stops with exit code 2 and changes nothing.

## Requirements

- **FR-001**: \`release.sh\` MUST check for the existence of \`git\` before attempting anything
- **FR-002**: \`release.sh\` MUST create a git tag for the new version
- **FR-003**: \`release.sh\` MUST NOT overwrite an existing tag
- **FR-004**: The shell script MUST write the changelog to \`CHANGELOG.md\` with \`--minor\` or \`--major\`

### Key Entities

- **Changelog**: The file that lists changes of each version
`;

export const FRENCH = `# Spécification : Gestion des annonces

## Exigences

- **FR-001**: Le système DOIT permettre à une association de publier une annonce
- **FR-002**: Les visiteurs DOIVENT pouvoir consulter les annonces publiées
- **FR-003**: Le système DOIT refuser une annonce de plus de 2 000 caractères
`;

export const STORIES_ONLY = `# Feature Specification: Garden Plan

## User Scenarios

### User Story 1 - Draw beds (Priority: P1)

As a gardener, I want to draw beds on a plan, so that I see what fits.

**Acceptance Scenarios**:

1. **Given** an empty plan, **When** I draw a bed, **Then** the bed is shown with its area.

### User Story 2 - Place plants (Priority: P2)

As a gardener, I want to place plants in a bed, so that I know how many to buy.
`;

export const BARE = `# Something\n\nTo be written.\n`;
export const EMPTY = "";

export const ALL: Readonly<Record<string, string>> = {
  LIBRARY,
  TOOL,
  FRENCH,
  STORIES_ONLY,
  BARE,
  EMPTY,
};
