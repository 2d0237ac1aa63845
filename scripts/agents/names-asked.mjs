/** A name server on 127.0.0.1:53 that knows nobody and remembers who was asked for. */
import dgram from "node:dgram";

export async function startNameServer() {
  /** How often each name was asked for. */
  const asked = new Map();
  const socket = dgram.createSocket("udp4");
  socket.on("message", (query, from) => {
    const labels = [];
    let at = 12;
    while (query[at] > 0) {
      labels.push(query.subarray(at + 1, at + 1 + query[at]).toString("latin1"));
      at += query[at] + 1;
    }
    const name = labels.join(".");
    asked.set(name, (asked.get(name) ?? 0) + 1);
    const answer = Buffer.from(query.subarray(0, at + 5));
    // An answer; no such name (RFC 1035 §4.1.1); no records.
    answer.writeUInt16BE(0x8183, 2);
    for (const count of [6, 8, 10]) answer.writeUInt16BE(0, count);
    socket.send(answer, from.port, from.address);
  });
  await new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(53, "127.0.0.1", resolve);
  });
  return {
    /** What was asked for since the last call. */
    take() {
      const names = Object.fromEntries(asked);
      asked.clear();
      return names;
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
