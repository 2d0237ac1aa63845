import { oneLine } from "../../core/text.ts";
import type { DepsAnswer, ShownEdge, ShownNode } from "../../plan/answers/deps-answer.ts";
import type { Origin } from "../../plan/model.ts";

/** The graph in the languages of drawing tools. Edges that others imply are left out. */

/** Longest label of a node. */
const LABEL = 48;

const DASHED: ReadonlySet<Origin> = new Set(["barrier", "inferred", "order"]);

interface Numbered {
  readonly nodes: readonly (ShownNode & { readonly name: string })[];
  readonly edges: readonly (ShownEdge & { readonly from: string; readonly to: string })[];
}

/** Nodes get names of ours: a key may hold what a language gives a meaning. */
function numbered({ nodes, edges }: DepsAnswer): Numbered {
  const names = new Map(nodes.map(({ key }, index) => [key, `n${index + 1}`]));
  return {
    nodes: nodes.map((node) => ({ ...node, name: names.get(node.key) ?? "" })),
    edges: edges
      .filter(({ redundant, cut }) => !redundant && !cut)
      .map((edge) => ({
        ...edge,
        from: names.get(edge.dependency) ?? "",
        to: names.get(edge.dependent) ?? "",
      })),
  };
}

const labelOf = ({ key, text, kind }: ShownNode): string =>
  oneLine(kind === "junction" ? key : `${key} ${text}`, LABEL);

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

const MERMAID_SHAPES: Readonly<Record<ShownNode["kind"], readonly [string, string]>> = {
  task: ["[", "]"],
  verification: ["{{", "}}"],
  junction: ["([", "])"],
};

/** A Mermaid flowchart. */
export function depsMermaid(answer: DepsAnswer): string[] {
  const { nodes, edges } = numbered(answer);
  const critical = nodes.filter((node) => node.critical).map(({ name }) => name);
  const done = nodes.filter(({ state }) => state === "done").map(({ name }) => name);
  return [
    "flowchart LR",
    ...nodes.map((node) => {
      const label = `"${mermaidText(labelOf(node))}"`;
      const [open, close] = MERMAID_SHAPES[node.kind];
      return `  ${node.name}${open}${label}${close}`;
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

const DOT_SHAPES: Readonly<Record<ShownNode["kind"], readonly string[]>> = {
  task: [],
  verification: ["shape=hexagon"],
  junction: ["shape=oval"],
};

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
        ...DOT_SHAPES[node.kind],
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
