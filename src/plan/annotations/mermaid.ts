import type { SourceLine } from "../../core/markdown/source-lines.ts";

export interface MermaidNode {
  /** As written: `T001`, `A`. */
  readonly id: string;
  /** The words in its shape; undefined where it has none. */
  readonly label: string | undefined;
  /** Where it stands, with its words where it has any. */
  readonly line: SourceLine;
  readonly at: number;
}

export interface MermaidEdge {
  /** Ids of nodes; the arrow leads from what comes first to what waits for it. */
  readonly from: string;
  readonly to: string;
  readonly line: SourceLine;
  /** Where the edge's target stands on the line. */
  readonly at: number;
}

export interface MermaidGraph {
  /** By id, in the order of the text; a label given later counts. */
  readonly nodes: ReadonlyMap<string, MermaidNode>;
  readonly edges: readonly MermaidEdge[];
}

/** Most edges that one line may make: `A & B --> C & D` makes a product. */
const MAX_PRODUCT = 10_000;

const SKIP =
  /^\s*(?:%%|graph\s|flowchart[\s-]|subgraph(?:\s|$)|end\s*;?$|direction\s|classDef\s|class\s|style\s|linkStyle\s|click\s|title\s|accTitle|accDescr)/i;
const SPACE = /[\s;]{1,2000}/uy;
const NODE = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.]|-(?![-.>])){0,100}/uy;
const SHAPE =
  /(?:\(\(\(|\(\(|\(\[|\[\[|\[\(|\[\/|\[\\|\{\{|\[|\(|\{|>)\s{0,20}("[^"]{0,400}"|[^\])}"]{0,400})\s{0,20}(?:\)\)\)|\)\)|\]\)|\]\]|\)\]|\/\]|\\\]|\}\}|\]|\)|\})/uy;
const CLASS = /:::[\p{L}\p{N}_-]{1,60}/uy;
/** `-->`, `---->`, `-.->`, `==>`, `--o`, `-- words -->`, `== words ==>`, each with `|words|` behind it or not. */
const ARROW =
  /(?:<?-{2,20}>|-{2,20}[ox](?=\s)|-\.{1,20}->|<?={2,20}>|--\s[^->\n]{1,100}\s?-{1,20}>|==\s[^=>\n]{1,100}\s?={1,20}>|-\.\s[^.>\n]{1,100}\s?\.->)(?:\s{0,8}\|[^|\n]{0,200}\|)?/uy;
/** A line without a head orders nothing. */
const LINE = /(?:-{3,20}|={3,20}|-\.{1,20}-|~{3,20})(?:\s{0,8}\|[^|\n]{0,200}\|)?/uy;

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * Read the lines inside a mermaid flowchart: nodes with labels, and edges, also of chains (`A --> B --> C`) and groups
 * (`A & B --> C`). Lines of other diagrams give nothing. Linear.
 */
export function readMermaid(lines: readonly SourceLine[]): MermaidGraph {
  const nodes = new Map<string, MermaidNode>();
  const edges: MermaidEdge[] = [];
  for (const line of lines) if (!SKIP.test(line.text)) readLine(line, nodes, edges);
  return { nodes, edges };
}

interface Placed {
  readonly id: string;
  readonly at: number;
}

function readLine(line: SourceLine, nodes: Map<string, MermaidNode>, edges: MermaidEdge[]): void {
  let group: Placed[] = [];
  let before: readonly Placed[] = [];
  let at = 0;
  while (at < line.text.length) {
    const space = take(SPACE, line.text, at)?.[0] ?? "";
    if (space.includes(";")) {
      connect(before, group, line, edges);
      [before, group] = [[], []];
    }
    at += space.length;
    if (space !== "") continue;
    const arrow = take(ARROW, line.text, at)?.[0];
    const link = arrow ?? take(LINE, line.text, at)?.[0];
    if (link !== undefined) {
      connect(before, group, line, edges);
      before = arrow === undefined ? [] : group;
      group = [];
      at += link.length;
      continue;
    }
    if (line.text.startsWith("%%", at)) break;
    const node = readNode(line, at, nodes);
    if (node) group.push({ id: node.id, at });
    at = node?.end ?? at + 1;
  }
  connect(before, group, line, edges);
}

function readNode(
  line: SourceLine,
  at: number,
  nodes: Map<string, MermaidNode>,
): { readonly id: string; readonly end: number } | undefined {
  const { text } = line;
  const id = take(NODE, text, at)?.[0];
  if (id === undefined) return undefined;
  let end = at + id.length;
  const shape = take(SHAPE, text, end);
  end += shape?.[0].length ?? 0;
  end += take(CLASS, text, end)?.[0].length ?? 0;
  const label = shape?.[1]
    ?.replace(/^"|"$/g, "")
    .replace(/<br\s?\/?>/gi, " ")
    .trim();
  const known = nodes.get(id);
  if (!known || label !== undefined) nodes.set(id, { id, label, line, at });
  return { id, end };
}

function connect(
  from: readonly Placed[],
  to: readonly Placed[],
  line: SourceLine,
  edges: MermaidEdge[],
): void {
  if (from.length * to.length > MAX_PRODUCT) return;
  for (const earlier of from)
    for (const later of to) edges.push({ from: earlier.id, to: later.id, line, at: later.at });
}
