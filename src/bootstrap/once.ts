/** An asynchronous value made when first asked for; whoever asks again gets the same one. A failure is not kept. */
export interface Once<T> {
  readonly get: () => Promise<T>;
  /** The value if anybody asked for it, without making it. */
  readonly made: () => Promise<T> | undefined;
}

export function once<T>(make: () => Promise<T>): Once<T> {
  let made: Promise<T> | undefined;
  return {
    get() {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
    made: () => made,
  };
}
