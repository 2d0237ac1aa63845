/**
 * Lines of tasks in the manner of public tasks.md and plan files, with the files that a person says are written (`w`) or read
 * (`r`) by who does them, and the folders that are only named (`r`). Written down before the code was run on them.
 */
export const TRUTH: readonly (readonly [string, Readonly<Record<string, "w" | "r">>])[] = [
  ["Create user model in src/models/user.ts", { "src/models/user.ts": "w" }],
  [
    "Add `lend()` to `src/loans/service.ts` per research.md Decision 4",
    { "src/loans/service.ts": "w", "research.md": "r" },
  ],
  [
    "[P] [US1] Contract test GET /api/loans/{id} in tests/contract/test_loans_get.py",
    { "tests/contract/test_loans_get.py": "w" },
  ],
  ["Modify app.module.ts to register the LoanModule", { "app.module.ts": "w" }],
  [
    "Review `docs/roadmap.md` and leave it unchanged unless the scope changes",
    { "docs/roadmap.md": "r" },
  ],
  [
    "Write unit tests for `src/lib/dates.ts` in `src/lib/dates.test.ts`",
    { "src/lib/dates.ts": "r", "src/lib/dates.test.ts": "w" },
  ],
  [
    "Run `npx vitest run tests/unit/dates.test.ts` and confirm it passes",
    { "tests/unit/dates.test.ts": "r" },
  ],
  ["Run quickstart.md validation", { "quickstart.md": "r" }],
  [
    "Update `packages/{api,web}/src/index.ts` to export the client",
    { "packages/api/src/index.ts": "w", "packages/web/src/index.ts": "w" },
  ],
  [
    "Extract date helpers from src/a/dates.ts to src/lib/dates.ts",
    { "src/a/dates.ts": "w", "src/lib/dates.ts": "w" },
  ],
  ["Remove the legacy flag from `config/flags.yaml`", { "config/flags.yaml": "w" }],
  [
    "Rename `src/old_name.py` to `src/new_name.py`",
    { "src/old_name.py": "w", "src/new_name.py": "w" },
  ],
  [
    "Implement the entities from data-model.md in backend/internal/domain/loan.go",
    { "data-model.md": "r", "backend/internal/domain/loan.go": "w" },
  ],
  [
    "Build BookCard using the pattern in frontend/src/components/UserCard.tsx",
    { "frontend/src/components/UserCard.tsx": "r" },
  ],
  [
    "Create `src/routes/loans.$id.tsx` (uses the loader, redirects to `/login?next=1`)",
    { "src/routes/loans.$id.tsx": "w" },
  ],
  [
    "Add page `src/app/(auth)/login/page.tsx` and `src/app/loans/[id]/page.tsx`",
    { "src/app/(auth)/login/page.tsx": "w", "src/app/loans/[id]/page.tsx": "w" },
  ],
  ["Refactor src\\services\\loans.cs to use the repository", { "src/services/loans.cs": "w" }],
  [
    "Import Button from @/components/ui/Button in src/app/page.tsx",
    { "components/ui/Button": "r", "src/app/page.tsx": "w" },
  ],
  [
    "Upgrade to Node.js v20.1.2 and Next.js 15, i.e. and/or req/s, US1/AC2, T001/T002, application/json",
    {},
  ],
  ["Add a Dockerfile and a Makefile with the usual targets", { Dockerfile: "w", Makefile: "w" }],
  ["Add `dist/` to .gitignore", { "dist/": "r", ".gitignore": "w" }],
  ["Configure CI in .github/workflows/ci.yml", { ".github/workflows/ci.yml": "w" }],
  ["Format everything below `src/**/*.ts`", { "src/**/*.ts": "w" }],
  [
    "Verify that `setup.sh` exists and matches the contract in specs/001-setup/contracts/setup.md",
    { "setup.sh": "r", "specs/001-setup/contracts/setup.md": "r" },
  ],
  [
    "Run `shellcheck deploy.sh` and fix the findings in scripts/deploy.sh",
    { "deploy.sh": "w", "scripts/deploy.sh": "w" },
  ],
  ["See https://example.com/a/b.ts and github.com/acme/tools/main.go for the protocol", {}],
  ["Update `spec.md` — replace the micro-spec in FR-006", { "spec.md": "w" }],
  [
    "Implement ListLoans in backend/loans/handler.go — query by family, same shape as backend/users/handler.go",
    { "backend/loans/handler.go": "w", "backend/users/handler.go": "r" },
  ],
  [
    "Integration tests for `PUT /api/items/{id}` in `Api.Tests/Integration/ItemsTests.cs`: `200` for the owner. **Confirmed RED**: `Cannot find module './items'`",
    { "Api.Tests/Integration/ItemsTests.cs": "w" },
  ],
  [
    "Add handler for POST /auth/logout in src/auth/controller.ts:42, wire it in src/app.ts",
    { "src/auth/controller.ts": "w", "src/app.ts": "w" },
  ],
  [
    "Move docs/old/guide.md into docs/guide.md; update links in README.md",
    { "docs/old/guide.md": "w", "docs/guide.md": "w", "README.md": "w" },
  ],
  [
    "Create project structure with src/, tests/ and docs/",
    { "src/": "r", "tests/": "r", "docs/": "r" },
  ],
  ["Delete `src/legacy/`", { "src/legacy/": "w" }],
  [
    "Add ProtectedRoute to frontend/src/App.tsx based on frontend/src/routes/README.md",
    { "frontend/src/App.tsx": "w", "frontend/src/routes/README.md": "r" },
  ],
  [
    "Check `response.json()` and `Promise.all` are awaited in src/api/client.ts",
    { "src/api/client.ts": "r" },
  ],
  ["Test tests/e2e/loans.spec.ts against staging", { "tests/e2e/loans.spec.ts": "r" }],
  [
    "Re-export explorer types from packages/shared/src/index.ts",
    { "packages/shared/src/index.ts": "w" },
  ],
  [
    "Créer `backend/internal/loans/fakes.go` selon `specs/002-loans/plan.md`",
    { "backend/internal/loans/fakes.go": "w", "specs/002-loans/plan.md": "r" },
  ],
  [
    "Record the result in [notes.md](./notes.md) and lock [events.md](./contracts/events.md)",
    { "notes.md": "w", "events.md": "w", "contracts/events.md": "w" },
  ],
  ["Ensure touch targets of 44px in apps/web/src/Shell.tsx", { "apps/web/src/Shell.tsx": "w" }],
  [
    "Document the deviations from quickstart.md in `specs/002-loans/notes.md`",
    { "quickstart.md": "r", "specs/002-loans/notes.md": "w" },
  ],
  ["In `apps/mobile/app.json`, set the scheme to `loans`", { "apps/mobile/app.json": "w" }],
  [
    "Analyze `scripts/lib/status.js` and scripts/cli.js for shared state",
    { "scripts/lib/status.js": "r", "scripts/cli.js": "r" },
  ],
  [
    "Generate migration `AddLoans` in `backend/Data/Migrations/` via `dotnet ef migrations add AddLoans --project backend/Api`",
    { "backend/Data/Migrations/": "r", "backend/Api/": "r" },
  ],
  [
    "Add `.env.example` entries and read them in `src/config/env.ts`",
    { ".env.example": "w", "src/config/env.ts": "w" },
  ],
  [
    "`build-sentence.spec.ts`: a sentence for each change in `src/feed/build-sentence.spec.ts`",
    { "build-sentence.spec.ts": "w", "src/feed/build-sentence.spec.ts": "w" },
  ],
  ["Implement `cancel_run()` so that tests/test_cancel.py passes", { "tests/test_cancel.py": "r" }],
  ["Performance tests (<200ms) for input/output, e.g. v1.2.3", {}],
  ["Seed the database with `prisma/seed.ts` data", { "prisma/seed.ts": "w" }],
  [
    "Write tests/loans/renew_test.go for the rule in src/loans/renew.go",
    { "tests/loans/renew_test.go": "w", "src/loans/renew.go": "r" },
  ],
];
