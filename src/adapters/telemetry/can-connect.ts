import { connect } from "node:net";

const WAIT_MS = 1_000;

/**
 * Why nobody can be reached at this address, or undefined. Asked before anything is sent: the official exporters try again
 * for ten seconds, which a process that is about to end would have to wait out.
 */
export const cannotConnect = (url: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const { hostname, port, protocol } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port: Number(port) || (protocol === "https:" ? 443 : 80) });
    const end = (why: string | undefined) => {
      socket.destroy();
      resolve(why);
    };
    socket.setTimeout(WAIT_MS, () => end(`no answer within ${WAIT_MS} ms`));
    socket.once("connect", () => end(undefined));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
