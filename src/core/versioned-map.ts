/** What a version differs in from the one that was made of it. */
interface Older<K, V extends {}> {
  readonly kind: "older";
  readonly key: K;
  /** Undefined where the key was not there. */
  readonly had: V | undefined;
  readonly newer: VersionedMap<K, V>;
}

type Held<K, V extends {}> = { readonly kind: "newest"; readonly map: Map<K, V> } | Older<K, V>;

/** A version that was left so far behind gets a map of its own when it is read. */
const BEHIND = 64;

/**
 * A map that stays as it is: `with` gives another one, in constant time, however many entries there are (H. G. Baker, shallow binding). The
 * newest version has the map itself; older ones know what they differ in: they are right, and slow where they were left far behind.
 */
export class VersionedMap<K, V extends {}> implements ReadonlyMap<K, V> {
  #held: Held<K, V>;

  constructor(entries: Iterable<readonly [K, V]> = []) {
    this.#held = { kind: "newest", map: new Map(entries) };
  }

  /** The same map where it is one already. */
  static of<K, V extends {}>(map: ReadonlyMap<K, V>): VersionedMap<K, V> {
    return map instanceof VersionedMap ? map : new VersionedMap(map);
  }

  with(key: K, value: V): VersionedMap<K, V> {
    const map = this.#own();
    const newer = new VersionedMap<K, V>();
    this.#held = { kind: "older", key, had: map.get(key), newer };
    newer.#held = { kind: "newest", map: map.set(key, value) };
    return newer;
  }

  get(key: K): V | undefined {
    let held = this.#held;
    for (let steps = 0; held.kind === "older"; steps++) {
      if (held.key === key) return held.had;
      if (steps === BEHIND) return this.#own().get(key);
      held = held.newer.#held;
    }
    return held.map.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  get size(): number {
    return this.#own().size;
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.#own()) callback(value, key, this);
  }

  entries(): MapIterator<[K, V]> {
    return this.#own().entries();
  }

  keys(): MapIterator<K> {
    return this.#own().keys();
  }

  values(): MapIterator<V> {
    return this.#own().values();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  /** This version's own map; of an older one a copy, which it keeps. */
  #own(): Map<K, V> {
    const undone: Older<K, V>[] = [];
    let held = this.#held;
    while (held.kind === "older") {
      undone.push(held);
      held = held.newer.#held;
    }
    if (undone.length === 0) return held.map;
    const map = new Map(held.map);
    for (const { key, had } of undone.toReversed())
      if (had === undefined) map.delete(key);
      else map.set(key, had);
    this.#held = { kind: "newest", map };
    return map;
  }
}
