import type { CoreImplementation } from "../../../../../stage/contracts/preparation.ts";
import { citeOf, hitsOf } from "../../analysis/evidence.ts";
import { sentenceList } from "../../synthesis/markdown.ts";
import type { Basis } from "../basis.ts";
import { statesOf } from "./data-structures.ts";

type Parts = Pick<CoreImplementation, "data_structures" | "interfaces">;

/** What a builder will ask and the spec leaves open, by the words that raise it and those that would settle it. */
const QUESTIONS: readonly {
  readonly when: RegExp;
  readonly settled: RegExp;
  readonly asks: string;
}[] = [
  {
    when: /\bat \d{1,2}[:.h]\d{2}\b|\bmidnight\b/iu,
    settled: /\btime ?zones?\b|\butc\b|\bgmt\b|\blocal time\b|\bcet\b/iu,
    asks: "In which time zone the times of day are meant",
  },
  {
    when: /\b(?:working|business) days?\b/iu,
    settled: /\b(?:public )?holidays?\b|\bmonday (?:to|through|–|-) friday\b/iu,
    asks: "Which days are working days, holidays included",
  },
  {
    when: /\bpasswords?\b/iu,
    settled:
      /\bforg(?:et|ot|otten)\w*\b|\breset\w*\b|\brecover\w*\b|\bpasswordless\b|\bwithout (?:a )?password\b|\bpassword protected\b/iu,
    asks: "How somebody who forgot the password comes in again",
  },
];

/** What cannot be known from spec and plan, each said once. */
export function coreUnknowns(basis: Basis, { data_structures, interfaces }: Parts): string[] {
  const { statements, modules, spec, placed } = basis;
  const unset = statesOf(basis).filter(({ setBy }) => setBy === undefined);
  const entities = [...new Set(unset.map(({ entity }) => entity))];
  const bare = data_structures.filter(({ fields }) => fields.length === 0).map(({ name }) => name);
  const silent = modules
    .filter(({ name }) => !interfaces.some(({ module }) => module === name))
    .map(({ name }) => name);
  const carried = new Set(modules.flatMap((one) => one.entities));
  const homeless = spec.entities.length - carried.size;
  return [
    ...QUESTIONS.flatMap(({ when, settled, asks }) => {
      const [hit] = hitsOf(statements, when);
      const answered = statements.some(({ text }) => settled.test(text));
      return hit && !answered
        ? [`${asks}: ${citeOf(hit.statement)} says “${hit.words}” and nothing says it.`]
        : [];
    }),
    ...entities.map((entity) => {
      const values = unset.filter((one) => one.entity === entity).map(({ value }) => `“${value}”`);
      return `What brings ${entity} into the state ${sentenceList(values)}: no requirement's words say it.`;
    }),
    ...(bare.length > 0 ? [`Fields of ${sentenceList(bare)}: the specification lists none.`] : []),
    ...(silent.length > 0
      ? [`Operations of ${sentenceList(silent)}: the requirements state rules and name no action.`]
      : []),
    ...(homeless > 0
      ? [
          `Where ${homeless} of the specification's entities belong: no component owns them and no requirement acts on them.`,
        ]
      : []),
    ...placed.map(
      ({ id, module }) =>
        `Which component carries ${id}: plan.md names it in none; here it stands in ${module}.`,
    ),
    ...(basis.plan.components.length === 0
      ? [
          "The plan's components: plan.md lists none that rules can read; the modules are cut from the specification.",
        ]
      : []),
  ];
}
