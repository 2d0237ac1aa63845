import type { Json } from "../../core/json.ts";
import type { ContractName } from "../contracts.ts";

/**
 * What depth asks of an answer beyond its contract (ST-15), as data. An answer that has nothing to give is not made to
 * invent it: naming the list, or the item, under `unknowns` or `open_questions` meets the demand as well.
 */
export type OutputDemand =
  | {
      /** Path of a list in the answer, `phases.tasks` for the lists of a list. */
      readonly list: string;
      readonly atLeast: number;
    }
  | {
      /** Path of a list, each item of which … */
      readonly each: string;
      /** … has something in at least one of these fields. */
      readonly has: readonly string[];
    };

/** One demand that an answer leaves unmet. */
export interface Unmet {
  /** For the agent and for people. */
  readonly problem: string;
  /** How an answer says that there is nothing to give. */
  readonly saying: string;
}

/** What an answer lacks of the demands, in their order. `answer` must match its contract. */
export function unmetDemands(
  contract: ContractName,
  demands: readonly OutputDemand[],
  answer: Json,
): readonly Unmet[] {
  const root = fieldOf(answer, contract) ?? answer;
  const said = saidIn(root);
  return demands.flatMap((demand) =>
    "list" in demand ? unmetList(root, demand, said) : unmetItems(root, demand, said),
  );
}

/** The demand as a sentence of a prompt. */
export const demandText = (demand: OutputDemand): string =>
  "list" in demand
    ? `At least ${demand.atLeast} in \`${demand.list}\`; where there is less, \`unknowns\` says why, naming "${wordsOf(demand.list)}".`
    : `Each of \`${demand.each}\` has ${demand.has.map((field) => `\`${field}\``).join(" or ")}; where it can't be known, \`unknowns\` names the item.`;

function unmetList(
  root: Json | undefined,
  { list, atLeast }: Extract<OutputDemand, { readonly list: string }>,
  said: string,
): readonly Unmet[] {
  const found = itemsAt(root, list.split(".")).length;
  const words = wordsOf(list);
  if (found >= atLeast || said.includes(words)) return [];
  return [
    {
      problem: `${list}: ${found} where at least ${atLeast} ${atLeast === 1 ? "is" : "are"} asked for, and unknowns does not say why`,
      saying: `${capital(words)}: ${found === 0 ? "none" : `only ${found}`} found in the documents.`,
    },
  ];
}

function unmetItems(
  root: Json | undefined,
  { each, has }: Extract<OutputDemand, { readonly each: string }>,
  said: string,
): readonly Unmet[] {
  return itemsAt(root, each.split(".")).flatMap((item, index) => {
    if (has.some((field) => isFilled(fieldOf(item, field)))) return [];
    const name = nameOf(item) ?? `${wordsOf(each)} ${index + 1}`;
    if (said.includes(name.toLowerCase())) return [];
    const missing = has.map((field) => wordsOf(field)).join(" or ");
    return [
      {
        problem: `${each}: "${name.slice(0, 80)}" has no ${missing}, and unknowns does not name it`,
        saying: `${name}: no ${missing} found in the documents.`,
      },
    ];
  });
}

/** What the answer says it does not know, in small letters. */
const saidIn = (root: Json | undefined): string =>
  ["unknowns", "open_questions", "remaining_questions"]
    .flatMap((field) => itemsAt(root, [field]))
    .map((item) => (typeof item === "string" ? item : JSON.stringify(item)))
    .join("\n")
    .toLowerCase();

/** The items of the list at a path; lists on the way are gone through. */
function itemsAt(value: Json | undefined, path: readonly string[]): readonly Json[] {
  const [field, ...rest] = path;
  if (field === undefined) return isList(value) ? value : [];
  const next = fieldOf(value, field);
  if (rest.length === 0) return isList(next) ? next : [];
  return isList(next) ? next.flatMap((item) => itemsAt(item, rest)) : itemsAt(next, rest);
}

const isGroup = (value: Json | undefined): value is { readonly [name: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !isList(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

const fieldOf = (value: Json | undefined, field: string): Json | undefined =>
  isGroup(value) && Object.hasOwn(value, field) ? value[field] : undefined;

const isFilled = (value: Json | undefined): boolean =>
  typeof value === "string"
    ? value.trim() !== ""
    : isList(value)
      ? value.length > 0
      : value !== undefined && value !== null;

const NAMES = ["id", "name", "title", "question", "topic", "item", "description"];

const nameOf = (item: Json): string | undefined =>
  NAMES.flatMap((field) => {
    const value = fieldOf(item, field);
    return typeof value === "string" && value.trim() !== "" ? [value.trim()] : [];
  })[0];

const wordsOf = (path: string): string => path.replaceAll(/[._]/g, " ");

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
