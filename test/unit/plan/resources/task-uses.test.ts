import { expect, test } from "vitest";
import type { Task } from "../../../../src/plan/model.ts";
import { expandBraces } from "../../../../src/plan/resources/expand-braces.ts";
import { pathMentionsIn } from "../../../../src/plan/resources/path-mentions.ts";
import { usesOfTask } from "../../../../src/plan/resources/task-uses.ts";
import { filled, growthOf, PATIENCE_MS } from "../../linear.ts";
import { taskOf } from "./tasks.ts";
import { TRUTH } from "./truth.ts";

const accessesOf = (task: Task): Readonly<Record<string, "w" | "r">> =>
  Object.fromEntries(
    usesOfTask(task).map(({ resource, access }) => [resource, access === "write" ? "w" : "r"]),
  );

/** Where the guess is known to be wrong. */
const WRONG = ["Seed the database with `prisma/seed.ts` data"];

test("files and what is done with them, against the truth written by hand", () => {
  const wrong: string[] = [];
  const all = { right: 0, found: 0, there: 0 };
  for (const [text, expected] of TRUTH) {
    const found = Object.entries(accessesOf(taskOf("T1", { text })));
    const right = found.filter(([path, access]) => expected[path] === access).length;
    all.right += right;
    all.found += found.length;
    all.there += Object.keys(expected).length;
    if (right < found.length || right < Object.keys(expected).length) wrong.push(text);
  }
  expect(wrong).toEqual(WRONG);
  const figures = { precision: all.right / all.found, recall: all.right / all.there };
  expect(figures.precision).toBeGreaterThan(0.97);
  expect(figures.recall).toBeGreaterThan(0.97);
});

test.each([
  ["a.ts:12:5, `b/c.go:3-9`; d/e.md#L4", ["a.ts", "b/c.go", "d/e.md"]],
  ["tests/a_test.py::test_x and (src/b.py)", ["tests/a_test.py", "src/b.py"]],
  [
    "**src/a.ts**, _src/b.ts_, 'src/c.ts' and “src/d.ts”.",
    ["src/a.ts", "src/b.ts", "src/c.ts", "src/d.ts"],
  ],
  ["`src/{models, views}/index.ts`", ["src/models/index.ts", "src/views/index.ts"]],
  ["docs/{plan}/x.md and `docs/<name>.md`", ["docs/*/x.md", "docs/*.md"]],
  [
    "src/app/[...slug]/page.tsx, src/routes/+page.svelte, app/@modal/(.)x/page.tsx",
    ["src/app/[...slug]/page.tsx", "src/routes/+page.svelte", "app/@modal/(.)x/page.tsx"],
  ],
  ["C:\\work\\src\\a.ts and test\\_name.py", ["work/src/a.ts", "test_name.py"]],
  [
    "/src/commands/list.ts, /etc/nginx/nginx.conf, /auth/me, /api/v1/users.{id}",
    ["src/commands/list.ts"],
  ],
  [
    "the .ts files, .spec.ts, .env, .env.local, .prettierrc, .NET",
    [".env", ".env.local", ".prettierrc"],
  ],
  ["user@mail.com @nestjs/config @scope/pkg v1.2 3.5.md5 process.env e.g. i.e. etc.", []],
  ["spec.md/plan.md", ["spec.md", "plan.md"]],
  ["src/.../deep.ts and src/** and *.test.ts", ["src/**/deep.ts", "src/**", "*.test.ts"]],
  ["apps/web, input/output, client/server, on/off, docs/", ["apps/web/", "docs/"]],
  ["コード src/日本/あ.ts を更新", ["src/日本/あ.ts"]],
  ["a.ts→b.ts a.ts|c.ts --out=d.ts", ["a.ts", "b.ts", "a.ts", "c.ts", "d.ts"]],
  ["[read this](../docs/x.md) or [y.md](./y.md)", ["docs/x.md", "y.md", "y.md"]],
])("paths in: %s", (text, expected) => {
  expect(pathMentionsIn(text).map(({ path }) => path)).toEqual(expected);
});

test("a mention says where it stands", () => {
  const text = "Fix `src/a.ts:3`, (see **./src/b.ts**)";
  expect(pathMentionsIn(text).map(({ offset, end }) => text.slice(offset, end))).toEqual([
    "src/a.ts",
    "./src/b.ts",
  ]);
});

test("braces are written out within bounds", () => {
  expect(expandBraces("a/{b,c}/{d,e}.ts")).toEqual([
    "a/b/d.ts",
    "a/b/e.ts",
    "a/c/d.ts",
    "a/c/e.ts",
  ]);
  expect(expandBraces("{a,{b,c}}.ts")).toEqual(["a.ts", "b.ts", "a.ts", "c.ts"]);
  expect(expandBraces(filled("{a,b}", 100)).length).toBeLessThanOrEqual(64);
});

test("declared files win: the rest of the text is read at most", () => {
  const place = { file: "tasks.md", line: 2 };
  const task = taskOf("T1", {
    text: "Update src/a.ts and src/b.ts",
    files: [
      { path: "src/a.ts", access: "read", place },
      { path: "./src/new.ts", access: "write", place },
      { path: "src/maybe.ts", access: undefined, place },
    ],
  });
  expect(
    usesOfTask(task).map(({ resource, access, sure, source }) => [resource, access, sure, source]),
  ).toEqual([
    ["src/a.ts", "read", true, "declared"],
    ["src/new.ts", "write", true, "declared"],
    ["src/maybe.ts", "write", false, "declared"],
    ["src/b.ts", "read", false, "mention"],
  ]);
});

test("lines below a task belong to it: by their field, their verb, or else the task's; fences are examples", () => {
  const details = [
    "  - Files: src/one.ts",
    "  - Verify: npx vitest run test/one.test.ts",
    "  - _Leverage: src/lib/base.ts_",
    "  - `src/two.ts`",
    "  - Review src/three.ts",
    "```ts",
    'import { x } from "./four.ts";',
    "```",
  ].map((text, index) => ({ line: 11 + index, text }));
  const uses = usesOfTask(taskOf("T10", { text: "Add the thing", details }));
  expect(uses.map(({ resource, access, place }) => [resource, access, place.line])).toEqual([
    ["src/one.ts", "write", 11],
    ["test/one.test.ts", "read", 12],
    ["src/lib/base.ts", "read", 13],
    ["src/two.ts", "write", 14],
    ["src/three.ts", "read", 15],
  ]);
});

test.each([
  "`",
  "a/",
  "(",
  "{a,",
  "{a,b}",
  "*",
  "a.ts ",
  "a.ts, ",
  "](",
  "\\a",
  "<a",
  " - ",
  "and ",
  ". A",
  "_",
  "..",
  "./",
  "§ the the ",
])(
  "linear on hostile text: %s",
  (part) => {
    expect(
      growthOf(
        (size) => filled(part, size),
        (text) => {
          pathMentionsIn(text);
          usesOfTask(taskOf("T1", { text, details: [{ line: 2, text }] }));
        },
        4_000,
      ),
    ).toBe("linear");
  },
  PATIENCE_MS,
);
