import { expect, test } from "vitest";
import { readLines } from "../../../src/core/markdown/source-lines.ts";
import { readMermaid } from "../../../src/plan/annotations/mermaid.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";

const read = (text: string) => {
  const { nodes, edges } = readMermaid(readLines(text));
  return {
    nodes: [...nodes.values()].map(({ id, label }) =>
      label === undefined ? id : `${id}=${label}`,
    ),
    edges: edges.map(({ from, to }) => `${from}>${to}`),
  };
};

test.each([
  ["A --> B", ["A", "B"], ["A>B"]],
  ["A[Phase 1: X] --> B(Y); B ==> C{{Z}}", ["A=Phase 1: X", "B=Y", "C=Z"], ["A>B", "B>C"]],
  ["A --> B --> C", ["A", "B", "C"], ["A>B", "B>C"]],
  ["A & B --> C & D", ["A", "B", "C", "D"], ["A>C", "A>D", "B>C", "B>D"]],
  ['T001["a [b] c"] -->|needs| T002', ["T001=a [b] c", "T002"], ["T001>T002"]],
  ["A -- then --> B", ["A", "B"], ["A>B"]],
  ["A -.-> B", ["A", "B"], ["A>B"]],
  ["A -. maybe .-> B", ["A", "B"], ["A>B"]],
  ["A --- B", ["A", "B"], []],
  ["task-1-1 --> task-1-2", ["task-1-1", "task-1-2"], ["task-1-1>task-1-2"]],
  ["graph TD\nsubgraph S\nA-->B:::hot %% C-->D\nend\nclassDef hot fill:#f00", ["A", "B"], ["A>B"]],
  ["A[one<br/>two] --> A2[(db)]", ["A=one two", "A2=db"], ["A>A2"]],
])("%s", (text, nodes, edges) => {
  expect(read(text)).toEqual({ nodes, edges });
});

test.each(["a[", "a-->", "a&", "a[;", "-", "|a|", "a -- b ", 'a["', "a-.", ">", "%"])(
  "a line of %j over and over takes time in proportion",
  (piece) => {
    const make = (size: number): string => filled(piece, size);
    expect(growthOf(make, (text) => void read(text), 2000)).toBe("linear");
  },
  PATIENCE_MS,
);
