import type { Entity } from "../../../../spec/model.ts";
import { idsIn } from "../../../../stage/checks/ids.ts";
import type { Facts } from "../review/facts.ts";
import { clause, inline, lowered, sentence, sentenceList, short } from "./markdown.ts";
import { listedParts } from "../text/listed-parts.ts";
import { deedOf } from "./deed.ts";
import type { PlannedTask } from "./plan-model.ts";

/** Fields longer than this are sentences, not names. */
const WORDS_OF_A_FIELD = 8;

/**
 * What groundwork delivers, to be looked at: each entity that its tasks name, by the spec's own definition, and the rules
 * that the design wants the store itself to hold.
 */
export function groundworkLines(
  tasks: readonly PlannedTask[],
  { spec, analyses, textOf }: Facts,
): readonly string[] {
  const text = tasks.map(({ title }) => title.toLowerCase()).join("\n");
  const named = spec.entities.filter(({ name }) => isWordIn(text, name.toLowerCase()));
  const ids = new Set(tasks.flatMap((task) => task.ids));
  const rules = (analyses.architecture?.patterns ?? [])
    .filter(({ name }) => /\bconstraint\b/i.test(name))
    .flatMap(({ applies_to }) => applies_to.flatMap((source) => idsIn(source)))
    .filter((id) => ids.has(id));
  return [
    ...named.map(entityLine),
    ...(named.length === 0
      ? []
      : [...new Set(rules)].map((id) =>
          sentence(
            `The store itself holds ${id}: ${inline(lowered(clause(deedOf(textOf(id)), 160)))}`,
          ),
        )),
  ];
}

const isWordIn = (text: string, word: string): boolean => {
  const at = text.indexOf(word);
  return (
    at >= 0 &&
    word !== "" &&
    !/[\p{L}\p{N}]$/u.test(text.slice(0, at)) &&
    !/^\p{L}{2}/u.test(text.slice(at + word.length))
  );
};

/** `Tool can be stored and read with name, label and state (free, reserved).` */
function entityLine({ name, text, fields }: Entity): string {
  const listed = /^[^:]{0,160}:\s+(.+)$/s.exec(text)?.[1] ?? (fields.length > 1 ? text : "");
  const parts = listedParts(listed.replace(/[.\s]+$/, ""));
  if (parts.length > 1 && parts.every((part) => part.split(" ").length <= WORDS_OF_A_FIELD))
    return sentence(
      inline(`${name} can be stored and read with ${sentenceList(parts.map(withoutAnd))}`),
    );
  return sentence(
    inline(`${name} can be stored and read${text === "" ? "" : `: ${short(text, 220)}`}`),
  );
}

const withoutAnd = (part: string): string => part.replace(/^and\s+/i, "");
