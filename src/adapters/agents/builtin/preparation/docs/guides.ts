import { titleOf, type Basis } from "../basis.ts";
import { interfacesFor } from "../core/interfaces.ts";
import { capitalize, singular, stem, wordsOf } from "../../text/terms.ts";
import { audiencesOf, type Audience } from "./audiences.ts";
import { MOST, type Document } from "./document.ts";

const isBy = (actor: string | undefined, { key }: Audience): boolean =>
  actor !== undefined && stem(wordsOf(singular(actor)).at(-1) ?? "") === key;

/** What an audience does: its demands, and the operations that are its to call. */
function sectionsFor(audience: Audience, basis: Basis): readonly string[] {
  const offered = interfacesFor(basis)
    .flatMap(({ operations }) => operations)
    .filter(
      ({ callers }) => Array.isArray(callers) && callers.some((one) => isBy(String(one), audience)),
    );
  const own = demandsOf(audience, basis).filter(({ restricts }) => !restricts);
  return [
    ...new Set([
      ...own.map((demand) => titleOf(demand, basis)),
      ...offered.map(({ purpose }) => purpose),
    ]),
  ].filter(Boolean);
}

const demandsOf = (audience: Audience, { around, subjects }: Basis): Basis["around"]["demands"] =>
  around.demands.filter(
    ({ actions, subject }) =>
      actions.some(({ actor }) => isBy(actor, audience)) ||
      (subject.includes(audience.key) && subjects.people.size > 0),
  );

/** Scenarios in which of all audiences this one acts. */
function shownFor(audience: Audience, basis: Basis): Basis["around"]["scenarios"] {
  const keys = new Set(audiencesOf(basis).map(({ key }) => key));
  return basis.around.scenarios.filter(({ when, given, text }) => {
    const words = wordsOf(when || given || text).map((word) => stem(singular(word)));
    return words.find((word) => keys.has(word)) === audience.key;
  });
}

/** A guide for each audience that does something, with the scenarios in which it does it as worked examples. */
export const guidesOf = (basis: Basis): readonly Document[] =>
  audiencesOf(basis).flatMap((audience): readonly Document[] => {
    const own = demandsOf(audience, basis).map(({ id }) => id);
    const shown = shownFor(audience, basis);
    if (own.length === 0 && shown.length === 0) return [];
    const who = audience.name.toLowerCase();
    const stories = [...new Set(shown.map(({ story }) => story))];
    const sections = sectionsFor(audience, basis);
    const titles = stories.map(
      (story) => basis.spec.stories.find(({ id }) => id === story)?.title ?? story,
    );
    return [
      {
        name: `Guide for ${who}`,
        audience: audience.name,
        purpose: `What ${who} do, step by step, and what they see when it is refused`,
        sections: (sections.length > 0 ? sections : titles).slice(0, MOST),
        examples: shown
          .slice(0, MOST)
          .map(({ source, when, then }) => `${source}: ${capitalize(when || then)}`),
        requirements: own.length > 0 ? own : stories,
      },
    ];
  });
