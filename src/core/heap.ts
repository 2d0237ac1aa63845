/** A queue that gives the first by an order; a binary heap. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #before: (one: T, other: T) => boolean;

  constructor(before: (one: T, other: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let hole = items.length;
    items.push(item);
    while (hole > 0) {
      const parent = (hole - 1) >>> 1;
      const above = items[parent];
      if (above === undefined || !this.#before(item, above)) break;
      items[hole] = above;
      hole = parent;
    }
    items[hole] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (items.length > 0 && last !== undefined) this.#sink(last);
    return first;
  }

  #sink(item: T): void {
    const items = this.#items;
    for (let hole = 0; ;) {
      const left = 2 * hole + 1;
      const [one, other] = [items[left], items[left + 1]];
      if (one === undefined) return void (items[hole] = item);
      const takeOther = other !== undefined && this.#before(other, one);
      const child = takeOther ? other : one;
      if (!this.#before(child, item)) return void (items[hole] = item);
      items[hole] = child;
      hole = takeOther ? left + 1 : left;
    }
  }
}
