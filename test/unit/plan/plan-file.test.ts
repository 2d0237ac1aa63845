/** How a plan file of S4 is read, form by form (FORMATS §1.2, §1.7). */
import { expect, test } from "vitest";
import type { Plan } from "../../../src/plan/model.ts";
import { readPlanFile } from "../../../src/plan/plan-file/read-plan-file.ts";

const read = (text: string): Plan => readPlanFile([{ file: "docs/plans/x.md", text }]);
const codes = (plan: Plan): readonly string[] =>
  plan.diagnostics.map(({ code, original }) =>
    original === undefined ? code : `${code} ${original}`,
  );
const keys = (plan: Plan): readonly string[] =>
  plan.tasks.map(({ key, parent }) => (parent === undefined ? key : `${parent}>${key}`));
const after = (plan: Plan): readonly string[] =>
  plan.phases.map(
    (phase) =>
      `${phase.key}<${phase.after.map(({ phase: key, origin }) => `${key} ${origin}`).join(",")}`,
  );

test.each<[string, string, string, string, readonly string[]]>([
  ["- [ ] 1.1 Do it", "1.1", " open", "Do it", []],
  ["- [x] 1.1 Do it", "1.1", "x done", "Do it", ["PLAN_BOX_TICKED misread"]],
  ["- [X] 1.1 Do it", "1.1", "X done", "Do it", ["PLAN_BOX_MARK dropped"]],
  ["- [-] 1.1 Do it", "1.1", "- skipped", "Do it", ["PLAN_BOX_MARK dropped"]],
  ["- [~] 1.1 Do it", "1.1", "~ in-progress", "Do it", ["PLAN_BOX_MARK dropped"]],
  ["- [!] 1.1 Do it", "1.1", "! failed", "Do it", ["PLAN_BOX_MARK dropped"]],
  [
    "- [?] 1.1 Do it",
    "1.1",
    "? open",
    "Do it",
    ["PLAN_BOX_MARK dropped", "PLAN_BOX_UNKNOWN dropped"],
  ],
  ["- [] 1.1 Do it", "1.1", "none", "Do it", ["PLAN_BOX_FORM dropped"]],
  ["- [ x ] 1.1 Do it", "1.1", "x done", "Do it", ["PLAN_BOX_FORM dropped"]],
  ["* [ ] 1.1 Do it", "1.1", " open", "Do it", ["PLAN_TASK_BULLET dropped"]],
  ["+ [ ] 1.1 Do it", "1.1", " open", "Do it", ["PLAN_TASK_BULLET dropped"]],
  ["1. [ ] 1.1 Do it", "1.1", " open", "Do it", ["PLAN_TASK_BULLET dropped"]],
  ["2) [ ] 1.1 Do it", "1.1", " open", "Do it", ["PLAN_TASK_BULLET dropped"]],
  ["- [ ] **1.1** Do it", "1.1", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] **1.1:** Do it", "1.1", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] **1.1 Do it** - now", "1.1", " open", "Do it - now", ["PLAN_ID_FORM dropped"]],
  ["- [ ] 1.1: Do it", "1.1", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] Task 1.1: Do it", "1.1", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] `1.1` Do it", "1.1", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] 1.1A Do it", "1.1A", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] 1.1.1 Do it", "1.1.1", " open", "Do it", []],
  ["- [ ] 1.1.1.1 Do it", "1.1.1.1", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] **P1** Do it", "P1", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] C2: Do it", "C2", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] SC-3: Do it", "SC-3", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] 21. Do it", "21", " open", "Do it", ["PLAN_ID_FORM dropped"]],
  ["- [ ] VERIFY-1 Do it", "VERIFY-1", " open", "Do it", ["PLAN_VERIFY_BOX dropped"]],
  ["- [ ] **VERIFY 1**: Do it", "VERIFY 1", " open", "Do it", ["PLAN_VERIFY_BOX dropped"]],
  [
    "- [ ] **VERIFY Phase 1:** Do it",
    "VERIFY Phase 1",
    " open",
    "Do it",
    ["PLAN_VERIFY_BOX dropped"],
  ],
  ["- [ ] VERIFY all of it", "L2", " open", "all of it", ["PLAN_VERIFY_BOX dropped"]],
  ["- [ ] Do it", "L2", " open", "Do it", ["PLAN_TASK_NO_ID dropped"]],
  ["- [ ] 49 files deleted", "L2", " open", "49 files deleted", ["PLAN_TASK_NO_ID dropped"]],
  ["- [ ] 99.9% of it", "L2", " open", "99.9% of it", ["PLAN_TASK_NO_ID dropped"]],
  ["- [ ] H2 database", "L2", " open", "H2 database", ["PLAN_TASK_NO_ID dropped"]],
  ["- [ ] 1.1 [P] [US1] Do it", "1.1", " open", "Do it", []],
  ["- [ ] __proto__: Do it", "L2", " open", "__proto__: Do it", ["PLAN_TASK_NO_ID dropped"]],
  ["- [ ]\t1.1\tDo\u00A0it", "1.1", " open", "Do it", []],
])("the task %j", (...[line, key, box, text, told]) => {
  const plan = read(`## Phase 1: T\n${line}\n`);
  const [task] = plan.tasks;
  expect(plan.tasks.length).toBe(1);
  expect(task?.key).toBe(key);
  expect(
    task?.box ? `${task.box.mark === " " ? "" : task.box.mark} ${task.box.state}` : "none",
  ).toBe(box.startsWith(" ") ? ` ${box.trim()}` : box);
  expect(task?.text).toBe(text);
  expect(codes(plan).toSorted()).toStrictEqual(told);
});

test.each<[string]>([
  ["- [P] tasks = different files"],
  ["- [link](a.md)"],
  ["- plain"],
  ["-[ ] 1.1 X"],
])("%j is no task", (line) => {
  expect(read(`## Phase 1: T\n${line}\n`).tasks).toStrictEqual([]);
});

test.each<[string, string, string, readonly string[]]>([
  ["## Phase 2: Title", "2", "Title", []],
  ["### Phase 2: Title", "2", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 2 - Title", "2", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 2 — Title", "2", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 2 ‚Äî Title", "2", "Title", ["PLAN_MOJIBAKE", "PLAN_PHASE_FORM misread"]],
  [
    "## Phase 2 â€” Title".replace("—", "\u201D"),
    "2",
    "Title",
    ["PLAN_MOJIBAKE", "PLAN_PHASE_FORM misread"],
  ],
  ["### Implementation Phase 2: Title", "2", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## **Phase 2:** Title", "2", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## 🚀 Phase 2: Title", "2", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 2A: Title", "2A", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 3.1: Title", "3.1", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Phase B: Title", "B", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 2", "2", "", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 2 Title", "2", "Title", ["PLAN_PHASE_FORM misread"]],
  ["## Fase 2: Título", "2", "Título", ["PLAN_PHASE_FORM misread"]],
  ["## Этап 2: Название", "2", "Название", ["PLAN_PHASE_FORM misread"]],
  ["## フェーズ2：題", "2", "題", ["PLAN_PHASE_FORM misread"]],
  ["## 第2阶段：标题", "2", "标题", ["PLAN_PHASE_FORM misread"]],
  ["## Phase 2: Title (Blocking Prerequisites) ##", "2", "Title (Blocking Prerequisites)", []],
  ["## Phase 2: Title (pipeline-start: when 1.1 completes)", "2", "Title", []],
  ["## Phase 2: Title (Depends on Phase 1)", "2", "Title", []],
])("the heading %j begins phase %s", (heading, key, title, told) => {
  const plan = read(`# Plan\n\n## Phase 1: First\n- [ ] 1.1 A\n\n${heading}\n- [ ] 2.1 B\n`);
  expect(plan.phases.map((phase) => `${phase.key}: ${phase.title}`)).toStrictEqual([
    "1: First",
    `${key}: ${title}`,
  ]);
  expect(plan.tasks.map((task) => task.phase)).toStrictEqual(["1", key]);
  expect(codes(plan).toSorted()).toStrictEqual(told);
});

test.each<[string]>([
  ["## Phase Standards"],
  ["### Phase 0 Guidelines"],
  ["## Phases 1-3: All"],
  ["###### Phase 2: Deep"],
])("the heading %j begins no phase", (heading) => {
  expect(read(`# Plan\n\n${heading}\n\nText.\n`).phases).toStrictEqual([]);
});

test("indented boxes are parts of the task above, to any depth; 1.2.1 at the margin belongs to 1.2", () => {
  const plan = read(
    "## Phase 1: T\n- [ ] 1.1 A\n  - [ ] 1.1.1 B\n    - [ ] C\n  - [ ] 1.1.2 D\n\t- [ ] tab\n- [ ] 1.2 E\n- [ ] 1.2.1 F\n- [ ] 1.3.1 G\n",
  );
  expect(keys(plan)).toStrictEqual([
    "1.1",
    "1.1>1.1.1",
    "1.1.1>L4",
    "1.1>1.1.2",
    "1.1.2>L6",
    "1.2",
    "1.2>1.2.1",
    "1.3.1",
  ]);
});

test("lines below a task are its details: bullets, text, code and fields, until the next box or the margin", () => {
  const [task, next] = read(
    "## Phase 1: T\n- [ ] 1.1 A\n  - one `src/a.ts`\n\n  two\n  ```ts\n  - [ ] 9.9 no task\n  ```\n  - Files: src/b.ts (modify)\n- [ ] 1.2 B (CRITICAL)\nmargin\n  not 1.2's\n",
  ).tasks;
  expect(task?.details.map(({ line }) => line)).toStrictEqual([3, 5, 6, 7, 8, 9]);
  expect(task?.files.map(({ path, access }) => `${path} ${access}`)).toStrictEqual([
    "src/b.ts write",
  ]);
  expect(next?.details).toStrictEqual([]);
  expect(next?.priority).toBe("CRITICAL");
});

test("5,000 levels of indent are read without recursion, each the part of the one above", () => {
  const text = Array.from(
    { length: 5000 },
    (_, level) => `${" ".repeat(level)}- [ ] 1.${level + 1} T`,
  ).join("\n");
  const { tasks } = read(`## Phase 1: T\n${text}\n`);
  expect(tasks.length).toBe(5000);
  expect(tasks.at(-1)?.parent).toBe("1.4999");
});

test("boxes in fences and comments are no tasks, and it is said that the original counts them", () => {
  const plan = read(
    "## Phase 1: T\n- [ ] 1.1 A\n\n```\n## Phase 9: no\n- [ ] 1.2 B\n```\n<!-- - [ ] 1.3 x -->\n<!--\n- [ ] 1.4 C\n-->\n- [ ] 1.5 D <!-- later -->\n",
  );
  expect(keys(plan)).toStrictEqual(["1.1", "1.5"]);
  expect(plan.tasks[1]?.text).toBe("D");
  expect(
    plan.diagnostics.map(({ code, original, place }) => `${place.line} ${code} ${original}`),
  ).toStrictEqual([
    "5 PLAN_PHASE_IN_CODE misread",
    "6 PLAN_TASK_IN_FENCE misread",
    "10 PLAN_TASK_IN_COMMENT misread",
  ]);
});

test.each<[string, string, boolean, number, readonly string[]]>([
  ["**VERIFY Phase 1:**\n- [ ] c1\n- c2", "VERIFY 1", true, 2, []],
  ["**VERIFY:**\n- [ ] c1", "VERIFY 1", true, 1, []],
  ["**VERIFY 1:** c1 holds", "VERIFY 1", true, 1, []],
  ["**VERIFY Phase 1:** (non-blocking)\n- [ ] c1", "VERIFY 1", false, 1, []],
  ["**VERIFY Phase 1 (non-blocking):**\n- [ ] c1", "VERIFY 1", false, 1, []],
  ["**VERIFY 1.1:**\n- [ ] c1", "VERIFY 1.1", true, 1, ["1.1"]],
  ["**VERIFY 1.2:**\n- [ ] c1", "VERIFY 1.2", true, 1, ["1.2.1", "1.2.2"]],
  ["**VERIFY Phase 1:**\n```bash\n# all\nnpm test\n$ npm run lint\n```", "VERIFY 1", true, 0, []],
  ["### VERIFY Phase 1\n- [ ] c1", "VERIFY 1", true, 1, []],
  ["**Verification:**\n- [ ] c1", "VERIFY 1", true, 1, []],
])("the verification %j", (...[lines, key, blocking, criteria, about]) => {
  const plan = read(`## Phase 1: T\n- [ ] 1.1 A\n- [ ] 1.2.1 B\n- [ ] 1.2.2 C\n\n${lines}\n`);
  const [verification] = plan.verifications;
  expect(plan.verifications.length).toBe(1);
  expect(verification?.key).toBe(key);
  expect(verification?.blocking).toBe(blocking);
  expect(verification?.criteria.length).toBe(criteria);
  expect(verification?.tasks ?? []).toStrictEqual(about);
  expect(verification?.phase).toBe(about.length > 0 ? undefined : "1");
  expect(verification?.commands).toStrictEqual(
    lines.includes("bash") ? ["npm test", "npm run lint"] : [],
  );
  expect(plan.tasks.length).toBe(3);
});

test("a task below a verification checks what stands above it; so does a VERIFY box", () => {
  const plan = read(
    "## Phase 1: T\n- [ ] 1.1 A\n- [ ] 1.2 B\n\n**VERIFY Phase 1:**\n- [ ] 1.3 Check\n- [ ] no task\n\n## Phase 2: U\n- [ ] 2.1 C\n- [ ] **VERIFY 2**: all\n",
  );
  expect(plan.tasks.map(({ key, verifies }) => `${key} ${verifies}`)).toStrictEqual([
    "1.1 false",
    "1.2 false",
    "1.3 true",
    "2.1 false",
    "VERIFY 2 true",
  ]);
  expect(
    plan.dependencies.map(
      ({ dependency, dependent, origin }) => `${dependency} ${dependent} ${origin}`,
    ),
  ).toStrictEqual(["1.1 1.3 verification", "1.2 1.3 verification", "2.1 VERIFY 2 verification"]);
  expect(plan.verifications.map(({ criteria }) => criteria.map(({ text }) => text))).toStrictEqual([
    ["no task"],
  ]);
});

test("success criteria are the verification of the plan; boxes under other headings hold nothing up", () => {
  const plan = read(
    "# P\n\n## Phase 1: T\n- [ ] 1.1 A\n\n## Success Criteria\n### Functional\n- [ ] a\n### Quality\n- [x] b\n- [ ] 9.9 seconds\n\n## Check list\n- [ ] c\n- [ ] 3.3 late\n",
  );
  expect(
    plan.verifications.map(
      ({ key, phase, blocking, criteria }) => `${key} ${phase} ${blocking} ${criteria.length}`,
    ),
  ).toStrictEqual(["VERIFY undefined true 3", "VERIFY#2 undefined false 1"]);
  expect(plan.tasks.map(({ key, phase }) => `${key} ${phase}`)).toStrictEqual([
    "1.1 1",
    "3.3 undefined",
  ]);
  expect(codes(plan)).toStrictEqual([
    "PLAN_CRITERION_WITH_ID misread",
    "PLAN_TASK_OUTSIDE_PHASE misread",
  ]);
});

test("phases run in order; parallel ones don't wait for each other, and what follows waits for all", () => {
  const phases = Array.from({ length: 7 }, (_, at) => `## Phase ${at}: T\n- [ ] ${at}.1 A\n`).join(
    "\n",
  );
  expect(after(read(phases))).toStrictEqual([
    "0<",
    "1<0 barrier",
    "2<1 barrier",
    "3<2 barrier",
    "4<3 barrier",
    "5<4 barrier",
    "6<5 barrier",
  ]);
  expect(
    after(read(`**Execution Note:** Phases 1-3, 5 are [PARALLEL] - apart\n\n${phases}`)),
  ).toStrictEqual([
    "0<",
    "1<0 barrier",
    "2<0 barrier",
    "3<0 barrier",
    "4<1 barrier,2 barrier,3 barrier",
    "5<0 barrier",
    "6<4 barrier,5 barrier",
  ]);
  expect(
    after(
      read(
        phases.replace(
          "## Phase 3: T",
          "## Phase 3: T\n**Execution Note:** Phases 2-3 are [PARALLEL]",
        ),
      ),
    ).slice(2, 5),
  ).toStrictEqual(["2<1 barrier", "3<1 barrier", "4<2 barrier,3 barrier"]);
  expect(
    after(read(phases.replaceAll(/## Phase ([45]): T/g, "## Phase $1: T [PARALLEL]"))).slice(4),
  ).toStrictEqual(["4<3 barrier", "5<3 barrier", "6<4 barrier,5 barrier"]);
  expect(
    after(
      read(
        `**Execution Note:** Phase 5 should be implemented FIRST as it defines options\n\n${phases}`,
      ),
    ),
  ).toStrictEqual([
    "0<5 explicit",
    "1<0 barrier",
    "2<1 barrier",
    "3<2 barrier",
    "4<3 barrier",
    "5<",
    "6<4 barrier",
  ]);
  expect(
    after(read(phases.replace("## Phase 6: T", "## Phase 6: T (Depends on Phases 1 & 2)"))).at(-1),
  ).toBe("6<5 barrier,1 explicit,2 explicit");
});

test.each<[string, readonly string[]]>([
  ["2.1 X (depends: 1.1, 1.3)", ["1.1", "1.3"]],
  ["2.1 X (depends on 1.1)", ["1.1"]],
  ["2.1 X (depends: 1.1-1.3)", ["1.1", "1.2", "1.3"]],
  ["2.1 X (depends on all Phase 1 tasks)", ["1.1", "1.2", "1.3"]],
  ["2.1 X (depends on 1.1 and 1.2)", ["1.1", "1.2"]],
  ["2.1 X (requires 1.2)", ["1.2"]],
  ["2.1 X\n  - Depends on: 1.2", ["1.2"]],
  ["2.1 X\n  - **Blocked by**: 1.1, 1.2", ["1.1", "1.2"]],
  ["2.1 X that goes on\n  here (depends on 1.3)", ["1.3"]],
  ["2.1 Parse `(depends: 1.1)`", []],
  ["2.1 X\n  - Test it: if 3.1 depends on 1.1, it waits", []],
  ["2.1 Retry after 1.1 seconds", []],
])("task %j waits for %j", (task, wanted) => {
  const plan = read(
    `## Phase 1: T\n- [ ] 1.1 A\n- [ ] 1.2 B\n- [ ] 1.3 C\n\n## Phase 2: U\n- [ ] ${task}\n`,
  );
  expect(plan.dependencies.map(({ dependency }) => dependency)).toStrictEqual(wanted);
  expect(
    plan.dependencies.every(
      ({ dependent, origin }) => dependent === "2.1" && origin === "explicit",
    ),
  ).toBe(true);
});

test("a dependency knows where it is written; one on nothing is told, and what the original makes of it", () => {
  const plan = read(
    "## Phase 1: T\n- [ ] 1.1 A\n- [ ] 1.2 B (depends: 1.1, 9.9)\n- [ ] 1.3 C (depends on 1.1)\n- [ ] 1.4 D (depends: 1.4)\n",
  );
  expect(
    plan.dependencies.map(({ dependent, place }) => `${dependent} ${place.line}:${place.column}`),
  ).toStrictEqual(["1.2 3:23", "1.3 4:25", "1.4 5:23"]);
  expect(codes(plan)).toStrictEqual([
    "PLAN_DEPENDENCY_UNKNOWN misread",
    "PLAN_DEPENDENCY_FORM dropped",
  ]);
});

test.each<[string, readonly string[], readonly string[]]>([
  ["Tasks 1.1-1.3 are [SEQUENTIAL] - all modify a.ts", ["1.1,1.2,1.3: all modify a.ts"], []],
  ["Tasks 1.1 and 1.3 are [SEQUENTIAL] - a.ts", ["1.1,1.3: a.ts"], ["PLAN_NOTE_FORM dropped"]],
  ["Tasks 1.2-2.1 are [SEQUENTIAL]", ["1.2,1.3,2.1: "], ["PLAN_NOTE_MISREAD misread"]],
  ["Tasks 1.1, 1.3 are [SEQUENTIAL] - x", ["1.1,1.3: x"], []],
  [
    "Tasks 1.1, 1.3 touch a.ts (can run in parallel - conflicts unlikely)",
    [],
    ["PLAN_NOTE_FORM dropped"],
  ],
  ["Mind the gap.", [], ["PLAN_NOTE_UNREAD"]],
  [
    "Tasks 1.1-1.9 are [SEQUENTIAL]",
    ["1.1,1.2,1.3: "],
    ["PLAN_DEPENDENCY_UNKNOWN", "PLAN_NOTE_MISREAD misread"],
  ],
])("the note %j", (note, sequences, told) => {
  const plan = read(
    `## Phase 1: T\n\n**Execution Note:** ${note}\n\n- [ ] 1.1 A\n- [ ] 1.2 B\n- [ ] 1.3 C\n\n## Phase 2: U\n- [ ] 2.1 D\n`,
  );
  expect(plan.sequences.map(({ tasks, reason }) => `${tasks.join(",")}: ${reason}`)).toStrictEqual(
    sequences,
  );
  expect(codes(plan).toSorted()).toStrictEqual(told);
  expect(plan.tasks.filter(({ parallel }) => parallel).map(({ key }) => key)).toStrictEqual(
    note.includes("parallel") ? ["1.1", "1.3"] : [],
  );
});

test("a task that is sequential with a phase waits for the phase's tasks, which stay free among themselves", () => {
  const plan = read(
    "## Phase 3: T\n- [ ] 3.1 A\n- [ ] 3.2 B\n\n## Phase 4: U\n**Execution Note:** Task 4.1 is [SEQUENTIAL] with Phase 3 - one file\n- [ ] 4.1 C\n",
  );
  expect(plan.sequences).toStrictEqual([]);
  expect(
    plan.dependencies.map(
      ({ dependency, dependent, origin, reason }) =>
        `${dependency} ${dependent} ${origin} ${reason}`,
    ),
  ).toStrictEqual(["3.1 4.1 sequential one file", "3.2 4.1 sequential one file"]);
});

test.each<[string, string]>([
  ["the heading", "## Phase 2: U (pipeline-start: when 1.1 completes)\n"],
  ["the line before", "**pipeline-start:** when 1.1 completes\n\n## Phase 2: U\n"],
  ["the phase", "## Phase 2: U\n**pipeline-start:** when 1.1 completes\n"],
])("a pipeline start in %s", (_, lines) => {
  const plan = read(`## Phase 1: T\n- [ ] 1.1 A\n- [ ] 1.2 B\n\n${lines}- [ ] 2.1 C\n`);
  expect(plan.phases.map(({ startsWhen }) => startsWhen.map(({ task }) => task))).toStrictEqual([
    [],
    ["1.1"],
  ]);
  expect(plan.phases[1]?.title).toBe("U");
  expect(codes(plan)).toStrictEqual([]);
});

test("title, objective, effort, upstream plans; template variables that nobody filled in", () => {
  const plan = read(
    "\uFEFF# Implementation Plan: X\n\n## Overview\n- **Output:** `docs/plan-outputs/{{plan_name}}/`\n\n## Dependencies\n\n### Upstream\n- **a.md** - types first\n- `b.md` - b\n  - detail\n- None\n\n### Downstream\n- **c.md** - c\n\n## Phase 1: T\n**Objective:** Get it done\n**Effort:** ~16 hours | **Value:** high\n- [ ] 1.1 Fill `{{name}}` in\n",
  );
  expect(plan.title).toBe("Implementation Plan: X");
  expect(plan.upstream.map(({ name, reason }) => `${name}: ${reason}`)).toStrictEqual([
    "a.md: types first",
    "b.md: b",
  ]);
  expect(plan.phases[0]?.objective).toBe("Get it done");
  expect(plan.phases[0]?.estimate?.minutes).toBe(960);
  expect(codes(plan)).toStrictEqual(["PLAN_TEMPLATE_VARIABLE"]);
});

test.each(["\n", "\r\n", "\r"])(
  "line ends %j give the same plan, with boxes where they are",
  (end) => {
    const text = [
      "# P",
      "## Phase 1: T",
      "- [ ] 1.1 A",
      "  - [x] 1.1.1 B",
      "**VERIFY Phase 1:**",
      "- [X] c",
    ].join(end);
    const plan = read(text);
    expect(keys(plan)).toStrictEqual(["1.1", "1.1>1.1.1"]);
    const boxes = [...plan.tasks, ...plan.verifications.flatMap(({ criteria }) => criteria)].map(
      ({ box }) => box,
    );
    expect(boxes.map((box) => [box?.mark, text[box?.offset ?? -1]])).toStrictEqual([
      [" ", " "],
      ["x", "x"],
      ["X", "X"],
    ]);
    expect(codes(plan).includes("PLAN_LINE_ENDINGS dropped")).toBe(end !== "\n");
  },
);

test("duplicate ids and phases get keys of their own", () => {
  const plan = read(
    "## Phase 1: A\n- [ ] 1.1 a\n- [ ] 1.1 b\n## Phase 1: B\n- [ ] 1.1 c\n- [ ] 1.2 d (depends on 1.1)\n",
  );
  expect(keys(plan)).toStrictEqual(["1.1", "1.1#2", "1.1#3", "1.2"]);
  expect(plan.phases.map(({ key }) => key)).toStrictEqual(["1", "1#2"]);
  expect(plan.dependencies.map(({ dependency }) => dependency)).toStrictEqual(["1.1#3"]);
});

test("an empty file, and one without tasks, say so", () => {
  expect(codes(read(""))).toStrictEqual(["PLAN_EMPTY"]);
  expect(codes(read("# Title\n\nProse.\n"))).toStrictEqual(["PLAN_EMPTY"]);
});
