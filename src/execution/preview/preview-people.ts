import { oneLine } from "../../core/text.ts";
import { isWork, type VerificationNode } from "../../plan/graph/model.ts";
import type { Task } from "../../plan/model.ts";
import type { ResourceUse } from "../../plan/resources/model.ts";
import { usesOfTask } from "../../plan/resources/task-uses.ts";
import { ownProtection, protectedKind, type ProtectedKind } from "../protected-changes.ts";
import type { PlanWork } from "../plan-work.ts";
import { stateOfTask, type RunRules } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import { verificationChecks } from "../verify-commands.ts";
import { writeBounds } from "../write-bounds.ts";
import type { PreviewBase, PreviewQuestion } from "./run-preview.ts";

/** What a person will have to say a word on, or may have to, as far as the plan shows it. */
export function previewPeople(
  { work, uses, before }: PlanWork,
  rules: RunRules,
  protect: readonly string[] = [],
): readonly PreviewQuestion[] {
  const { nodes, edges } = work.graph;
  const own = protect.length > 0 ? ownProtection(protect) : undefined;
  const questions = nodes.flatMap((node, index): readonly PreviewQuestion[] => {
    if (!isWork(node) || work.parts.has(index)) return [];
    if (isFinished(stateOfTask(before, node.key))) return [];
    if (node.kind === "verification") return unsaid(node);
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

/** What holds up the run as a whole. */
export function questionsOfRun({
  unnamed,
  base,
}: {
  /** What to do where nobody is named that works on tasks. */
  readonly unnamed: string | undefined;
  readonly base: PreviewBase | null;
}): readonly PreviewQuestion[] {
  const about = { paths: [], sure: true };
  return [
    ...(unnamed === undefined
      ? []
      : [
          {
            ...about,
            kind: "agent" as const,
            message: `Nobody is named that works on tasks. ${unnamed}`,
          },
        ]),
    ...(base === null || base.outcome === "passed"
      ? []
      : [
          {
            ...about,
            kind: "failing-tests" as const,
            message: `The project's tests ${base.outcome === "failed" ? "failed" : "could not be run"} on this commit in run ${oneLine(base.runId, 80)}: the run will wait before anything is begun, until you say how to go on.`,
          },
        ]),
  ];
}

function unsaid({ key, verification }: VerificationNode): readonly PreviewQuestion[] {
  const { commands, prose } = verificationChecks(verification);
  if (commands.length + prose.length > 0) return [];
  const message = "It names neither a command nor a criterion: whether it holds is for you to say.";
  return [{ kind: "agent-asked", key, message, paths: [], place: verification.place, sure: true }];
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
