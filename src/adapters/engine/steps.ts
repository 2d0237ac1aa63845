import type { Json } from "../../core/json.ts";
import type { Steps } from "../../ports/engine.ts";
import { Attempts } from "./attempts.ts";
import { Children } from "./children.ts";
import { EventRecorder } from "./events.ts";
import type { Footing, Scope } from "./footing.ts";
import { Mailbox } from "./mailbox.ts";
import { valueOf, type Outcome } from "./outcome.ts";
import { PersonWaits } from "./person-waits.ts";
import { Places } from "./places.ts";
import type { Seat } from "./seat.ts";
import { SharedSeat } from "./shared-seat.ts";
import { sleepFor } from "./sleep.ts";
import { SpawnedChildren } from "./spawned-children.ts";

const nothing = () => {};

/** What the workflows of one execution of a run call: the run itself, and its children. */
export class StepsOfExecution {
  readonly #children: Children;
  readonly spawned: SpawnedChildren;
  readonly #footing: Footing;
  readonly #attempts: Attempts;
  readonly #places: Places;
  readonly #waits: PersonWaits;
  readonly #mailbox: Mailbox;
  readonly #events: EventRecorder;

  constructor(footing: Footing, place: Seat) {
    const { shop, lease } = footing;
    const seat = new SharedSeat(place);
    this.#footing = footing;
    this.#attempts = new Attempts(footing);
    this.#places = new Places(shop, lease.workerId);
    this.#children = new Children(footing);
    this.spawned = new SpawnedChildren(footing);
    this.#waits = new PersonWaits(footing, seat);
    this.#mailbox = new Mailbox(footing, seat);
    this.#events = new EventRecorder(shop.store, lease);
  }

  /** A child has come to its end: who waits for it is told. */
  async over({ instance, ending }: Scope, outcome: Outcome): Promise<void> {
    if (instance === ending?.name) {
      const end = { name: instance, outcome, at: this.#mailbox.now() };
      this.#mailbox.offer(await this.spawned.over(end));
    }
    this.#children.over(instance, outcome);
  }

  of(scope: Scope): Steps {
    const { instance, ending } = scope;
    return {
      runId: this.#footing.runId,
      attempt: this.#attempt(scope),
      children: async (workflow, children) => {
        const calls = children.map(({ name: child, input }) => ({
          child,
          spawned: ending?.name,
          workflow: workflow.name,
          input,
        }));
        await this.#children.start(calls);
        const ended: Outcome[] = await this.#journal("children", () =>
          this.#children.outcomes(children.map(({ name }) => name)),
        );
        return ended.map(valueOf);
      },
      sibling: async (name) => {
        const look = () => this.#children.outcomes([name]);
        const [ended]: Outcome[] = await this.#journal(`sibling ${name}`, look);
        return ended && valueOf(ended);
      },
      spawn: async ({ name: workflow }, child) => {
        onlyTheRun(instance, "spawns");
        await this.spawned.spawn({ ...child, workflow });
      },
      receive: async (options = {}) => {
        onlyTheRun(instance, "receives");
        return this.#mailbox.receive(options);
      },
      end: async (name) => {
        onlyTheRun(instance, "ends children");
        await this.spawned.end(name);
      },
      sleep: async (ms) => {
        const until: number = await this.#journal("sleep", async () => Date.now() + ms);
        // Never longer than it is, whatever was done to the clock since.
        await sleepFor(Math.min(until - Date.now(), ms), this.#footing, scope);
      },
      emit: (...event) => this.#emit(...event),
      wait: (request) =>
        this.#journal(`wait ${request.name}`, () => this.#waits.answer(request, ending)),
    };
  }

  async #journal(name: string, call: () => Promise<Json>) {
    return valueOf(await this.#footing.journal(name, call));
  }

  #attempt({ instance, ending }: Scope): Steps["attempt"] {
    const signal = ending?.signal ?? this.#footing.signal;
    let attempts = 0;
    let turn = Promise.resolve();
    return ({ name, limits = [], paced }, effect) => {
      attempts += 1;
      const step = `${instance}#${attempts} ${name}`;
      // Who calls first is first in the queue, however long the journal takes to be looked at.
      const before = turn;
      let pass: () => void = nothing;
      turn = new Promise((resolve) => {
        pass = resolve;
      });
      const enter = () => this.#places.enter({ limits, paced, signal }, before, pass);
      const begin = () => this.#attempts.begin(step, { enter, ending }, effect);
      return this.#journal(name, begin).finally(pass);
    };
  }

  #emit(...[key, event]: Parameters<Steps["emit"]>): Promise<void> {
    const { guarded, signal } = this.#footing;
    return guarded(
      () => this.#events.record(key, event, signal),
      // Effects emit, too, and must come to their end: nothing may wait for one that is parked.
      () => Promise.reject(signal.reason),
    );
  }
}

function onlyTheRun(instance: string, does: string): void {
  if (instance !== "") throw new Error(`only the run itself ${does}, not its child ${instance}`);
}
