import type { Json } from "../../core/json.ts";
import { Ending } from "./ending.ts";
import type { Footing } from "./footing.ts";
import { deliverEnd, type ChildEnd, type InboxRow } from "./inbox.ts";
import { offerSpawn, readSpawned, recordEnding, recordSpawn, type Spawned } from "./spawned.ts";

export interface SpawnedChild {
  readonly name: string;
  readonly workflow: string;
  readonly input: Json;
  readonly shared?: boolean;
}

/**
 * The children that one execution of a run spawned, or goes on with. Each is recorded before it begins, under the
 * execution's lease, so that no other execution can leave one behind that nobody executes.
 */
export class SpawnedChildren {
  readonly #footing: Footing;
  readonly #names = new Set<string>();
  readonly #endings = new Map<string, Ending>();
  /** Those that have not come to their end and are executed with the run. */
  readonly #here = new Set<string>();
  #shared = false;
  #before: Promise<ReadonlyMap<string, Spawned>> | undefined;

  constructor(footing: Footing) {
    this.#footing = footing;
  }

  /** Whether any may have something to do still. */
  get working(): boolean {
    return this.#endings.size > 0;
  }

  /** Whether any may be executed elsewhere, under a lease of its own. */
  get shared(): boolean {
    return this.#shared;
  }

  async spawn(child: SpawnedChild): Promise<void> {
    const { name, workflow, input } = child;
    if (this.#names.has(name)) throw new Error(`the run spawned ${name} before`);
    this.#names.add(name);
    const { shop, lease, guarded } = this.#footing;
    await guarded(async () => {
      const before = (await this.#known()).get(name);
      if (before?.shared) this.#shared = true;
      if (before?.over || before?.shared) return;
      if (!before && (await this.#record(child)) === "shared") return;
      this.#here.add(name);
      const { project } = shop.store;
      const call = { project, runId: lease.runId, child: name, spawned: name, workflow, input };
      await shop.runtime.startSpawned(call, () => this.#endings.has(name));
    });
  }

  /** Where nobody else takes children, none is offered: it would only begin later. */
  async #record({ shared = false, ...child }: SpawnedChild): Promise<"kept" | "shared"> {
    const { shop, lease, signal } = this.#footing;
    const { store } = shop;
    if (!shared || !shop.othersTake()) {
      if (!(await recordSpawn(store, lease, child.name, signal))) this.#lost();
      return "kept";
    }
    const here = this.#here.size;
    const recorded = await offerSpawn(store, lease, { ...child, here }, signal);
    if (recorded === "shared") this.#shared = true;
    return recorded ?? this.#lost();
  }

  async end(name: string): Promise<void> {
    if (!this.#names.has(name)) throw new Error(`the run never spawned ${name}`);
    const { shop, lease, signal, guarded } = this.#footing;
    await guarded(async () => {
      if ((await this.#known()).get(name)?.ended) return;
      if (!(await recordEnding(shop.store, lease, name, signal))) this.#lost();
      this.#endings.get(name)?.end();
    });
  }

  /** Whether an execution before this one spawned it. */
  async isKnown(name: string): Promise<boolean> {
    return (await this.#known()).has(name);
  }

  /** What ends this child: asked as it begins to be executed here. */
  async begun(name: string): Promise<Ending> {
    const ending = this.#endings.get(name) ?? new Ending(name, this.#footing.signal);
    this.#endings.set(name, ending);
    await this.#footing.guarded(async () => {
      if ((await this.#known()).get(name)?.ended) ending.end();
    });
    return ending;
  }

  /** The child has come to its end here: what the run receives of that, unless it was told before. */
  async over(end: ChildEnd): Promise<InboxRow | undefined> {
    const { name } = end;
    const { shop, lease, signal, guarded } = this.#footing;
    const row = await guarded(() => deliverEnd(shop.store, lease, end, signal));
    this.#endings.get(name)?.release();
    this.#endings.delete(name);
    this.#here.delete(name);
    return row;
  }

  /** What an execution before this one recorded. */
  #known(): Promise<ReadonlyMap<string, Spawned>> {
    const { shop, lease, signal } = this.#footing;
    this.#before ??=
      lease.epoch > 1
        ? readSpawned(shop.store, lease.runId, signal)
        : Promise.resolve(new Map<string, Spawned>());
    return this.#before;
  }

  #lost(): never {
    this.#footing.stop("another worker has the run");
    throw new Error("stopped");
  }
}
