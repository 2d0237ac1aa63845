/** An asynchronous function that runs at most once; whoever calls it again gets the same promise. A failure is not kept. */
export function once<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly called: boolean } {
  let made: Promise<T> | undefined;
  const get = () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return Object.defineProperty(get, "called", {
    get: () => made !== undefined,
  }) as typeof get & { readonly called: boolean };
}
