import { oneLine } from "../../core/text.ts";
import type { Task } from "../../plan/model.ts";
import type { ResourceUse } from "../../plan/resources/model.ts";
import { usesOfTask } from "../../plan/resources/task-uses.ts";
import { ownProtection, protectedKind, type ProtectedKind } from "../protected-changes.ts";
import type { PlanWork } from "../plan-work.ts";
import { stateOfTask, type RunRules } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import { writeBounds } from "../write-bounds.ts";
import type { PreviewQuestion } from "./run-preview.ts";

/** What a person will have to say a word on, or may have to, as far as the plan shows it. */
export function previewPeople(
  { work, uses, before }: PlanWork,
  rules: RunRules,
  protect: readonly string[] = [],
): readonly PreviewQuestion[] {
  const { nodes, edges } = work.graph;
  const own = protect.length > 0 ? ownProtection(protect) : undefined;
  const questions = nodes.flatMap((node, index): readonly PreviewQuestion[] => {
    if (node.kind !== "task" || work.parts.has(index)) return [];
    if (isFinished(stateOfTask(before, node.key))) return [];
    const { key, task } = node;
    const used = uses.get(key) ?? [];
    return [protectedQuestion(used, own), outsideQuestion(used, task)].flatMap((question) =>
      question ? [{ ...question, key, place: task.place }] : [],
    );
  });
  const gates = nodes.flatMap((node, index): readonly PreviewQuestion[] => {
    if (rules.gates?.has(node.key) !== true) return [];
    const place = edges.find(({ to }) => to === index)?.cause.place;
    return [
      {
        kind: "gate",
        key: node.key,
        message: "What waits for it goes on when a person lets it.",
        paths: [],
        sure: true,
        ...(place && { place }),
      },
    ];
  });
  return [...questions, ...gates];
}

type Asked = Omit<PreviewQuestion, "key" | "place">;

const isPath = ({ kind, vague }: ResourceUse): boolean => kind !== "other" && vague !== true;

function protectedQuestion(
  uses: readonly ResourceUse[],
  own: ProtectedKind | undefined,
): Asked | undefined {
  const found = uses.filter(isPath).flatMap(({ access, resource, sure }) => {
    const path = resource.replace(/\/$/, "");
    const kind =
      access === "write"
        ? protectedKind({ path, change: "modified", after: "100644" }, own)
        : undefined;
    return kind ? [{ path: resource, words: kind.words, sure }] : [];
  });
  const [first] = found;
  if (!first) return undefined;
  return {
    kind: "protected-change",
    message: `${oneLine(first.path, 120)} ${first.words}${more(found.length)}.`,
    paths: found.map(({ path }) => path),
    sure: found.some(({ sure }) => sure),
  };
}

/** What the text asks to be changed besides what fields declare: the agent may well do it. */
function outsideQuestion(uses: readonly ResourceUse[], task: Task): Asked | undefined {
  const bounds = writeBounds(uses);
  if (!bounds) return undefined;
  // a field that declares files makes all others of the text readings
  const outside = usesOfTask({ ...task, files: [] })
    .filter((use) => isPath(use) && use.access === "write" && use.kind === "file")
    .map(({ resource }) => resource)
    .filter((path) => !bounds.allows(path));
  const [first] = outside;
  if (first === undefined) return undefined;
  return {
    kind: "outside-declared",
    message: `${oneLine(first, 120)} is named, and not among what it declares to change${more(outside.length)}.`,
    paths: outside,
    sure: false,
  };
}

const more = (count: number) => (count > 1 ? ` (and ${count - 1} more)` : "");
