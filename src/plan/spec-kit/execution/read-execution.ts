import type { FilePlace } from "../../../core/place.ts";
import { oneLine } from "../../../core/text.ts";
import { placesIn } from "../../../core/text-places.ts";
import type { TreeNode } from "../../../core/text-tree.ts";
import { readYamlTree } from "../../../core/yaml-tree.ts";
import type { PlanDiagnostic, PlanText } from "../../model.ts";
import { field, items, textOf, texts } from "./tree.ts";

export interface Named {
  readonly id: string;
  readonly place: FilePlace;
}

export interface ExecutionTask extends Named {
  readonly description: string;
  readonly outputs: readonly Named[];
  readonly context: readonly Named[];
}

export interface ExecutionBatch extends Named {
  readonly parallel: boolean | undefined;
  readonly waitsFor: readonly Named[];
  readonly tasks: readonly ExecutionTask[];
  readonly gate:
    | {
        readonly commands: readonly string[];
        readonly onFail: string | undefined;
        readonly place: FilePlace;
      }
    | undefined;
}

export interface ExecutionPhase extends Named {
  readonly name: string;
  readonly waitsFor: readonly Named[];
  readonly batches: readonly ExecutionBatch[];
}

/** What a `tasks.execution.yaml` says. */
export interface Execution {
  readonly file: string;
  readonly feature: string;
  readonly phases: readonly ExecutionPhase[];
  /** As they are meant: `from` of the file is who waits, `to` what is waited for. */
  readonly edges: readonly {
    readonly dependent: string;
    readonly dependency: string;
    readonly soft: boolean;
    readonly place: FilePlace;
  }[];
  readonly criticalPath: readonly Named[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

const MAX_DEPTH = 32;

/** Read a `tasks.execution.yaml` (FORMATS §3.4): plain YAML 1.2, no aliases, nesting bounded. Never throws. */
export function readExecution({ file, text }: PlanText): Execution {
  const { root, problems } = readYamlTree(text, MAX_DEPTH);
  const placeAt = placesIn(text, file);
  const reader = new ExecutionReader(placeAt);
  const phases = items(field(root, "phases")).flatMap((node) => reader.phase(node));
  const path = field(root, "critical_path");
  return {
    file,
    feature: textOf(field(root, "feature")) ?? "",
    phases,
    edges: items(field(field(root, "dependency_graph"), "edges")).flatMap((node) =>
      reader.edge(node),
    ),
    criticalPath: reader.named(
      path?.kind === "map" ? (field(path, "tasks") ?? field(path, "path")) : path,
    ),
    diagnostics: [
      ...problems.slice(0, 20).map(({ at, message }) => unreadable(message, placeAt(at))),
      ...reader.diagnostics,
    ],
  };
}

class ExecutionReader {
  readonly diagnostics: PlanDiagnostic[] = [];
  readonly #placeAt: (offset: number) => FilePlace;

  constructor(placeAt: (offset: number) => FilePlace) {
    this.#placeAt = placeAt;
  }

  named(node: TreeNode | undefined): readonly Named[] {
    return texts(node).map(({ text, at }) => ({ id: text, place: this.#placeAt(at) }));
  }

  phase(node: TreeNode): readonly ExecutionPhase[] {
    const id = this.#id(node, "phase");
    if (!id) return [];
    return [
      {
        ...id,
        name: textOf(field(node, "name")) ?? "",
        waitsFor: this.named(field(node, "depends_on")),
        batches: items(field(node, "batches")).flatMap((batch) => this.#batch(batch)),
      },
    ];
  }

  edge(node: TreeNode): readonly Execution["edges"][number][] {
    const [dependent, dependency] = [textOf(field(node, "from")), textOf(field(node, "to"))];
    if (dependent === undefined || dependency === undefined)
      return this.#without(node, 'an edge without "from" and "to"');
    const type = textOf(field(node, "type")) ?? "";
    return [
      {
        dependent,
        dependency,
        soft: /soft|optional|weak/i.test(type),
        place: this.#placeAt(node.at),
      },
    ];
  }

  #batch(node: TreeNode): readonly ExecutionBatch[] {
    const id = this.#id(node, "batch");
    if (!id) return [];
    const parallel = field(node, "parallel");
    const gate = field(node, "gate");
    const commands = texts(field(gate, "command") ?? field(gate, "commands")).map(
      ({ text }) => text,
    );
    return [
      {
        ...id,
        parallel:
          parallel?.kind === "scalar" && typeof parallel.value === "boolean"
            ? parallel.value
            : undefined,
        waitsFor: this.named(field(node, "depends_on")),
        tasks: items(field(node, "tasks")).flatMap((task) => this.#task(task)),
        gate: gate && {
          commands,
          onFail: textOf(field(gate, "on_fail")),
          place: this.#placeAt(gate.at),
        },
      },
    ];
  }

  #task(node: TreeNode): readonly ExecutionTask[] {
    const plain = textOf(node);
    if (plain !== undefined) {
      return [
        { id: plain, place: this.#placeAt(node.at), description: "", outputs: [], context: [] },
      ];
    }
    const id = this.#id(node, "task");
    if (!id) return [];
    return [
      {
        ...id,
        description: textOf(field(node, "description")) ?? "",
        outputs: this.named(field(node, "output_file") ?? field(node, "output_files")),
        context: this.named(field(node, "context_scope")),
      },
    ];
  }

  #id(node: TreeNode, what: string): Named | undefined {
    const value = field(node, "id");
    const id = textOf(value);
    if (value && id !== undefined && id.trim() !== "")
      return { id: id.trim(), place: this.#placeAt(value.at) };
    this.#without(node, `a ${what} without "id"`);
    return undefined;
  }

  #without(node: TreeNode, what: string): readonly [] {
    this.diagnostics.push({
      code: "PLAN_EXECUTION_FIELD",
      severity: "warning",
      message: `${what} is left out`,
      place: this.#placeAt(node.at),
      hint: "Add what is missing, or remove it.",
    });
    return [];
  }
}

const unreadable = (message: string, place: FilePlace): PlanDiagnostic => ({
  code: "PLAN_EXECUTION_UNREADABLE",
  severity: "error",
  message: `the file can't be read whole: ${oneLine(message, 160)}`,
  place,
  hint: "Correct the YAML; what stands in the tasks.md beside it is read all the same.",
});
