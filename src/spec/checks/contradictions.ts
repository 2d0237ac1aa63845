import type { Diagnostic } from "../../core/diagnostic.ts";
import { oneLine } from "../../core/text.ts";
import { numbersOf, type Quantity } from "../numbers.ts";
import { obligationsIn } from "../obligations.ts";
import { singular, stemOf, stemsOf } from "../terms.ts";
import { finding, placeIn, type Check, type CheckInput, type Passage } from "./passage.ts";
import { sendsDespite } from "./sending.ts";
import { sentencesOf, withoutQuotes } from "./sentences.ts";

/** Words that name what a number limits. Two texts that share one and the subject speak of the same limit. */
const ATTRIBUTE =
  /^(?:expir|timeout|length|siz|lifetim|retention|retain|valid|validit|duration|window|maximum|minimum|limit|longest|longer|short|ttl|interval|delay|quota|capacit|threshold|attempt|lockout|page|longueur|taill|dure)/;

/** Pairs are compared: past this many of a kind the rest is left out, so that the time stays bounded. */
const MOST = 400;

interface Statement {
  readonly passage: Passage;
  readonly quantity: Quantity;
  readonly offset: number;
  /** What is said around the quantity. */
  readonly clause: string;
}

interface Claim extends Statement {
  readonly about: ReadonlySet<string>;
}

const CLAUSE = /[,:—–()→]|\b(?:and|or|but|while|whereas|et|ou|y|o|und|oder)\b/giu;

/** Most that is read of a clause on each side of its number, in characters. */
const REACH = 200;

/** The clause around each quantity of a sentence, without the quantity. Goes along the sentence once. */
function clausesOf(
  sentence: string,
  quantities: readonly Quantity[],
): readonly (readonly [Quantity, string])[] {
  const breaks = [...sentence.matchAll(CLAUSE)];
  let next = 0;
  let start = 0;
  return quantities.map((quantity) => {
    const { offset, text } = quantity;
    for (let mark = breaks[next]; mark && mark.index < offset; mark = breaks[++next])
      start = mark.index + mark[0].length;
    const end = breaks[next]?.index ?? sentence.length;
    const before = sentence.slice(Math.max(start, offset - REACH), offset);
    const after = sentence.slice(offset + text.length, Math.min(end, offset + REACH));
    return [quantity, `${before} ${after}`] as const;
  });
}

function statementsOf(passage: Passage): readonly Statement[] {
  return sentencesOf(passage.body.text).flatMap((sentence) =>
    clausesOf(sentence.text, numbersOf(sentence.text)).map(([quantity, clause]) => ({
      passage,
      quantity,
      offset: sentence.offset + quantity.offset,
      clause,
    })),
  );
}

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] =>
  [...a].filter((stem) => b.has(stem));

function clash(a: Claim, b: Claim): boolean {
  if (a.passage.id === b.passage.id || a.quantity.unit !== b.quantity.unit) return false;
  if (a.quantity.bound !== b.quantity.bound || a.quantity.value === b.quantity.value) return false;
  const common = shared(a.about, b.about);
  const subject = common.filter((stem) => !ATTRIBUTE.test(stem));
  const union = new Set([...a.about, ...b.about]).size;
  return (
    subject.length >= 1 &&
    common.length >= 2 &&
    subject.length < common.length &&
    common.length >= union * 0.75
  );
}

function numbers({ spec, requirements, criteria }: CheckInput): readonly Diagnostic[] {
  const byUnit = new Map<string, Statement[]>();
  for (const statement of [...requirements, ...criteria].flatMap(statementsOf)) {
    const group = byUnit.get(statement.quantity.unit);
    if (!group) byUnit.set(statement.quantity.unit, [statement]);
    else if (group.length < MOST) group.push(statement);
  }
  return [...byUnit.values()].flatMap((statements) => {
    if (statements.length < 2) return [];
    const group: readonly Claim[] = statements.map((one) => ({
      ...one,
      about: stemsOf(one.clause),
    }));
    return group.flatMap((one, index) => {
      const other = group.slice(0, index).find((earlier) => clash(earlier, one));
      if (!other) return [];
      return [
        finding(spec, ["SPEC_CONTRADICTION", "warning"], placeIn(one.passage, one.offset), [
          `${one.passage.id} says ${one.quantity.text}, ${other.passage.id} says ${other.quantity.text} of the same (${shared(one.about, other.about).slice(0, 4).join(", ")}).`,
          "Decide which holds, or say what makes the two cases different.",
        ]),
      ];
    });
  });
}

interface Duty {
  readonly passage: Passage;
  readonly negative: boolean;
  readonly offset: number;
  readonly subject: ReadonlySet<string>;
  readonly action: ReadonlySet<string>;
}

const CONDITION =
  /(?<![\p{L}])(?:if|when|unless|until|except|while|after|before|without|only|once|where|outside|beyond|other|another|si|sauf|quand|lorsque|cuando|salvo|quando|exceto|wenn|ausser|außer)(?![\p{L}])/iu;

function dutiesOf(passage: Passage): readonly Duty[] {
  return sentencesOf(withoutQuotes(passage.body.text)).flatMap((sentence) => {
    const found = obligationsIn(sentence.text);
    const only = found[0];
    if (!only || found.length > 1 || CONDITION.test(sentence.text)) return [];
    return [
      {
        passage,
        negative: only.negative,
        offset: sentence.offset + only.offset,
        subject: stemsOf(sentence.text.slice(0, only.offset)),
        action: stemsOf(sentence.text.slice(only.end)),
      },
    ];
  });
}

const alike = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  shared(a, b).length / Math.max(1, new Set([...a, ...b]).size);

function duties({ spec, requirements }: CheckInput): readonly Diagnostic[] {
  const all = requirements.slice(0, MOST * 5).flatMap(dutiesOf);
  const forbidden = all.filter(({ negative }) => negative).slice(0, MOST);
  return forbidden.flatMap((no) => {
    const yes = all.find(
      (one) =>
        !one.negative &&
        one.action.size >= 2 &&
        alike(one.action, no.action) >= 0.75 &&
        (alike(one.subject, no.subject) >= 0.5 || one.subject.size + no.subject.size === 0),
    );
    if (!yes) return [];
    return [
      finding(spec, ["SPEC_CONTRADICTION", "warning"], placeIn(no.passage, no.offset), [
        `${no.passage.id} forbids what ${yes.passage.id} demands.`,
        "Decide which holds, or say under which condition each does.",
      ]),
    ];
  });
}

const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)]
    .map(([found]) => stemOf(singular(found)))
    .filter((stem) => !/^(?:a|an|the|of|to|la|le|el|der|die|das)$/.test(stem));

/** The matter of an out-of-scope item: its bold lead, or its words up to the first mark. */
function matterOf(text: string): readonly string[] {
  const lead =
    /^(?:\*\*|__)(.{3,80}?)(?:\*\*|__)/.exec(text)?.[1] ??
    /^[^.,:;()—–]{3,80}/.exec(text)?.[0] ??
    "";
  return wordsOf(lead);
}

const OFFERS =
  /^(?:also )?(?:support|provide|allow|include|implement|offer|enable|let|permit|integrate)\p{L}*/iu;

/** What a sentence demands to be offered: the words after "MUST support …"; none when it demands something else. */
function offered(sentence: string): readonly string[] {
  const found = obligationsIn(sentence);
  const only = found[0];
  if (!only || found.some(({ negative }) => negative)) return [];
  const action = sentence.slice(only.end).trim();
  return OFFERS.test(action) ? wordsOf(action).slice(1, 30) : [];
}

/** Whether all words of the matter stand in a row, soon after the verb. */
const demands = (words: readonly string[], matter: readonly string[]): boolean =>
  words.some(
    (_, start) => start < 6 && matter.every((stem, index) => words[start + index] === stem),
  );

function outOfScope({ spec, requirements }: CheckInput): readonly Diagnostic[] {
  if (spec.outOfScope.length === 0) return [];
  const offers = requirements.flatMap((passage) =>
    sentencesOf(withoutQuotes(passage.body.text))
      .map(({ text }) => ({ passage, words: offered(text) }))
      .filter(({ words }) => words.length > 0),
  );
  const sent = requirements.slice(0, MOST).flatMap((passage) =>
    sentencesOf(withoutQuotes(passage.body.text)).flatMap(({ text }) => {
      const [only, ...more] = obligationsIn(text);
      return only && !only.negative && more.length === 0
        ? [{ passage, text: text.slice(only.end) }]
        : [];
    }),
  );
  return spec.outOfScope.slice(0, MOST).flatMap((item) => {
    const matter = matterOf(item.text);
    const wanted =
      (matter.length < 2 ? undefined : offers.find(({ words }) => demands(words, matter))) ??
      sent.find(({ text }) => sendsDespite(item.text, text));
    if (!wanted) return [];
    return [
      finding(spec, ["SPEC_CONTRADICTION", "warning"], item, [
        `"${oneLine(item.text, 50)}" is out of scope, yet ${wanted.passage.id} (line ${wanted.passage.item.line}) demands it.`,
        "Take it out of one of the two, or say which part of it is meant.",
      ]),
    ];
  });
}

/** Contradictions that can be decided from the text: two numbers for one limit, MUST against MUST NOT, in and out of scope. */
export const checkContradictions: Check = (input) => [
  ...numbers(input),
  ...duties(input),
  ...outOfScope(input),
];
