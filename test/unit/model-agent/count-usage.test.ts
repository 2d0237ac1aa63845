import { expect, test } from "vitest";
import { isTurnedAway } from "../../../src/adapters/agents/model/count-usage.ts";

test("a request that was turned away used nothing; of one that came to trouble later nobody can say", () => {
  const turnedAway = [400, 401, 402, 404, 413, 422, 429, 503, 529];
  // None came, it went well, it took too long, the client left, the server broke.
  const others = [0, 200, 301, 408, 499, 500, 502, 504];
  expect([...turnedAway, ...others].filter(isTurnedAway)).toEqual(turnedAway);
});
