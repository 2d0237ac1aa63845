/**
 * What is recovered of plans, by dialect, beside a strict-grammar reading of the same files: ids of tasks, dependencies that the
 * text states (between tasks and between phases), phases. The truth was read by hand: test/fixtures/plans/*.truth.json, those in
 * samples/ for real files, which count where they are at hand (../shared/samples). Prints a table; exit code 1 below the aim.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { dependenciesOf } from "../dist/plan/original/declared-dependencies.js";
import { readStrictly } from "../dist/plan/original/read-strictly.js";
import { readPlan } from "../dist/plan/read-plan.js";

const FIXTURES = path.resolve(import.meta.dirname, "../test/fixtures/plans");
const SAMPLES = path.resolve(import.meta.dirname, "../../shared/samples");
/** Dependencies that follow from order, marks or guesses are not in the truth. */
const STATED = new Set(["explicit", "same-file", "story"]);
const AIM = { ids: 1, dependencies: 0.98, phases: 1 };

const read = (file) => ({ file, text: readFileSync(file, "utf8") });
const edge = (from, to) => `${from} > ${to}`;
const phaseEdge = (from, to) => `phase ${from} > phase ${to}`;

/** Names made unique as in the truth: the second 1.1 is `1.1#2`. */
function counted() {
  const seen = new Map();
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  };
}

/** S4's own tool: `- [ ] 1.1 …` below `## Phase 1: …`, `(depends: 1.1, 1.2)`. */
function strictPlanFile([{ text }]) {
  const key = counted();
  const { tasks } = readStrictly(text);
  const phases = new Set(tasks.map(({ phase }) => phase));
  const phaseKey = counted();
  return {
    ids: tasks.map(({ id }) => key(id)),
    dependencies: tasks.flatMap(({ id, description }) =>
      dependenciesOf(description).map((needed) => edge(needed, id)),
    ),
    phases: [...phases].map((name) => phaseKey(/^Phase (\d+)/.exec(name)?.[1] ?? "")),
  };
}

/** Spec Kit's line as its template has it; the grammar has no dependencies. */
function strictSpecKit([{ text }]) {
  const [key, phaseKey] = [counted(), counted()];
  const lines = text.split(/\r?\n/);
  const all = (pattern) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return {
    ids: all(/^- \[[ xX]\] (T\d{3,4}) (?:\[P\] )?(?:\[US\d+\] )?\S/).map(key),
    dependencies: [],
    phases: all(/^## Phase ([\w.]+): /).map(phaseKey),
  };
}

/** The PRD form that S3's agents are told to write: `- [ ] **Task 1.1** (Parallelizable: No) - …`, `**Dependencies**: Phase 1`. */
function strictPrd([{ text }]) {
  const [key, phaseKey] = [counted(), counted()];
  const [ids, dependencies, phases] = [[], [], []];
  for (const line of text.split(/\r?\n/)) {
    const phase = /^### Phase (\w+): /.exec(line)?.[1];
    if (phase !== undefined) phases.push(phaseKey(phase));
    const id = /^- \[[ xX]\] \*\*Task ([\w.]+)\*\* \(Parallelizable: (?:Yes|No)\)/.exec(line)?.[1];
    if (id !== undefined) ids.push(key(id));
    const needed = /^\*\*Dependencies\*\*: Phase (\w+)(?: completion)?\s*$/.exec(line)?.[1];
    if (needed !== undefined) dependencies.push(phaseEdge(needed, phases.at(-1)));
  }
  return { ids, dependencies, phases };
}

/** claudeops' own parser: `## Dependencies: Phase 1 (…), Phase 2` on the heading's line; its unit is the phase, it knows no tasks. */
function strictPhaseFiles(texts) {
  const phases = texts.flatMap(({ text }) => /^# Phase (\d+): /m.exec(text)?.[1] ?? []);
  const dependencies = texts.flatMap(({ text }, index) => {
    const list = /^## Dependencies: (.*)$/m.exec(text)?.[1] ?? "None";
    if (list === "None") return [];
    return list
      .replace(/\([^)]*\)/g, "")
      .split(",")
      .map((name) => phaseEdge(name.trim().replace(/^Phase /, ""), phases[index]));
  });
  return { ids: [], dependencies, phases };
}

const number = (id) => String(id).replace(/^phase-/, "");
const list = (value) => (Array.isArray(value) ? value : []);

/** The two documents of S3 with their keys as in its templates, and no others. */
function strictJson([{ text }]) {
  const document = JSON.parse(text);
  const analysis = Object.values(document).find((value) => value?.phase_inventory) ?? document;
  const graph = Object.values(document).find((value) => value?.phase_dependency_graph) ?? document;
  const inventory = analysis.phase_inventory ?? [];
  const pairs = analysis.dependency_analysis ?? {};
  const nodes = list(graph.task_dependency_graph?.nodes);
  return {
    ids: [...inventory.flatMap(({ tasks }) => list(tasks)), ...nodes].map(({ task_id }) => task_id),
    dependencies: [
      ...list(pairs.task_dependencies).map((pair) =>
        edge(pair.dependency_task, pair.dependent_task),
      ),
      ...list(graph.task_dependency_graph?.edges).map(({ source, target }) => edge(source, target)),
      ...list(pairs.phase_dependencies).map((pair) =>
        phaseEdge(number(pair.dependency_phase), number(pair.dependent_phase)),
      ),
      ...list(graph.phase_dependency_graph?.edges).map(({ source, target }) =>
        phaseEdge(number(source), number(target)),
      ),
    ],
    phases: [
      ...inventory.map(({ phase_id }) => number(phase_id)),
      ...list(graph.phase_dependency_graph?.nodes).map(({ node_id }) => number(node_id)),
    ],
  };
}

const STRICT = new Map([
  ["S4 plan", strictPlanFile],
  ["Spec Kit tasks.md", strictSpecKit],
  ["PRD", strictPrd],
  ["phase files", strictPhaseFiles],
  ["dependency JSON", strictJson],
]);

function ours(texts, withPhaseEdges, dialect) {
  const plan = readPlan(texts);
  const said = ({ origin }) => dialect !== "Spec Kit tasks.md" || origin === "explicit";
  return {
    ids: plan.tasks.map(({ key }) => key),
    dependencies: [
      ...plan.dependencies
        .filter(({ origin }) => STATED.has(origin))
        .map(({ dependency, dependent }) => edge(dependency, dependent)),
      ...(withPhaseEdges
        ? plan.phases.flatMap(({ key, after }) =>
            after.filter(said).map(({ phase }) => phaseEdge(phase, key)),
          )
        : []),
    ],
    phases: plan.phases.map(({ key }) => key),
  };
}

/** The texts of a truth: beside it, in the folder of its name, or where the sample is; none where that is absent. */
function textsOf(folder, name, { sample }) {
  if (folder !== FIXTURES) {
    const file = path.join(SAMPLES, sample ?? `plans/${name}.md`);
    return existsSync(file) ? [read(file)] : [];
  }
  for (const ending of [".md", ".json"])
    if (existsSync(path.join(folder, name + ending)))
      return [read(path.join(folder, name + ending))];
  const inside = path.join(folder, name);
  return readdirSync(inside)
    .toSorted()
    .map((file) => read(path.join(inside, file)));
}

function dialectOf(name, [{ file }, second]) {
  if (second) return "phase files";
  if (file.endsWith(".json")) return "dependency JSON";
  if (name.startsWith("prd")) return "PRD";
  return name.startsWith("spec-kit") ? "Spec Kit tasks.md" : "S4 plan";
}

const WHAT = ["ids", "dependencies", "phases"];
const fresh = () =>
  Object.fromEntries(WHAT.map((what) => [what, { found: 0, there: 0, right: 0 }]));
const add = (sums, reading, truth) => {
  for (const what of WHAT) {
    const [have, want] = [new Set(reading[what]), new Set(truth[what])];
    sums[what].found += have.size;
    sums[what].there += want.size;
    sums[what].right += [...want].filter((one) => have.has(one)).length;
  }
};

const rows = new Map(
  [...STRICT.keys()].map((dialect) => [
    dialect,
    { own: 0, real: 0, ours: fresh(), strict: fresh() },
  ]),
);
for (const folder of [FIXTURES, path.join(FIXTURES, "samples")])
  for (const file of readdirSync(folder).filter((each) => each.endsWith(".truth.json"))) {
    const name = file.replace(/\.truth\.json$/, "");
    const written = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    const texts = textsOf(folder, name, written);
    if (texts.length === 0) continue;
    const dialect = dialectOf(name, texts);
    const row = rows.get(dialect);
    const truth = {
      ids: written.tasks.map(({ key }) => key),
      dependencies: [
        ...written.dependencies.map(([from, to]) => edge(from, to)),
        ...(written.phaseDependencies ?? []).map(([from, to]) => phaseEdge(from, to)),
      ],
      phases: written.phases.map(([key]) => key),
    };
    row[folder === FIXTURES ? "own" : "real"]++;
    add(row.ours, ours(texts, written.phaseDependencies !== undefined, dialect), truth);
    add(row.strict, STRICT.get(dialect)(texts), truth);
  }

const share = (part, whole) => (whole === 0 ? "–" : (part / whole).toFixed(3));
const cells = (sums) =>
  WHAT.map(
    (what) =>
      `${share(sums[what].right, sums[what].found)} / ${share(sums[what].right, sums[what].there)}`,
  );
const print = (...line) => process.stdout.write(`| ${line.join(" | ")} |\n`);
print(
  "dialect",
  "files, own + real",
  "tasks",
  "dependencies",
  "phases",
  ...WHAT,
  ...WHAT.map((what) => `strict: ${what}`),
);
print(...Array.from({ length: 11 }, (_, index) => (index === 0 ? "---" : "---:")));
let low = false;
for (const [dialect, { own, real, ours: sums, strict }] of rows) {
  if (own + real === 0) continue;
  print(
    dialect,
    `${own} + ${real}`,
    ...WHAT.map((what) => sums[what].there),
    ...cells(sums),
    ...cells(strict),
  );
  for (const what of WHAT) {
    const { right, found, there } = sums[what];
    low ||= right < AIM[what] * there || right < AIM[what] * found;
  }
}
process.exitCode = low ? 1 : 0;
