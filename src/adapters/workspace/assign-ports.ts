import { createServer } from "node:net";
import { WorkspaceError } from "./failure.ts";

/** Below what systems give to outgoing connections by themselves. */
const FIRST = 20_000;
const LAST = 29_999;

/** Ports on loopback that nobody listens on now and no other workspace has, lowest first. Must be called under a lock. */
export async function assignPorts(
  count: number,
  taken: ReadonlySet<number>,
): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let port = FIRST; ports.length < count; port += 1) {
    if (port > LAST)
      throw new WorkspaceError("bootstrap-failed", `Fewer than ${count} ports are free.`);
    if (!taken.has(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
