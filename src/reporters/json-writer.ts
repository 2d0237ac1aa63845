import type { Output, Reporter } from "./reporter.ts";

/** Each event as one JSON object on a line of its own, as it is stored. Signs of life are left out. */
export const createJsonWriter = (output: Output, notices: Output): Reporter => ({
  event: (record) => output.write(`${JSON.stringify(record)}\n`),
  past: () => {},
  progress: () => {},
  notice: (text) => notices.write(`${text}\n`),
  close: () => {},
});
