import { setTimeout as delay } from "node:timers/promises";
import { isConnectionFailure, unavailable } from "./database.ts";

/** A server that restarts in the middle of it is waited for so long, in milliseconds. */
const OPEN_MS = 30_000;

/**
 * What `open` gives, which takes many statements that can't be repeated one by one: all of it is done again when the connection is lost on
 * the way. Throws DATABASE_UNAVAILABLE when that takes too long or nobody wants it any more, and other failures as they are.
 */
export async function openPatiently<T>(open: () => Promise<T>, wanted: () => boolean): Promise<T> {
  for (const giveUp = performance.now() + OPEN_MS; ; await delay(250)) {
    try {
      return await open();
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      if (performance.now() > giveUp || !wanted()) throw unavailable(error);
    }
  }
}
