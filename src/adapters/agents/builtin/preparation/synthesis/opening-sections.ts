import { audiencesOf } from "../docs/audiences.ts";
import {
  blocks,
  bullets,
  count,
  inline,
  lowered,
  sentence,
  sentenceList,
  short,
} from "../../synthesis/markdown.ts";
import { tidy } from "../../synthesis/plain-words.ts";
import { addUp } from "../../synthesis/effort.ts";
import { WORK } from "../work-ids.ts";
import { researched, thereAlready } from "./beside-lines.ts";
import { chainTo, rounds, tasksIn, type ImplementationModel } from "./implementation-model.ts";

const STATUS = {
  pass: "ready to be built from",
  conditional: "ready to be built from once what is open below is settled",
  fail: "not ready: what contradicts itself has to be settled first",
} as const;

const points = ([optimistic, likely, pessimistic]: readonly [number, number, number]): string =>
  `${optimistic}/${likely}/${pessimistic} person-days (optimistic/likely/pessimistic)`;

/** How much of the plan's effort stands at tasks here; the plan's other tasks cover what is divided otherwise here. */
function carriedEffort(model: ImplementationModel): string {
  const carried = tasksIn(model).flatMap(({ effort }) => (effort ? [effort] : []));
  if (carried.length === 0)
    return "None of its tasks is for one requirement alone, so none is carried over.";
  return `${points(addUp(carried))} of it ${carried.length === 1 ? "stands at the task" : `stand at the ${carried.length} tasks`} of the same requirement; groundwork, tests and documents are divided otherwise here than in the plan, and have no figure of their own.`;
}

/** `## Executive summary`: what is built, how ready it is, what to decide. */
export function summarySection(model: ImplementationModel): string {
  const { facts, review } = model;
  const { core, integrations, tests, docs, basis } = facts;
  const names = (core?.modules ?? []).map(({ name }) => inline(name));
  const systems = (integrations?.integrations ?? []).map(({ name }) => inline(name));
  const blocking = (review?.open_questions ?? []).filter((one) => one.blocking);
  const later = (review?.open_questions ?? []).length - blocking.length;
  const total = basis.plan.work.total;
  const readers = audiencesOf(basis).map(({ name }) => inline(lowered(name)));
  const [worst] = basis.plan.risks;
  return blocks(
    "## Executive summary",
    bullets(
      [
        `**What is built:** ${model.name}${readers.length > 0 ? `, for ${sentenceList(readers, 5)}` : ""}: ${names.length > 0 ? `${count(names.length, "module")} (${sentenceList(names, 8)})` : "modules nobody has designed yet"}${systems.length > 0 ? `, speaking to ${sentenceList(systems, 6)}` : ", speaking to nothing outside"}.`,
        `**Work:** ${count(tasksIn(model).length, "task")} in ${count(model.phases.length, "phase")}, ${tests ? `${count(tests.cases.length, "test case")} on ${count(tests.levels.length, "level")}` : "no test cases"}, ${docs ? count(docs.documents.length, "document") : "no documents"}.`,
        total && `**Effort:** the approved plan says ${points(total)}. ${carriedEffort(model)}`,
        review?.approval_status &&
          `**State:** ${STATUS[review.approval_status]} (quality of the preparations ${Math.round(review.quality_score)} of 100).`,
        blocking.length > 0 &&
          `**To decide before the work begins:** ${blocking.map(({ question }) => sentence(inline(question))).join(" ")}`,
        later > 0 &&
          `**To decide before the work on it begins:** ${count(later, "question")}, listed under Open questions.`,
        worst &&
          `**Biggest risk:** ${inline(`${worst.id}, ${short(tidy(worst.description), 220)}`)}`,
      ].filter((line) => typeof line === "string"),
    ),
  );
}

/** The modules in an order in which each has before it what it needs; in a circle the listed order stands. */
function moduleOrder({ facts }: ImplementationModel): readonly string[] {
  const modules = facts.core?.modules ?? [];
  const placed = new Set<string>();
  const open = new Set<string>();
  const place = (name: string): void => {
    const found = modules.find((one) => one.name === name);
    if (!found || placed.has(name) || open.has(name)) return;
    open.add(name);
    for (const other of found.depends_on) place(other);
    placed.add(name);
  };
  for (const { name } of modules) place(name);
  return [...placed];
}

/** The story of the best priority, and what it takes until it can be shown. */
function firstSlice(model: ImplementationModel): string | undefined {
  const { spec } = model.facts.basis;
  const story = spec.stories.toSorted((a, b) =>
    (a.priority ?? "P9").localeCompare(b.priority ?? "P9"),
  )[0];
  const task = story && model.numberOf.get(WORK.scenarios(story.id));
  if (!story || task === undefined) return undefined;
  const chain = chainTo(model, task);
  return `**Something to show first:** ${inline(`${story.id} ${story.title}`)} needs ${count(chain.length, "task")}: ${chain.join(", ")}. Built in this order it can be shown before anything else is begun.`;
}

/** `## Implementation strategy`: in which order and why, what can go side by side, what was decided. */
export function strategySection(model: ImplementationModel): string {
  const { basis, core } = model.facts;
  const order = moduleOrder(model).map((name) => inline(name));
  const steps = rounds(model);
  const widest = Math.max(0, ...steps.map(({ length }) => length));
  const decided = basis.plan.decisions.filter(({ chosen }) => chosen !== "");
  const open = basis.plan.decisions.filter(({ chosen }) => chosen === "");
  return blocks(
    "## Implementation strategy",
    bullets(
      [
        "**Contracts before code:** what each module keeps and offers, and what goes over each line to the outside, is fixed in phase 1. After that, modules are built and tested against each other's contracts and not against each other's code.",
        order.length > 1 &&
          `**Order of the modules:** ${order.join(" → ")}; each stands on those before it that it needs.`,
        firstSlice(model),
        `**Side by side:** the order allows ${count(steps.length, "round")}; up to ${count(widest, "task")} of one round need nothing of each other (see Dependencies).`,
        (model.facts.tests?.cases.length ?? 0) > 0 &&
          "**Tests:** the cases named below a task are written before it and pass at its end.",
        thereAlready(model),
        ...researched(model),
        ...decided.map(
          ({ topic, chosen }) => `**Decided in the plan:** ${inline(`${topic}: ${chosen}`)}.`,
        ),
        ...open.map(
          ({ topic, options }) =>
            `**Open:** ${inline(`${topic}: ${options.map((option) => `“${option}”`).join(" or ")}`)}. Until somebody chooses, keep it behind one module's contract.`,
        ),
        ...(core?.modules ?? [])
          .filter(
            ({ component, requirements }) =>
              component === null && requirements.length > 0 && basis.plan.components.length > 0,
          )
          .map(
            ({ name }) =>
              `**Beyond the plan:** the module ${inline(name)} realises no component of plan.md.`,
          ),
      ].filter((line) => typeof line === "string"),
    ),
  );
}
