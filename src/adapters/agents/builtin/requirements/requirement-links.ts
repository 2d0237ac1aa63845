import { statedLinks } from "./stated-links.ts";
import { naming, type Domain, type Topic } from "../analysis/domain.ts";
import { acyclic, type Link } from "../analysis/links.ts";
import { sharedCount } from "../analysis/relevance.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { citeOf } from "../analysis/evidence.ts";
import { plain, singular, stem, termsOf, wordsOf } from "../text/terms.ts";

const MAKES = new Set([
  "create",
  "add",
  "register",
  "issue",
  "generate",
  "define",
  "establish",
  "produce",
  "persist",
  "charge",
  "submit",
  "place",
  "upload",
  "post",
  "write",
  "créer",
  "inscrire",
  "ajouter",
  "anlegen",
  "erstellen",
  "crear",
  "registrar",
]);
/** Heads that only carry what the word before them names. */
const CARRIER = /^(?:codes?|records?|entr(?:y|ies)|items?|tabs?|links?|forms?|pages?|accounts?)$/;
const SIGN_IN =
  /\b(?:log ?in|sign ?in|authenticate users?|authenticate via|se connecter|connexion)\b/iu;
const SIGNED_IN =
  /\b(?:authenticated|logged[- ]in|signed[- ]in|log ?out|sign ?out|(?:jwt |access |existing |session )tokens?|sessions?|déconnecter|connecté)\b/iu;

/** Ids a text names, other than its own. */
function named({ demands }: Surroundings): readonly Link[] {
  const ids = new Set(demands.map(({ id }) => id));
  return demands.flatMap((demand) =>
    [...new Set(demand.text.match(/\b[A-Z]{1,5}-?\d{1,4}[a-z]?\b/g) ?? [])]
      .filter((id) => ids.has(id) && id !== demand.id)
      .map((to) => ({ from: demand.id, to, reason: `${citeOf(demand)} names ${to} in its text` })),
  );
}

/** The first demand that brings each topic into being, with the words by which it does. */
function makers(
  { demands }: Surroundings,
  domain: Domain,
): ReadonlyMap<string, { demand: PlacedDemand; does: string }> {
  const found = new Map<string, { demand: PlacedDemand; does: string }>();
  for (const demand of demands)
    for (const action of demand.actions) {
      if (action.negated || !MAKES.has(action.verb)) continue;
      const words = wordsOf(action.object);
      // "deposit schedules" makes schedules and no deposits; an "invite code" is the invite
      const made = (domain.touched.get(demand.id) ?? []).filter((topic) => {
        const heads = CARRIER.test(words.at(-1) ?? "") ? words.slice(-2) : words.slice(-1);
        return naming(topic, words.map(stem)) >= 0.5 && naming(topic, heads.map(stem)) > 0;
      });
      for (const { name } of made)
        if (!found.has(name)) found.set(name, { demand, does: `${action.verb} ${action.object}` });
    }
  return found;
}

const actsOn = (demand: PlacedDemand, topic: Topic): boolean => naming(topic, demand.said) >= 0.5;

function definitionAndUse(around: Surroundings, domain: Domain): readonly Link[] {
  const made = makers(around, domain);
  return around.demands.flatMap((demand) =>
    (domain.touched.get(demand.id) ?? []).slice(0, 3).flatMap((topic) => {
      const maker = made.get(topic.name);
      if (!maker || maker.demand.id === demand.id || !actsOn(demand, topic)) return [];
      return [
        {
          from: demand.id,
          to: maker.demand.id,
          reason: `${citeOf(demand)} works with "${singular(topic.name)}", which ${citeOf(maker.demand)} brings into being ("${maker.does}")`,
        },
      ];
    }),
  );
}

function signInFirst({ demands }: Surroundings): readonly Link[] {
  const signIn = demands.find(
    (one) =>
      SIGN_IN.test(one.text) &&
      one.actions.some(({ kind, negated }) => kind === "access" && !negated),
  );
  if (!signIn) return [];
  return demands
    .filter((one) => one !== signIn && !SIGN_IN.test(one.text) && SIGNED_IN.test(one.text))
    .map((one) => ({
      from: one.id,
      to: signIn.id,
      reason: `${citeOf(one)} speaks of "${SIGNED_IN.exec(one.text)?.[0] ?? ""}", which needs the sign-in of ${citeOf(signIn)}`,
    }));
}

/** `updated to target Expo SDK 54`: the last words of what is changed to, with its version. */
const CHANGED_TO =
  /\b(?:updated?|upgraded?|migrated?|moved?|switched?|bumped?) to (?:target |use )?(?:\p{Lu}[\p{L}.-]*\s){0,3}?(\p{Lu}[\p{L}.-]*\s?v?\d+(?:\.\d+)*)/u;

/** What has to work with the new version needs the change to it. */
function changedFirst({ demands }: Surroundings): readonly Link[] {
  return demands.flatMap((changing) => {
    const version = CHANGED_TO.exec(changing.text.slice(0, 2_000))?.[1];
    if (version === undefined) return [];
    return demands
      .filter((one) => one !== changing && one.text.includes(version))
      .map((one) => ({
        from: one.id,
        to: changing.id,
        reason: `${citeOf(one)} speaks of "${version}", which ${citeOf(changing)} changes to`,
      }));
  });
}

/** Outside things the spec's Dependencies section names, linked to the demands that share their subject. */
function outside({ spec, demands, relevance }: Surroundings): readonly Link[] {
  return spec.dependencies.flatMap((item) => {
    const text = plain(item.text);
    const name = /^([^:]{2,60}):/.exec(text)?.[1] ?? text.slice(0, 80);
    const terms = termsOf(text);
    const linked = demands.filter(
      (one) =>
        sharedCount(one.terms, terms) >= 2 && relevance.containment(one.terms, terms) >= 0.25,
    );
    return linked.map((one) => ({
      from: one.id,
      to: name,
      reason: `line ${item.line} names it as a dependency: "${text.slice(0, 140)}"`,
    }));
  });
}

/** What each demand needs first, each link with its evidence in the text; free of cycles, best evidence first. */
export function requirementLinks(around: Surroundings, domain: Domain): readonly Link[] {
  return acyclic([
    ...named(around),
    ...statedLinks(around),
    ...definitionAndUse(around, domain),
    ...signInFirst(around),
    ...changedFirst(around),
    ...outside(around),
  ]);
}
