import type { PlanIndex } from "../annotations/plan-index.ts";
import type { Reference } from "../annotations/references.ts";
import { resolveReferences } from "../annotations/resolve.ts";
import type { PhaseDependency, PlanDiagnostic } from "../model.ts";
import { placeIn } from "./outline.ts";
import type { PhaseDraft, Words } from "./phase-draft.ts";
import { referencesIn, saysNone } from "./references-in.ts";
import { note, quoted } from "../report.ts";
import { PRD_REPORT } from "./report.ts";

/** A phase with its key. */
export interface KeyedPhase {
  readonly key: string;
  readonly draft: PhaseDraft;
}

export interface StatedOrder {
  /** What each phase waits for; only phases that say something are in it. */
  readonly after: ReadonlyMap<string, readonly PhaseDependency[]>;
  /** What phases say of single tasks that they wait for. */
  readonly tasks: ReadonlyMap<string, readonly { readonly task: string; readonly words: Words }[]>;
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** More phases of one number are not all waited for. */
const MAX_ALIKE = 50;

/** Who names another phase waits for it, unless these words stand before: then the other waits. */
const TURNED =
  /\b(?:required by|provides? (?:to|for|input)|blocks|enables|unblocks|used by|needed by|feeds)\b/i;

/** What the Dependencies of phases say (FORMATS §2.2, §2.3): the line itself, or the bullets below. */
export function statedOrder(phases: readonly KeyedPhase[], index: PlanIndex): StatedOrder {
  const order = new OrderReader(phases, index);
  for (const phase of phases) if (phase.draft.saysDependencies) order.read(phase);
  return order;
}

class OrderReader implements StatedOrder {
  readonly after = new Map<string, PhaseDependency[]>();
  readonly tasks = new Map<string, { task: string; words: Words }[]>();
  readonly diagnostics: PlanDiagnostic[] = [];
  /** What each phase waits for already. */
  readonly #known = new Map<string, Set<string>>();
  /** The last phase that waits for all before it: where the next such one begins to count. */
  #whole = 0;
  /** Keys by number: several where phases share it. */
  readonly #byNumber = new Map<string, string[]>();
  readonly #index: PlanIndex;
  readonly #numbers: ReadonlyMap<string, string>;

  constructor(phases: readonly KeyedPhase[], index: PlanIndex) {
    for (const { key, draft } of phases) {
      const alike = this.#byNumber.get(draft.block.number);
      if (alike) alike.push(key);
      else this.#byNumber.set(draft.block.number, [key]);
    }
    this.#index = index;
    this.#numbers = new Map(phases.map(({ key, draft }) => [key, draft.block.number]));
  }

  read({ key, draft }: KeyedPhase): void {
    if (!this.after.has(key)) this.after.set(key, []);
    for (const words of draft.dependencies) this.#words(key, draft, words);
    const [first] = draft.dependencies;
    const said = (this.after.get(key) ?? []).length > 0;
    if (draft.bulleted && first && said && draft.block.heading.level === 1)
      this.#tell(
        PRD_REPORT.bullets,
        first,
        `Phase ${quoted(draft.block.number)} lists its dependencies as bullets`,
      );
  }

  #words(key: string, draft: PhaseDraft, words: Words): void {
    if (saysNone(words.text)) return;
    const references = referencesIn(words.text, (id) => this.#index.ids.get(id).length > 0);
    if (references.length === 0)
      return this.#tell(
        PRD_REPORT.prose,
        words,
        `${quoted(words.text.trim())} names no phase and no task`,
      );
    for (const reference of references) this.#reference(key, draft, words, reference);
  }

  #reference(key: string, draft: PhaseDraft, words: Words, reference: Reference): void {
    const turned = TURNED.test(words.text.slice(0, reference.start));
    const whole = reference.kind === "previous-phases" && !turned;
    const named = resolveReferences(whole ? [] : [reference], this.#index, { phase: key }, false);
    const place = placeIn(words.line, words.at + reference.start);
    const reason = reasonOf(words.text, reference);
    for (const missing of named.unknown)
      this.#tell(
        PRD_REPORT.unknownId,
        words,
        `There is no ${missing.kind} ${quoted(missing.to === undefined ? missing.from : `${missing.from}-${missing.to}`)}`,
      );
    if (reference.kind === "previous-phases" && draft.block.heading.level === 1)
      this.#tell(
        PRD_REPORT.all,
        words,
        `${quoted(reference.from)} stands for all phases before phase ${quoted(draft.block.number)}`,
      );
    const others = whole
      ? this.#previous(key)
      : named.phases.flatMap(({ phase }) => this.#alike(phase, reference));
    if (
      others.length === 0 &&
      named.unknown.length === 0 &&
      named.tasks.length === 0 &&
      reference.kind === "phase"
    )
      return this.#tell(
        PRD_REPORT.self,
        words,
        `Phase ${quoted(draft.block.number)} is said to wait for itself`,
      );
    for (const other of new Set(others)) {
      const [dependent, phase] = turned ? [other, key] : [key, other];
      if (dependent !== phase)
        this.#add(dependent, {
          phase,
          origin: "explicit",
          strength: "hard",
          place,
          ...(reason === undefined ? {} : { reason }),
        });
    }
    for (const { task } of named.tasks) {
      const list = this.tasks.get(key) ?? [];
      this.tasks.set(key, list);
      list.push({ task, words: { ...words, at: words.at + reference.start } });
    }
  }

  #add(dependent: string, dependency: PhaseDependency): void {
    const list = this.after.get(dependent) ?? [];
    this.after.set(dependent, list);
    const known = this.#known.get(dependent) ?? new Set();
    this.#known.set(dependent, known);
    if (known.has(dependency.phase)) return;
    known.add(dependency.phase);
    list.push(dependency);
  }

  /** All phases before; the last of them that waits for all before it stands for these, so that many such phases stay linear. */
  #previous(key: string): readonly string[] {
    const here = this.#index.phasePositions.get(key) ?? 0;
    const previous = this.#index.phaseKeys.slice(Math.min(this.#whole, here), here);
    this.#whole = Math.max(this.#whole, here);
    return previous;
  }

  /** All phases of the number that one of them was found by. */
  #alike(phase: string, { kind }: Reference): readonly string[] {
    if (kind !== "phase") return [phase];
    const alike = this.#byNumber.get(this.#numbers.get(phase) ?? "") ?? [];
    return alike.length > MAX_ALIKE ? [phase] : alike;
  }

  #tell(kind: (typeof PRD_REPORT)[keyof typeof PRD_REPORT], words: Words, message: string): void {
    const at = words.at + words.text.length - words.text.trimStart().length;
    this.diagnostics.push(note(kind, placeIn(words.line, at), message));
  }
}

/** What stands in brackets behind a reference, or behind its colon. */
function reasonOf(text: string, { end }: Reference): string | undefined {
  const rest = text.slice(end, end + 400);
  const found =
    /^(?:\s{1,4}complet(?:ion|e|ed))?[\s*_]{0,8}\(([^()]{1,200})\)/.exec(rest)?.[1] ??
    /^(?:\*\*)?\s{0,4}[:–—-]\s{1,4}([^,;]{1,200})/.exec(rest)?.[1];
  return found?.trim();
}
