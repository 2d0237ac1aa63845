import type { S4Answer } from "./answer.ts";
import type { AnalysisInput } from "./input.ts";
import { knownFile } from "./known-files.ts";
import type { Block, Finding, Section } from "./model.ts";
import { S4_QUESTIONS, type S4Question } from "./s4-questions.ts";
import type { Plan } from "../plan/model.ts";

/** Tasks of a plan that the findings answer, and the others with the reason; empty for a plan that asks none of S4's questions. */
export function s4Answers(
  plan: Plan,
  findings: readonly Finding[],
  input: AnalysisInput,
): readonly S4Answer[] {
  const byWords = new Map(S4_QUESTIONS.map((each) => [plainWords(each.words), each]));
  if (!plan.tasks.some(({ text }) => byWords.has(plainWords(text)))) return [];
  const answer = (words: string): Pick<S4Answer, "finding" | "missing"> => {
    const known = byWords.get(plainWords(words));
    if (!known) return { finding: null, missing: "people have to judge it" };
    return found(known, findings, input);
  };
  return [
    ...plan.tasks.map(({ key, text }) => ({ key, text, ...answer(text) })),
    ...plan.verifications.map(({ key, title, criteria }) => {
      const all = criteria.map(({ text }) => answer(text));
      const open = all.find(({ finding }) => finding === null);
      return {
        key,
        text: title,
        ...(open ?? all[0] ?? { finding: null, missing: "it has no criteria" }),
      };
    }),
  ];
}

function found(
  { finding: number, sections, plans = 1, kinds = [], unknown }: S4Question,
  findings: readonly Finding[],
  input: AnalysisInput,
): Pick<S4Answer, "finding" | "missing"> {
  const finding = findings.find((each) => each.number === number);
  if (!finding) return none(`finding ${number} was not made`);
  const given = input.plans.length;
  if (given < plans) return none(`it needs ${plans} plans; ${given} given`);
  const absent = kinds.find(
    (kind) => !input.files.some(({ path }) => knownFile(path)?.id === kind),
  );
  if (absent !== undefined) return none(`no ${absent} is among the files`);
  const lacking = sections.find(
    (id) =>
      !finding.sections.some(
        (each) => fits(each, id) && each.blocks.some((block) => says(block, unknown)),
      ),
  );
  if (lacking !== undefined) {
    const there = finding.sections.some((each) => fits(each, lacking));
    const name = lacking.replace(/-$/, "");
    return none(
      `no file given says it: ${finding.slug} has ${there ? `${unknown === undefined ? "nothing" : "nothing known"} in its section ${name}` : `no section ${name}`}`,
    );
  }
  return { finding: finding.slug, missing: null };
}

/** Words without marks of code, in one case, with single blanks. */
const plainWords = (text: string): string =>
  text.replace(/[`*]/g, "").replace(/\s+/g, " ").trim().toLowerCase();

const none = (missing: string) => ({ finding: null, missing });

const fits = (section: Section, id: string): boolean =>
  section.id === id || (id.endsWith("-") && section.id.startsWith(id));

/** Whether a block says something of the plans: a note does not, nor a table without rows. */
function says(block: Block, unknown: string | undefined): boolean {
  switch (block.kind) {
    case "note":
      return false;
    case "table":
      return block.rows.some(({ cells }) => unknown === undefined || !cells.includes(unknown));
    case "paragraph":
      return block.statements.length > 0;
    case "list":
      return block.items.length > 0;
    case "mermaid":
    case "code":
      return block.code.trim() !== "";
  }
}
