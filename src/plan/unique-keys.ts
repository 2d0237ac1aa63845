/** Keys that are unique: `1`, `1#2`, `1#3`. */
export class UniqueKeys {
  readonly #taken = new Map<string, number>();

  take(wanted: string): string {
    let count = this.#taken.get(wanted) ?? 0;
    let key = wanted;
    do {
      count++;
      key = count === 1 ? wanted : `${wanted}#${count}`;
    } while (count > 1 && this.#taken.has(key));
    this.#taken.set(wanted, count);
    if (key !== wanted) this.#taken.set(key, 1);
    return key;
  }
}
