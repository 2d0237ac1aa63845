import type { Json } from "../../../../core/json.ts";
import { inert, oneLine } from "../../../../core/text.ts";
import type { Spec } from "../../../../spec/model.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import { requestedSection } from "../synthesis/closing-sections.ts";
import { blocks, bullets, cell, inline, sentence, table } from "../synthesis/markdown.ts";
import { notDone, readRequests } from "../synthesis/requests.ts";
import { specIds } from "../../../../stage/checks/ids.ts";
import { discoveryAnswers, type DiscoveryAnswers } from "./discovery-answers.ts";
import { OPEN, readDiscovery } from "../../../../stage/discovery/read-discovery.ts";

const DOCUMENT = "discovery.md";

/** `Q2: weekly` in a person's words answers question 2. */
const ANSWER = /^\s*(?:[-*]\s*)?(Q\d{1,3})\s*[:=]\s*(.+)$/gim;

/**
 * Write discovery.md (contract `synthesis`): questions with a line for the answer, then what planning would take for granted.
 * Answers are kept from one round to the next, and taken from lines like `Q2: weekly` of what people say.
 *
 * @param inputs `spec.md`, `analyses/<role>.json`, `review.json`, and in a rework round `rework.json` and
 * `previous/discovery.md`
 */
export function synthesizeDiscovery(inputs: Readonly<Record<string, string>>): Json {
  const spec = parseSpec("spec.md", inputs["spec.md"] ?? "");
  const found = discoveryAnswers(inputs);
  const requests = readRequests(inputs, specIds(spec), DOCUMENT);
  const given = answersIn(inputs);
  const unapplied = requests.all.filter(({ text }) => !new RegExp(ANSWER.source, "i").test(text));
  const asked = found.questions?.questions ?? [];
  const text = blocks(
    `# Discovery: ${inline(spec.title) || "Untitled feature"}`,
    "What has to be known before this can be planned. Answer behind **Answer:** in this file, or in words at the gate (`Q1: …`). What stays open is planned with the recommended answer where there is one, and is an open question of the plan where there is none.",
    questionsSection(found, given, spec),
    termsSection(found),
    actorsSection(found),
    missingSection(found),
    assumptionsSection(found),
    examplesSection(found),
    requestedSection({ requests: { ...requests, all: unapplied } }),
  );
  return {
    artifacts: { [DOCUMENT]: inert(`${text}\n`) },
    not_done: [...unknownAnswers(inputs, asked.length), ...notDone(unapplied)],
  };
}

/** Answers of this round to questions that nobody asked. */
const unknownAnswers = (
  inputs: Readonly<Record<string, string>>,
  asked: number,
): readonly string[] =>
  saidIn(inputs)
    .filter(([id]) => !(Number(id.slice(1)) >= 1 && Number(id.slice(1)) <= asked))
    .map(
      ([id, answer]) =>
        `“${id}: ${oneLine(answer, 120)}”: not understood: there is no question ${id}${asked > 0 ? `, only Q1 to Q${asked}` : ""}`,
    );

/** Answers by question, from the draft before and from what people said since; the later one counts. */
function answersIn(inputs: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const before = readDiscovery(inputs[`previous/${DOCUMENT}`]).flatMap(({ id, answer }) =>
    answer === undefined ? [] : [[id, answer] as const],
  );
  return new Map([...before, ...saidIn(inputs)]);
}

/** What people said since the draft before, as `[Q2, weekly]`. */
function saidIn(
  inputs: Readonly<Record<string, string>>,
): readonly (readonly [id: string, answer: string])[] {
  const rework = parseJson(inputs["rework.json"]);
  return (Array.isArray(rework) ? rework : [])
    .filter((one): one is string => typeof one === "string")
    .flatMap((one) => [...one.matchAll(ANSWER)])
    .map(([, id = "", answer = ""]) => [`Q${Number(id.slice(1))}`, answer.trim()] as const);
}

function questionsSection(
  { questions }: DiscoveryAnswers,
  given: ReadonlyMap<string, string>,
  spec: Spec,
): string {
  const asked = questions?.questions ?? [];
  return blocks(
    "## Questions",
    asked.length === 0 &&
      (questions ? "Nothing has to be asked." : "Unknown: nobody looked for questions."),
    ...asked.map((one, index) => {
      const id = `Q${index + 1}`;
      const about = [...one.requirements, ...(one.place === null ? [] : [one.place])];
      const { recommended, because } = one;
      const sentences = [...spec.requirements, ...spec.criteria]
        .filter((item) => one.requirements.includes(item.id))
        .map((item) => `${item.id}: ${item.text}`);
      return blocks(
        `### ${id}. ${inline(one.question)}`,
        bullets([
          ...sentences.map((text) => `**About:** ${inline(text)}`),
          `**Decides:** ${inline(one.decides)}${about.length > 0 ? ` (${inline(about.join(", "))})` : ""}`,
          `**Ask:** ${inline(one.ask)}`,
          `**Options:** ${one.options.length > 0 ? one.options.map(inline).join("; ") : "none that the text names"}`,
          `**Recommended:** ${recommended === null ? "nothing: the text gives no basis" : `${inline(recommended)}${because === null ? "" : `, because ${inline(because)}`}`}`,
          `**Answer:** ${inline(given.get(id) ?? OPEN)}`,
        ]),
      );
    }),
  );
}

const termsSection = ({ scope }: DiscoveryAnswers): string =>
  blocks(
    "## Terms to define",
    (scope?.terms ?? []).length > 0
      ? table(
          ["Term", "Why", "Used in"],
          (scope?.terms ?? []).map(({ term, why, source }) => [
            cell(term),
            cell(why),
            cell(source),
          ]),
        )
      : "None found that the specification does not explain.",
  );

const actorsSection = ({ scope }: DiscoveryAnswers): string =>
  blocks(
    "## Actors",
    (scope?.actors ?? []).length > 0
      ? table(
          ["Who", "What the text says of them", "Named in"],
          (scope?.actors ?? []).map(({ name, does, source }) => [
            cell(name),
            cell(does),
            cell(source),
          ]),
        )
      : "The specification names nobody who does or wants something.",
  );

const missingSection = ({ scope }: DiscoveryAnswers): string =>
  blocks(
    "## Missing parts",
    (scope?.missing ?? []).length > 0
      ? bullets(
          (scope?.missing ?? []).map(
            ({ part, why, how }) => `**${inline(part)}:** ${inline(why)}. ${sentence(inline(how))}`,
          ),
        )
      : "None: stories, scenarios, requirements, criteria, entities, edge cases and limits are there.",
  );

const assumptionsSection = ({ assumptions }: DiscoveryAnswers): string =>
  blocks(
    "## Assumptions",
    (assumptions?.assumptions ?? []).length > 0
      ? table(
          ["Taken for granted", "If it is wrong", "Source"],
          (assumptions?.assumptions ?? []).map((one) => [
            cell(one.assumption),
            cell(one.if_wrong),
            cell(one.source),
          ]),
        )
      : "None found.",
  );

const examplesSection = ({ assumptions }: DiscoveryAnswers): string =>
  blocks(
    "## Examples",
    (assumptions?.examples ?? []).length > 0
      ? bullets(
          (assumptions?.examples ?? []).map(
            ({ statement, example, source }) =>
              `${sentence(inline(statement))} For example: ${sentence(inline(example))} (${inline(source)})`,
          ),
        )
      : "The specification holds no case for the statements that can be read two ways.",
    ...(assumptions?.unknowns ?? []).map((one) => sentence(inline(one))),
  );
