import type { Place } from "../core/place.ts";
import { placeAt, tidy, type Folded } from "../core/markdown/folded.ts";
import type { AcceptanceScenario } from "./model.ts";
import { stepsOf, type Step, type StepRole } from "./step-words.ts";

interface Draft {
  readonly place: Place;
  readonly texts: string[];
  readonly given: string[];
  readonly when: string[];
  readonly then: string[];
}

const part = (text: string): string => tidy(text).replace(/^[*_]+(?=\s)|[\s,;、，；]+$/g, "");

/** `Given`, `When` or `Then` parts of one scenario, joined; undefined when there is none. */
const joined = (parts: readonly string[]): string | undefined => {
  const said = parts.map(part).filter((text) => text !== "");
  return said.length === 0 ? undefined : said.join("; ");
};

/**
 * Puts scenarios together from the texts of a story in their order: each in one text, one per line or item, or
 * several in one text. A `Given` after a `Then` opens the next; so does a `When` after a `Then` in the same text,
 * which keeps that text's `Given`.
 */
export class ScenarioReader {
  readonly #done: Draft[] = [];
  #current: Draft | undefined;
  #last: StepRole = "given";

  /**
   * Whether the text was taken as (part of) a scenario. Text in another form counts as one only with `always`;
   * keywords without emphasis count only with `loose`, or when both a Given and a Then are there.
   */
  add(body: Folded, { always = false, loose = false } = {}): boolean {
    const steps = stepsOf(body, loose || always);
    const first = steps[0];
    if (!first) {
      if (!always) return false;
      this.#open(placeAt(body, 0));
      this.#current?.texts.push(body.text);
      this.end();
      return true;
    }
    if (first.role === "and" && !this.#current) return false;
    if (this.#opens(first.role)) this.#open(placeAt(body, 0));
    let from = 0;
    steps.forEach((step, index) => {
      if (index > 0 && this.#opensWithin(step.role)) {
        const given = this.#current?.given ?? [];
        this.#current?.texts.push(body.text.slice(from, step.at));
        from = step.at;
        this.#open(placeAt(body, step.at));
        if (step.role !== "given") this.#current?.given.push(...given);
      }
      this.#take(step, body.text);
    });
    this.#current?.texts.push(body.text.slice(from));
    return true;
  }

  /** What comes next does not belong to the scenario so far. */
  end(): void {
    if (this.#current) this.#done.push(this.#current);
    this.#current = undefined;
  }

  all(): readonly AcceptanceScenario[] {
    this.end();
    return this.#done.map((draft, index) => ({
      ...draft.place,
      number: index + 1,
      given: joined(draft.given),
      when: joined(draft.when),
      then: joined(draft.then),
      text: tidy(draft.texts.join(" ")),
    }));
  }

  #open(place: Place): void {
    this.end();
    this.#current = { place, texts: [], given: [], when: [], then: [] };
    this.#last = "given";
  }

  #opens(role: StepRole): boolean {
    const now = this.#current;
    if (!now || role === "given") return true;
    if (role === "when") return now.when.length > 0 || now.then.length > 0;
    return role === "then" && now.then.length > 0;
  }

  #opensWithin(role: StepRole): boolean {
    const now = this.#current;
    return (role === "given" || role === "when") && now !== undefined && now.then.length > 0;
  }

  #take(step: Step, text: string): void {
    const role = step.role === "and" ? this.#last : step.role;
    if (role !== "and") this.#current?.[role].push(text.slice(step.from, step.to));
    this.#last = role;
  }
}
