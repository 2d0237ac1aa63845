/**
 * Never settles. A new promise for each who waits: one promise for all would keep all that ever waited for it, with everything
 * that they have.
 */
export const never = (): Promise<never> => new Promise(() => {});
