// Fuzz of the plan readers: our fixtures, cut to some of their lines and mutated, through readPlan and the graph of the built package.
// node bench/plan-fuzz.mjs [--inputs 1000000] [--seconds 600] [--seed 1]
// Prints how many inputs were read, the slowest, and each that threw or took more than a second of CPU; exit code 1 if there was one.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { readPlan } from "../dist/plan/read-plan.js";
import { buildGraph } from "../dist/plan/graph/build-graph.js";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "600" },
    seed: { type: "string", default: "1" },
  },
});

const FIXTURES = path.resolve(import.meta.dirname, "../test/fixtures/plans");
const texts = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(?:md|json|ya?ml)$/.test(file) && !file.endsWith(".truth.json"))
  .map((file) => {
    const text = readFileSync(path.join(FIXTURES, file), "utf8");
    return { file, text, lines: text.split("\n") };
  });
if (texts.length === 0) throw new Error("There are no fixtures.");

// Shapes that ask for many pairs of phases, beside the fixtures.
const numbered = (make) => Array.from({ length: 200 }, (_, at) => make(at + 1));
const shaped = (file, lines) => texts.push({ file, text: lines.join("\n"), lines });
shaped("all-stories/tasks.md", [
  ...numbered((n) => `## Phase ${n}: User Story ${n} - X\n- [ ] T${n} [US${n}] Do`),
  "## Dependencies",
  ...numbered((n) => `- US${n} depends on all user stories`),
]);
shaped("prds/all-previous.md", [
  "# PRD",
  ...numbered(
    (n) => `### Phase ${n}: P\n**Dependencies**: All previous phases\n- [ ] **Task ${n}.1** - x`,
  ),
]);

// mulberry32: small, seeded, the same on all machines.
let state = Number(values.seed) >>> 0;
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
};
const pick = (list) => list[random(list.length)];

const TOKENS = [
  "- [ ] ",
  "- [x] ",
  "[~]",
  "1.1",
  "1.1-1.9",
  "1.1-999.999999999",
  "T001",
  "T001-T999",
  "(depends on ",
  "(depends: 1.1)",
  "all Phase 1 tasks",
  "## Phase 1: ",
  "### ",
  "**VERIFY Phase 1:**",
  "**Execution Note:** Tasks 1.1-2.9 are [SEQUENTIAL]",
  "Phases 1-9 are [PARALLEL]",
  "```",
  "<!--",
  "-->",
  "\r",
  "\r\n",
  "\n",
  "\t",
  "\uFEFF",
  "\u202E",
  "\uD800",
  "🔍",
  "__proto__",
  "constructor",
  "{{x}}",
  "|",
  "graph TD\n",
  "-->",
  "{",
  "}",
  "[",
  "]",
  '"',
  ":",
  ",",
  "1e999",
  "null",
  " ".repeat(300),
  "(".repeat(50),
  "`",
  "*".repeat(9),
];

/** Nine in ten inputs of a Markdown fixture are up to 40 of its lines; the others are all of it. */
function excerpt({ file, text, lines }) {
  if (!file.endsWith(".md") || random(10) === 0) return text;
  const start = random(lines.length);
  return lines.slice(start, start + 1 + random(40)).join("\n");
}

function mutate(text) {
  let out = text;
  for (let step = random(6); step >= 0; step--) {
    const at = random(out.length + 1);
    const to = Math.min(out.length, at + random(80));
    switch (random(7)) {
      case 0:
        out = out.slice(0, at) + pick(TOKENS) + out.slice(at);
        break;
      case 1:
        out = out.slice(0, at) + out.slice(to);
        break;
      case 2:
        out = out.slice(0, to) + out.slice(at, to) + out.slice(to);
        break;
      case 3:
        out = out.slice(0, at) + String.fromCharCode(random(0x10000)) + out.slice(at + 1);
        break;
      case 4: {
        const lines = out.split("\n");
        lines.splice(random(lines.length), 0, pick(pick(texts).lines));
        out = lines.join("\n");
        break;
      }
      case 5: {
        const lines = out.split("\n");
        lines.splice(random(lines.length), random(5));
        out = lines.join("\n");
        break;
      }
      default:
        out = out.slice(0, at);
    }
  }
  return out;
}

const started = performance.now();
const until = started + Number(values.seconds) * 1000;
let [read, tasks, slowest] = [0, 0, 0];
const bad = [];
while (read < Number(values.inputs) && performance.now() < until) {
  const from = pick(texts);
  const text = mutate(excerpt(from));
  const before = process.cpuUsage();
  try {
    const plan = readPlan([{ file: from.file, text }]);
    buildGraph(plan, { barriers: "phases", inferred: true });
    tasks += plan.tasks.length;
  } catch (error) {
    bad.push({
      file: from.file,
      text,
      why: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
  const used = process.cpuUsage(before);
  const took = (used.user + used.system) / 1000;
  slowest = Math.max(slowest, took);
  if (took > 1000) bad.push({ file: from.file, text, why: `took ${Math.round(took)} ms of CPU` });
  read++;
  if (bad.length >= 20) break;
}
for (const [index, { file, text, why }] of bad.entries()) {
  const kept = path.join(tmpdir(), `plan-fuzz-${index}-${path.basename(file)}`);
  writeFileSync(kept, text);
  console.log(`${kept}\n  ${why.split("\n").slice(0, 4).join("\n  ")}`);
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${read} inputs from ${texts.length} fixtures, ${tasks} tasks, ${seconds.toFixed(0)} s; slowest ${slowest.toFixed(0)} ms; ${bad.length} bad`,
);
process.exitCode = bad.length > 0 ? 1 : 0;
