import { oneLine } from "../../core/text.ts";
import type { DepsAnswer, GraphEdge, GraphNode } from "../../plan/answers/deps-answer.ts";
import type { Origin } from "../../plan/model.ts";

/** The graph in the languages of drawing tools. Edges that others imply are left out. */

/** Longest label of a node. */
const LABEL = 48;

const DASHED: ReadonlySet<Origin> = new Set(["barrier", "inferred", "order"]);

interface Numbered {
  readonly nodes: readonly (GraphNode & { readonly name: string })[];
  readonly edges: readonly (GraphEdge & { readonly from: string; readonly to: string })[];
}

/** Nodes get names of ours: a key may hold what a language gives a meaning. */
function numbered({ nodes, edges }: DepsAnswer): Numbered {
  const names = new Map(nodes.map(({ key }, index) => [key, `n${index + 1}`]));
  return {
    nodes: nodes.map((node) => ({ ...node, name: names.get(node.key) ?? "" })),
    edges: edges
      .filter(({ redundant }) => !redundant)
      .map((edge) => ({
        ...edge,
        from: names.get(edge.dependency) ?? "",
        to: names.get(edge.dependent) ?? "",
      })),
  };
}

const labelOf = ({ key, text }: GraphNode): string => oneLine(`${key} ${text}`, LABEL);

/** What Mermaid shows as the character, not as syntax. */
const MERMAID_CODES: Readonly<Record<string, string>> = {
  '"': "#quot;",
  "#": "#35;",
  "<": "#lt;",
  ">": "#gt;",
  "&": "#amp;",
  "`": "#96;",
  ";": "#59;",
  "\\": "#92;",
};
const mermaidText = (text: string) =>
  text.replace(/["#<>&`;\\]/g, (one) => MERMAID_CODES[one] ?? "");

/** A Mermaid flowchart. */
export function depsMermaid(answer: DepsAnswer): string[] {
  const { nodes, edges } = numbered(answer);
  const critical = nodes.filter((node) => node.critical).map(({ name }) => name);
  const done = nodes.filter(({ state }) => state === "done").map(({ name }) => name);
  return [
    "flowchart LR",
    ...nodes.map((node) => {
      const label = `"${mermaidText(labelOf(node))}"`;
      return `  ${node.name}${node.kind === "verification" ? `{{${label}}}` : `[${label}]`}`;
    }),
    ...edges.map(
      ({ from, to, origin }) => `  ${from} ${DASHED.has(origin) ? "-.->" : "-->"} ${to}`,
    ),
    ...(critical.length > 0
      ? ["  classDef critical stroke-width:3px", `  class ${critical.join(",")} critical`]
      : []),
    ...(done.length > 0 ? ["  classDef done opacity:0.5", `  class ${done.join(",")} done`] : []),
  ];
}

const dotText = (text: string) => text.replace(/["\\]/g, (one) => `\\${one}`);

/** A Graphviz digraph. */
export function depsDot(answer: DepsAnswer): string[] {
  const { nodes, edges } = numbered(answer);
  return [
    "digraph plan {",
    "  rankdir=LR;",
    "  node [shape=box];",
    ...nodes.map((node) => {
      const traits = [
        `label="${dotText(labelOf(node))}"`,
        ...(node.kind === "verification" ? ["shape=hexagon"] : []),
        ...(node.critical ? ["penwidth=2"] : []),
        ...(node.state === "done" ? ["color=gray", "fontcolor=gray"] : []),
      ];
      return `  ${node.name} [${traits.join(", ")}];`;
    }),
    ...edges.map(
      ({ from, to, origin }) =>
        `  ${from} -> ${to} [tooltip="${origin}"${DASHED.has(origin) ? ", style=dashed" : ""}];`,
    ),
    "}",
  ];
}
