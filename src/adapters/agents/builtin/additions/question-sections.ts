import { audienceOf } from "../synthesis/audience.ts";
import {
  blocks,
  bullets,
  cell,
  count,
  inline,
  sentence,
  sentenceList,
  table,
} from "../synthesis/markdown.ts";
import { phasesFor, type PlanMaterial, type PlanQuestion } from "./plan-material.ts";

const waiting = ({ requirements }: PlanQuestion): string =>
  requirements.length === 0 ? "no requirement by its id" : requirements.join(", ");

const goesOn = ({ answer, recommended }: PlanQuestion): string =>
  answer !== undefined
    ? `answered: ${answer}`
    : recommended !== undefined
      ? `goes on with: ${recommended}`
      : "waits: nothing speaks for an answer";

/** Every open question, what waits for it, and what the plan does until then (S0 §7.2, S1 §9.2). */
export function clarificationSection({ questions, words }: PlanMaterial): string {
  return blocks(
    questions.length === 0
      ? "The specification leaves nothing open that rules can find."
      : table(
          ["Question", "Waits for it", "Answers possible", "The plan"],
          questions.map((one) => [
            cell(one.question),
            cell(waiting(one)),
            cell(one.options.join("; ")),
            cell(goesOn(one)),
          ]),
        ),
    words.length > 0 &&
      blocks(
        "Said by people:",
        bullets(
          words.map(
            ({ by, at, text }) => `${inline(by)}, ${inline(at)}: ${sentence(inline(text))}`,
          ),
        ),
      ),
  );
}

/** Who is asked or shown what, before which phase (S0 §7.2). */
export function stakeholderSection(material: PlanMaterial): string {
  const { model, questions } = material;
  const actors = audienceOf(model.spec);
  const open = questions.filter(({ answer }) => answer === undefined);
  const rows = actors.map((actor) => {
    const stories = model.spec.stories.filter(({ narrative, title }) =>
      `${title} ${narrative}`.toLowerCase().includes(actor),
    );
    const requirements = model.spec.requirements.filter(({ text }) =>
      text.toLowerCase().includes(actor),
    );
    const ids = [...stories, ...requirements].map(({ id }) => id);
    const phases = phasesFor(material, ids);
    return [
      cell(actor),
      cell(
        ids.length === 0
          ? "what is planned, as a whole"
          : `what ${ids.slice(0, 8).join(", ")} will do`,
      ),
      cell(
        phases.length === 0
          ? "the first phase"
          : `phase ${phases[0]?.number ?? 1}, and at the end of phase ${sentenceList(phases.map(({ number }) => String(number)))}`,
      ),
    ];
  });
  return blocks(
    rows.length > 0
      ? table(["Who", "Is shown", "Before"], rows)
      : "The specification names nobody who does or wants something: whoever wrote it is asked.",
    open.length > 0 &&
      `${count(open.length, "question")} ${open.length === 1 ? "is" : "are"} for whoever wrote the specification, before the phases named under Clarifications or Validation gates.`,
  );
}

/** Whether work waits for the answer: as the review says, so that plan and summary say the same; without one, where nothing speaks for an answer. */
const isBlocking = (
  { question, requirements, recommended }: PlanQuestion,
  { review }: PlanMaterial["model"],
): boolean =>
  review === undefined
    ? recommended === undefined
    : review.open_questions.some(
        (one) =>
          one.blocking &&
          (one.question.includes(question) || requirements.some((id) => one.question.includes(id))),
      );

/** What must be shown or answered before each phase (S0 §7.2, S1 §9.2). */
export function validationSection(material: PlanMaterial): string {
  const { model, questions } = material;
  const open = questions.filter(({ answer }) => answer === undefined);
  return bullets(
    model.phases.map((phase, index) => {
      const ids = new Set(phase.tasks.flatMap((task) => task.ids));
      const waits = open.filter(({ requirements }) => requirements.some((id) => ids.has(id)));
      const before = model.phases[index - 1];
      const shown =
        before === undefined
          ? "this plan is approved"
          : before.verify.length === 1
            ? `the check under VERIFY Phase ${before.number} holds`
            : `all ${count(before.verify.length, "check")} under VERIFY Phase ${before.number} hold`;
      const holding = waits.filter((one) => isBlocking(one, model));
      const asked = waits.filter((one) => !holding.includes(one));
      const gate =
        holding.length === 0
          ? "no open question holds it up"
          : `decided: ${holding.map(({ question }) => inline(question)).join(" ")}`;
      return [
        `**Before phase ${phase.number}, ${inline(phase.title)}:** ${shown}; ${sentence(gate)} Otherwise it does not begin.`,
        asked.length > 0 &&
          `Asked by then, and the work goes on meanwhile: ${asked.map(({ question }) => inline(question)).join(" ")}`,
      ]
        .filter(Boolean)
        .join(" ");
    }),
  );
}

/** What the plan takes for granted (S0 §7.3, S1 §9.2). */
export function assumptionSection({ model, questions }: PlanMaterial): string {
  const rows = [
    ...model.spec.assumptions.map(({ text, line }) => [
      cell(text),
      `spec, line ${line}`,
      "what rests on it is planned again",
      "when somebody looks at it with this plan",
    ]),
    ...questions.map((one) => [
      cell(
        `${one.question} ${one.answer ?? one.recommended ?? "stays open: both ways are kept possible"}`,
      ),
      one.answer === undefined ? "open question" : "answered in discovery",
      cell(
        one.requirements.length === 0
          ? "the part concerned is built again"
          : `${one.requirements.join(", ")} built again`,
      ),
      one.answer === undefined ? "when it is answered" : "when the answer is taken back",
    ]),
    ...(model.analyses.estimation?.assumptions ?? []).map((text) => [
      cell(text),
      "estimation",
      "effort and dates change",
      "after the first phase, by its measured effort",
    ]),
  ];
  return rows.length === 0
    ? "Neither the specification nor an analyst states any, and no question is open."
    : table(["Taken for granted", "Source", "If it is wrong", "It shows"], rows);
}

/** One case for each requirement (S1 §9.2). */
export function exampleSection({ model }: PlanMaterial): string {
  const functional = model.analyses.requirements?.functional ?? [];
  const told = functional.flatMap(({ id, acceptance_criteria: [first] }) =>
    first
      ? [
          `**${inline(id)}:** given ${inline(first.given)}, when ${inline(first.when)}, then ${sentence(inline(first.then))}`,
        ]
      : [],
  );
  const bare = functional.filter(({ acceptance_criteria: cases }) => cases.length === 0);
  return blocks(
    told.length > 0 && bullets(told),
    bare.length > 0 &&
      `No case in the specification: ${bare.map(({ id }) => inline(id)).join(", ")}. One is needed of each before its work begins.`,
    functional.length === 0 && "Unknown: there is no requirements analysis.",
  );
}
