import { Client } from "pg";
import { expect, test } from "vitest";
import { keepHold } from "../../../src/adapters/postgres/keep-hold.ts";

test("a connection that was lost before it was held is looked for again", async () => {
  const lost = new Client();
  await lost.end();
  let asked = 0;
  const hold = await new Promise<ReturnType<typeof keepHold>>((resolve) => {
    const kept = keepHold(lost, async () => {
      asked++;
      resolve(kept);
      return undefined;
    });
  });
  await hold.close();
  expect(asked).toBe(1);
});
