import { test } from "vitest";
import { createMemoryLedgers } from "../../../src/testing/memory-ledgers.ts";
import { ledgersContract } from "../../../src/testing/ledgers-contract.ts";

ledgersContract(test, async () => {
  const ledgers = createMemoryLedgers();
  return { workers: [ledgers, ledgers], close: async () => {} };
});
