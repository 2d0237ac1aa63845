/**
 * Plans as graphs, made up from a seed: ten of each of five shapes, 20 to 100 tasks of 15 minutes to 4 hours. `files`: which task writes
 * what, as numbers of files.
 */
import { seededRandom } from "../dist/core/random.js";
import { finished } from "../dist/plan/graph/build-graph.js";
import { executable } from "../dist/execution/executable.js";

const MINUTES = [15, 30, 30, 45, 60, 60, 90, 120, 240];
const PLACE = { file: "sample.md", line: 1, column: 1 };

const phase = (node) => Math.floor(node / 15);

/** Pairs [from, to] with from < to. */
const SHAPES = {
  layered(size, random) {
    const layer = Array.from({ length: size }, (_, node) => Math.floor((node * 6) / size));
    return pairs(size, (a, b) => layer[b] === layer[a] + 1 && random() < 0.25);
  },
  "fork and join"(size) {
    const width = 6;
    return pairs(size, (a, b) => {
      const [inA, inB] = [a % (width + 1), b % (width + 1)];
      const [blockA, blockB] = [Math.floor(a / (width + 1)), Math.floor(b / (width + 1))];
      if (blockA === blockB) return inA === 0 && inB > 0;
      return blockB === blockA + 1 && inA > 0 && inB === 0;
    });
  },
  chains(size, random) {
    return pairs(size, (a, b) => b === a + 5 || (b > a && b < a + 12 && random() < 0.03));
  },
  trees(size) {
    return pairs(size, (a, b) =>
      b < size / 2 ? Math.floor((b - 1) / 3) === a : a >= size / 2 - 9 && mirror(a, b, size),
    );
  },
  "phases and files"(size, random) {
    return pairs(
      size,
      (a, b) =>
        (phase(a) === phase(b) && random() < 0.06) ||
        (phase(b) === phase(a) + 1 && (a % 15 === 14 || b % 15 === 0)),
    );
  },
};

const mirror = (a, b, size) =>
  b > a && size - 1 - a !== 0 && Math.floor((size - 1 - a - 1) / 3) === size - 1 - b;

function pairs(size, holds) {
  const found = [];
  for (let a = 0; a < size; a++)
    for (let b = a + 1; b < size; b++) if (holds(a, b)) found.push([a, b]);
  return found;
}

export function sampleGraphs(each = 10) {
  return Object.entries(SHAPES).flatMap(([shape, edgesOf], kind) =>
    Array.from({ length: each }, (_, index) => {
      const random = seededRandom(1_000 * kind + index);
      const size = 20 + Math.round((80 * index) / Math.max(1, each - 1));
      const minutes = Array.from(
        { length: size },
        () => MINUTES[Math.floor(random() * MINUTES.length)],
      );
      const files = minutes.map(() =>
        shape === "phases and files" && random() < 0.4 ? [Math.floor(random() ** 2 * 8)] : [],
      );
      return { name: `${shape} ${size}`, shape, minutes, edges: edgesOf(size, random), files };
    }),
  );
}

/** The same as what the executor decides on. */
export function executableOf({ minutes, edges, files }) {
  const nodes = minutes.map((_, index) => ({
    kind: "task",
    key: `${index}`,
    plan: 0,
    task: { key: `${index}`, id: `${index}`, place: PLACE, phase: undefined, parent: undefined },
  }));
  const cause = { origin: "explicit", strength: "hard", place: PLACE };
  const graph = finished({
    plans: [{ phases: [], tasks: [], sequences: [] }],
    nodes,
    edges: edges
      .map(([from, to]) => ({ from, to, cause, others: [], cut: false }))
      .toSorted((a, b) => a.to - b.to || a.from - b.from),
    minutes: Float64Array.from(minutes),
    problems: [],
  });
  const use = (file) => ({
    resource: `src/${file}.ts`,
    kind: "file",
    access: "write",
    sure: true,
    source: "declared",
    place: PLACE,
  });
  const uses = new Map(files.map((own, index) => [`${index}`, own.map(use)]));
  return executable(graph, { uses });
}
