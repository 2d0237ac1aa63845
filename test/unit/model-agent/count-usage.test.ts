import { expect, test } from "vitest";
import { isTurnedAway } from "../../../src/adapters/agents/model/count-usage.ts";

test("a request that was turned away used nothing; of one that came to trouble later nobody can say", () => {
  for (const status of [400, 401, 402, 404, 413, 422, 429, 503, 529])
    expect(isTurnedAway(status), String(status)).toBe(true);
  // None came, it went well, it took too long, the client left, the server broke.
  for (const status of [0, 200, 301, 408, 499, 500, 502, 504])
    expect(isTurnedAway(status), String(status)).toBe(false);
});
