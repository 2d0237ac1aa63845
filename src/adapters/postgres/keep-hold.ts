import type { Client } from "pg";

/** How long until it is looked again, while there is no server to hold. */
const LOOK_AGAIN_MS = 250;

/**
 * Keep a hold on the server: when its connection is lost, `again` is asked for another until there is one. It gives
 * undefined where there is none yet; what it throws means the same. Nothing of this keeps a process from ending.
 */
export function keepHold(
  first: Client,
  again: () => Promise<Client | undefined>,
): { close(): Promise<void> } {
  let client: Client | undefined;
  let closed = false;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const hold = (next: Client) => {
    client = next;
    setReferenced(next, false);
    const lose = () => {
      if (client !== next) return;
      client = undefined;
      lookLater(0);
    };
    next.once("end", lose);
    // It may have ended before it was listened to.
    next.query("select 1").catch(lose);
  };
  const lookLater = (ms: number) => {
    if (!closed) timer = setTimeout(() => (looking = look()), ms).unref();
  };
  const look = async () => {
    const next = await again().catch(() => undefined);
    if (next === undefined) lookLater(LOOK_AGAIN_MS);
    else hold(next);
  };
  hold(first);

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
      if (client === undefined) return;
      // Waiting for the goodbye does keep the process: an unreferenced wait would end it in the middle.
      setReferenced(client, true);
      await client.end().catch(() => undefined);
    },
  };
}

/** Whether a connection keeps the process. Part of the driver, but not of its types. */
function setReferenced(client: Client, referenced: boolean): void {
  const name = referenced ? "ref" : "unref";
  const method: unknown = Reflect.get(client, name);
  if (typeof method === "function") method.call(client);
}
