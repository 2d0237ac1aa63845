import type { PlanDiagnostic } from "../../model.ts";
import type { IdIndex } from "../id-index.ts";
import { NAMES } from "../names.ts";
import { quoted } from "../../report.ts";
import { field, find, items, wordOf, type Value } from "../../../core/json-values.ts";
import { claim, type Case } from "./claim.ts";

/** Larger matrices are compared in size only. */
const MAX_SIZE = 1_000;

/** Adjacency matrices against nodes and edges. Which way a matrix is to be read is not said: it may agree either way. */
export function checkMatrices(one: Case): readonly PlanDiagnostic[] {
  return one.facts.documents.flatMap((document) =>
    (["phase_dependency_graph", "task_dependency_graph"] as const).flatMap((name) => {
      const graph = find(document, name);
      const matrix = field(graph, "adjacency_matrix");
      return graph && matrix
        ? checkMatrix(graph, matrix, one, name === "phase_dependency_graph")
        : [];
    }),
  );
}

function checkMatrix(
  graph: Value,
  matrix: Value,
  one: Case,
  ofPhases: boolean,
): readonly PlanDiagnostic[] {
  const rows = items(matrix).map((row) => items(row));
  const nodes = items(field(graph, "nodes")).map(
    (node) => wordOf(field(node, ...NAMES.phaseId, ...NAMES.taskId)) ?? wordOf(node) ?? "",
  );
  const size = ofPhases ? one.plan.phases.length : nodes.length;
  const uneven = rows.findIndex((row) => row.length !== rows.length);
  const [row] = uneven < 0 ? [] : items(matrix).slice(uneven, uneven + 1);
  if (row)
    return [
      claim(
        "PLAN_CLAIM_MATRIX",
        row,
        `Row ${uneven + 1} of the matrix has ${rows[uneven]?.length ?? 0} numbers, but there are ${rows.length} rows`,
      ),
    ];
  if (rows.length !== size)
    return [
      claim(
        "PLAN_CLAIM_MATRIX",
        matrix,
        `The matrix is ${rows.length} × ${rows.length} for ${size} ${ofPhases ? "phases" : "tasks"}`,
      ),
    ];
  const edges = items(field(graph, "edges"));
  if (edges.length === 0 || rows.length > MAX_SIZE) return [];
  return checkCells({ rows, nodes, edges, matrix }, ofPhases ? one.ids.phases : one.ids.tasks);
}

interface Cells {
  readonly rows: readonly (readonly Value[])[];
  readonly nodes: readonly string[];
  readonly edges: readonly Value[];
  readonly matrix: Value;
}

/** The numbers of a matrix against the edges beside it. */
function checkCells(
  { rows, nodes, edges, matrix }: Cells,
  index: IdIndex,
): readonly PlanDiagnostic[] {
  const at = new Map(nodes.map((node, position) => [index.find(node), position]));
  const wanted = new Set(
    edges.flatMap((edge) => {
      const [from, to] = [NAMES.dependency, NAMES.dependent].map((names) =>
        at.get(index.find(wordOf(field(edge, ...names)) ?? "")),
      );
      return from === undefined || to === undefined ? [] : [`${from} ${to}`];
    }),
  );
  const cells = rows.flatMap((cellsOfRow, from) =>
    cellsOfRow.flatMap((cell, to) => (isSet(cell) ? [{ cell, from, to }] : [])),
  );
  const ways = [
    cells.filter(({ from, to }) => !wanted.has(`${from} ${to}`)),
    cells.filter(({ from, to }) => !wanted.has(`${to} ${from}`)),
  ].toSorted((a, b) => a.length - b.length);
  const [extra] = ways[0] ?? [];
  if (extra)
    return [
      claim(
        "PLAN_CLAIM_MATRIX",
        extra.cell,
        `The matrix has a dependency between ${quoted(nodes[extra.from] ?? "")} and ${quoted(nodes[extra.to] ?? "")}, the edges have none`,
      ),
    ];
  return cells.length === wanted.size
    ? []
    : [
        claim(
          "PLAN_CLAIM_MATRIX",
          matrix,
          `The matrix has ${cells.length} dependencies, the edges have ${wanted.size}`,
        ),
      ];
}

const isSet = ({ node }: Value): boolean => node.kind === "scalar" && Number(node.value) > 0;
