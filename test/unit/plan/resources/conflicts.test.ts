import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digraph, reversed } from "../../../../src/core/graph/digraph.ts";
import { unorderedPairs } from "../../../../src/core/graph/unordered-pairs.ts";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import type { Plan, Task } from "../../../../src/plan/model.ts";
import { exclusionsOf } from "../../../../src/plan/resources/exclusions.ts";
import { findConflicts } from "../../../../src/plan/resources/find-conflicts.ts";
import { fixedPrefix, globMatcher } from "../../../../src/plan/resources/glob.ts";
import { hotResources } from "../../../../src/plan/resources/hot-resources.ts";
import { knownPaths } from "../../../../src/plan/resources/known-paths.ts";
import { collidingMarks } from "../../../../src/plan/resources/parallel-marks.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";
import { sharedByStories } from "../../../../src/plan/resources/shared-by-stories.ts";
import { filled, growthOf, PATIENCE_MS } from "../../linear.ts";
import { taskOf } from "./tasks.ts";

const place = { file: "tasks.md", line: 1 };

/** A plan without phases in which `[a, b]` says that b waits for a. */
const planOf = (
  tasks: readonly Task[],
  edges: readonly (readonly [string, string])[] = [],
): Plan => ({
  file: "tasks.md",
  dialect: "plan-file",
  title: "",
  phases: [],
  tasks,
  verifications: [],
  dependencies: edges.map(([dependency, dependent]) => ({
    dependency,
    dependent,
    origin: "explicit",
    strength: "hard",
    place,
  })),
  sequences: [],
  upstream: [],
  diagnostics: [],
});
const graphOf = (plan: Plan) => buildGraph(plan, { barriers: "phases", inferred: true });
const edit = (key: string, file: string, more: Partial<Task>) =>
  taskOf(key, { text: `Update ${file}`, ...more });
const named = (edges: readonly (readonly [number, number])[]) =>
  edges.map(([a, b]) => [`T${a + 1}`, `T${b + 1}`] as const);
const number = (key: string) => Number(key.slice(1)) - 1;
const keyed = (tasks: readonly Task[]) => tasks.map((task) => [task.key, task] as const);
const usesOf = (tasks: readonly Task[], files?: readonly string[]) =>
  usesOfTasks(keyed(tasks), files);
const resourcesOf = (text: string, others: readonly string[] = [], files?: readonly string[]) =>
  (
    usesOf(
      [taskOf("T1", { text }), ...others.map((other, at) => taskOf(`T${at + 2}`, { text: other }))],
      files,
    ).get("T1") ?? []
  )
    .filter(({ vague }) => vague !== true)
    .map(({ resource, access }) => `${access === "write" ? "w" : "r"} ${resource}`);

test("pairs that nothing orders conflict; those that wait for each other don't; reading together is none", () => {
  const tasks = [
    taskOf("T1", { text: "Create src/a.ts" }),
    taskOf("T2", { text: "Update src/a.ts" }),
    taskOf("T3", { text: "Add b to src/a.ts" }),
    taskOf("T4", { text: "Create src/b.ts like src/a.ts" }),
    taskOf("T5", { text: "Create src/c.ts like src/a.ts" }),
  ];
  const found = findConflicts(graphOf(planOf(tasks, [["T1", "T2"]])), usesOf(tasks));
  expect(
    found.contentions.map(({ resource, writeWrite, readWrite, colliding }) => ({
      resource,
      writeWrite,
      readWrite,
      colliding,
    })),
  ).toEqual([{ resource: "src/a.ts", writeWrite: 2, readWrite: 6, colliding: ["T1", "T2", "T3"] }]);
  expect(
    found.contentions[0]?.listed.map(({ a, b, kind, sure, exclusive }) => [
      a,
      b,
      kind,
      sure,
      exclusive,
    ]),
  ).toEqual([
    ["T1", "T3", "write-write", false, true],
    ["T1", "T4", "read-write", false, false],
    ["T1", "T5", "read-write", false, false],
    ["T2", "T3", "write-write", false, true],
    ["T2", "T4", "read-write", false, false],
    ["T2", "T5", "read-write", false, false],
    ["T3", "T4", "read-write", false, false],
    ["T3", "T5", "read-write", false, false],
  ]);
  expect(found.contentions[0]?.listed[0]?.places).toEqual([
    { file: "tasks.md", line: 1 },
    { file: "tasks.md", line: 3 },
  ]);
});

test("a declared read beside a declared write is exclusive, and sure", () => {
  const tasks = [
    taskOf("T1", { files: [{ path: "a.ts", access: "write", place }] }),
    taskOf("T2", { files: [{ path: "a.ts", access: "read", place }] }),
  ];
  const [contention] = findConflicts(graphOf(planOf(tasks)), usesOf(tasks)).contentions;
  expect(contention?.listed).toMatchObject([{ kind: "read-write", sure: true, exclusive: true }]);
  expect(exclusionsOf(usesOf(tasks)).clash("T1", "T2")).toBe("a.ts");
});

test("globs and folders reach the files of other tasks; a folder that is only named reaches none", () => {
  const tasks = [
    taskOf("T1", { text: "Format `src/**/*.ts`" }),
    taskOf("T2", { text: "Create src/lib/a.ts" }),
    taskOf("T3", { text: "Delete `src/lib/`" }),
    taskOf("T4", { text: "Build the page in `src/lib/`" }),
    taskOf("T5", { text: "Create src/lib/deep/b.tsx" }),
  ];
  const found = findConflicts(graphOf(planOf(tasks)), usesOf(tasks));
  const pairs = found.contentions.flatMap(({ listed }) =>
    listed.map(({ a, b, resource }) => `${a} ${b} ${resource}`),
  );
  expect(pairs).toEqual([
    "T1 T2 src/lib/a.ts",
    "T1 T3 src/lib/a.ts",
    "T2 T3 src/lib/a.ts",
    "T3 T5 src/lib/deep/b.tsx",
  ]);
  expect(found.complete).toBe(true);
});

test("marks that collide, stories that share files, and the file that costs most", () => {
  const tasks = [
    edit("T1", "src/a.ts", { parallel: true, stories: ["US1"] }),
    edit("T2", "src/a.ts", { parallel: true, stories: ["US2"] }),
    edit("T3", "src/a.ts", { stories: ["US2"] }),
    edit("T4", "src/b.ts", { parallel: true, stories: ["US2"] }),
    edit("T5", "src/b.ts", { parallel: true, stories: ["US2"] }),
    edit("T6", "src/c.ts", { parallel: true, stories: ["US3"] }),
  ];
  const graph = graphOf(planOf(tasks, [["T4", "T5"]]));
  const uses = usesOf(tasks);
  const marks = collidingMarks(graph, uses);
  expect([marks.marked, marks.colliding, marks.conflicts.writeWrite]).toEqual([5, ["T1", "T2"], 1]);
  expect(sharedByStories(keyed(tasks), uses)).toEqual({
    stories: 3,
    files: [{ resource: "src/a.ts", stories: ["US1", "US2"], tasks: ["T1", "T2", "T3"] }],
    pairs: 1,
  });
  const each = graph.minutes[0] ?? 0;
  expect(hotResources(graph, findConflicts(graph, uses), 2 * each)).toEqual([
    {
      resource: "src/a.ts",
      kind: "file",
      tasks: 3,
      writers: 3,
      phases: [],
      stories: ["US1", "US2"],
      pairs: 3,
      unordered: 1,
      writerMinutes: 3 * each,
      costsAtLeast: each,
    },
  ]);
});

describe("names are completed from what is known", () => {
  test.each([
    ["Modify app.module.ts", ["Create src/app.module.ts"], ["w src/app.module.ts"]],
    ["Modify app.module.ts", ["Create a/app.module.ts", "Create b/app.module.ts"], []],
    ["Modify lib/x.ts", ["Create web/lib/x.ts"], ["w web/lib/x.ts"]],
    ["Modify lib/x.ts", ["Create glib/x.ts"], ["w lib/x.ts"]],
    ["Update package.json", ["Update web/package.json"], ["w package.json"]],
    ["Create index.ts", [], []],
    [
      "Create index.ts and types.ts in src/loans/",
      [],
      ["w src/loans/index.ts", "w src/loans/types.ts", "r src/loans/"],
    ],
    [
      "In `apps/mobile/`, run `npx expo install expo`",
      [],
      ["r apps/mobile/", "w apps/mobile/package.json", "w dependencies"],
    ],
  ])("%s beside %j", (text, others, expected) => {
    expect(resourcesOf(text, others)).toEqual(expected);
  });

  test("from the repository, where a path that is there stays what it is", () => {
    expect(resourcesOf("Fix main.go", [], ["cmd/main.go"])).toEqual(["w cmd/main.go"]);
    expect(resourcesOf("Fix main.go", [], ["main.go", "cmd/main.go"])).toEqual(["w main.go"]);
  });

  test("hostile names cost their own length only", () => {
    const known = knownPaths(["__proto__/constructor", "a/b", filled("x/", 10_000)]);
    expect([known("constructor"), known("b"), known("toString")]).toEqual([
      "__proto__/constructor",
      "a/b",
      "toString",
    ]);
  });
});

test.each([
  ["Install zod and pino dependencies", ["w dependencies"]],
  ["Run `pnpm add zod`", ["w package.json", "w dependencies"]],
  ["Add NuGet packages to `api/Api.csproj`", ["w api/Api.csproj", "w dependencies"]],
  ["Document how to install dependencies", []],
  ["Add the `zod` package", ["w dependencies"]],
  ["Add `leaflet` and its types to project dependencies", ["w dependencies"]],
  ["Update batching to respect dependencies", []],
  ["Update dependency checking of the runner", []],
  ["Add dependency-aware progress estimation", []],
  ["Add a dependency graph of the tasks", []],
  ["Remove circular dependencies", []],
  ["Dependencies are known", []],
  ["Create `.github/workflows/ci.yml`: `pnpm install` → build", ["w .github/workflows/ci.yml"]],
  ["Run `pnpm install --frozen-lockfile`", []],
  ["Add a script to packages/core/package.json", ["w packages/core/package.json"]],
  [
    "Create types.ts, Legend.stories.tsx in src/Legend/",
    ["w src/Legend/types.ts", "w src/Legend/Legend.stories.tsx", "r src/Legend/"],
  ],
  ["Run the database migrations", ["w database schema"]],
  ["Generate migration `AddLoans`", ["w database schema"]],
  ["Start the dev server on port 3000", ["w port 3000"]],
  ["Serve it at http://localhost:4000/health", ["w port 4000"]],
  ["Explain migration of users", []],
  ["Create feature branch for the release", ["w git branch"]],
  ["Add install button", []],
  ["Implement branch coverage", []],
])("what is no path: %s", (text, expected) => {
  expect(resourcesOf(text)).toEqual(expected);
});

test.each([
  ["src/**/*.ts", "src/a.ts", true],
  ["src/**/*.ts", "src/a/b/c.ts", true],
  ["src/**/*.ts", "lib/a.ts", false],
  ["src/*/index.ts", "src/a/index.ts", true],
  ["src/*/index.ts", "src/a/b/index.ts", false],
  ["*.test.ts", "deep/in/a.test.ts", true],
  ["src/[id]/page.tsx", "src/[id]/page.tsx", true],
  ["src/[id]/page.tsx", "src/i/page.tsx", false],
  ["src/**", "src/a/b", true],
  ["**/a/**/b", "x/a/y/a/z/b", true],
  ["a?.ts", "ab.ts", true],
  ["a*b*c", "aXbYbZc", true],
  ["a*b*c", "aXbYbZ", false],
])("%s on %s: %s", (pattern, path, expected) => {
  expect(globMatcher(pattern)(path)).toBe(expected);
});

test("globs match what their regular expression matches, and begin with their fixed part", () => {
  const segment = fc.stringMatching(/^[ab*?]{1,4}$/);
  const pattern = fc.array(fc.oneof(segment, fc.constant("**")), { minLength: 2, maxLength: 5 });
  const path = fc.array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(pattern, path, (parts, segments) => {
      const source = parts.map((part) =>
        part === "**" ? "(?:[^/]+/)*" : `${part.replace(/\*+/g, "[^/]*").replace(/\?/g, "[^/]")}/`,
      );
      const expected = new RegExp(`^${source.join("")}$`).test(`${segments.join("/")}/`);
      const text = parts.join("/");
      const matched = globMatcher(text)(segments.join("/"));
      // `***` as a part of its own is a star of one segment here and there
      expect(matched).toBe(expected);
      if (matched)
        expect(segments.join("/").startsWith(fixedPrefix(text).replace(/\/$/, ""))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test(
  "hostile globs are linear",
  () => {
    expect(
      growthOf(
        (size) => filled("a", size),
        (path) => globMatcher("*a*a*a*a*a*a*b/**/x*y*z")(`${path}/${path}`),
        4_000,
      ),
    ).toBe("linear");
    expect(
      growthOf(
        (size) => filled("a/", size),
        (path) => globMatcher("**/a/**/a/**/a/**/b")(path),
        4_000,
      ),
    ).toBe("linear");
  },
  PATIENCE_MS,
);

/** A graph and groups, small enough to count by hand. */
const cases = fc.integer({ min: 2, max: 40 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    /** Nodes that all before lead to and all behind come from. */
    hubs: fc.array(fc.nat(size - 1), { maxLength: 2 }),
    edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }),
    groups: fc.array(
      fc.uniqueArray(fc.tuple(fc.nat(size - 1), fc.boolean()), {
        selector: ([node]) => node,
        maxLength: 40,
      }),
      { maxLength: 5 },
    ),
  }),
);

const closureOf = (size: number, edges: readonly (readonly [number, number])[]) => {
  const reach = Array.from({ length: size }, () => new Set<number>());
  for (let node = size - 1; node >= 0; node--)
    for (const [from, to] of edges)
      if (from === node && to > from)
        for (const each of [to, ...(reach[to] ?? [])]) reach[node]?.add(each);
  return (a: number, b: number) => reach[a]?.has(b) === true || reach[b]?.has(a) === true;
};

test("unordered pairs are counted as a closure of the graph counts them, also with more than 128 nodes", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 8 }), ({ size, hubs, edges, groups }, times) => {
      // several copies of one graph beside each other: more nodes than are followed at once
      const total = size * times;
      const through = hubs.flatMap((hub) =>
        Array.from({ length: size }, (_, node) =>
          node < hub ? ([node, hub] as const) : ([hub, node] as const),
        ),
      );
      const down = [...edges, ...through].filter(([from, to]) => from < to);
      const all = Array.from({ length: times }, (_, copy) =>
        down.map(([from, to]) => [from + copy * size, to + copy * size] as const),
      ).flat();
      const ordered = closureOf(total, all);
      const graph = digraph(
        total,
        all.map(([from]) => from),
        all.map(([, to]) => to),
      );
      const given = groups.map((group) => {
        const members = Array.from({ length: times }, (_, copy) =>
          group.map(([node, marked]) => [node + copy * size, marked] as const),
        ).flat();
        return {
          nodes: members.map(([node]) => node),
          marked: members.map(([, marked]) => marked),
        };
      });
      const order = Uint32Array.from({ length: total }, (_, index) => index);
      const found = unorderedPairs({ backward: reversed(graph), order }, given, 5);
      given.forEach(({ nodes, marked }, index) => {
        const counted = { marked: 0, mixed: 0, nodes: new Set<number>() };
        nodes.forEach((a, one) =>
          nodes.forEach((b, other) => {
            if (a >= b || ordered(a, b) || !(marked[one] === true || marked[other] === true))
              return;
            if (marked[one] !== marked[other]) counted.mixed++;
            else {
              counted.marked++;
              counted.nodes.add(a).add(b);
            }
          }),
        );
        const got = found[index];
        expect(got?.marked).toBe(counted.marked);
        expect(got?.mixed).toBe(counted.mixed);
        expect(new Set(got?.markedNodes)).toEqual(counted.nodes);
        expect(got?.markedPairs.length).toBe(Math.min(5, counted.marked));
        for (const [a, b] of [...(got?.markedPairs ?? []), ...(got?.mixedPairs ?? [])])
          expect(ordered(a, b)).toBe(false);
      });
    }),
    { numRuns: 200 },
  );
});

const plans = fc
  .array(
    fc.tuple(
      fc.constantFrom("Create", "Review", "Update"),
      fc.constantFrom("src/a.ts", "src/b.ts", "`src/**/*.ts`", "src/lib/c.ts", "index.ts"),
    ),
    { minLength: 2, maxLength: 12 },
  )
  .chain((lines) =>
    fc.record({
      tasks: fc.constant(
        lines.map(([verb, path], at) => taskOf(`T${at + 1}`, { text: `${verb} ${path}` })),
      ),
      edges: fc.array(
        fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1)).filter(([a, b]) => a < b),
        { maxLength: 20 },
      ),
      extra: fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1)).filter(([a, b]) => a < b),
    }),
  );

test("ordered tasks never conflict, another edge never adds a conflict, and exclusions agree in both directions", () => {
  fc.assert(
    fc.property(plans, ({ tasks, edges, extra }) => {
      const uses = usesOf(tasks);
      const pairsOf = (some: readonly (readonly [number, number])[]) =>
        findConflicts(graphOf(planOf(tasks, named(some))), uses, {
          listed: 1_000,
        }).contentions.flatMap(({ listed }) => listed);
      const before = pairsOf(edges);
      const ordered = closureOf(tasks.length, edges);
      for (const { a, b } of before) {
        expect(ordered(number(a), number(b))).toBe(false);
        expect(number(a)).toBeLessThan(number(b));
      }
      const names = new Set(before.map(({ a, b, resource }) => `${a} ${b} ${resource}`));
      for (const { a, b, resource } of pairsOf([...edges, extra]))
        expect(names).toContain(`${a} ${b} ${resource}`);
      const exclusions = exclusionsOf(uses);
      const exclusive = new Set(
        before.filter((each) => each.exclusive).map(({ a, b }) => `${a} ${b}`),
      );
      for (const one of tasks)
        for (const other of tasks) {
          const clash = exclusions.clash(one.key, other.key);
          expect(clash === undefined).toBe(exclusions.clash(other.key, one.key) === undefined);
          expect(exclusions.conflictsOf(one.key).has(other.key)).toBe(clash !== undefined);
          const [a, b] = [number(one.key), number(other.key)];
          if (a < b && !ordered(a, b))
            expect(exclusive.has(`${one.key} ${other.key}`)).toBe(clash !== undefined);
        }
    }),
    { numRuns: 300 },
  );
});

test("a hot file of thousands of tasks is counted exactly and listed shortly", () => {
  const tasks = Array.from({ length: 3_000 }, (_, at) =>
    taskOf(`T${at + 1}`, { text: `Update src/hot.ts and src/f${at}.ts` }),
  );
  const found = findConflicts(graphOf(planOf(tasks)), usesOf(tasks), { listed: 10 });
  expect(found.writeWrite).toBe((3_000 * 2_999) / 2);
  expect(found.contentions[0]?.listed).toHaveLength(10);
});
