import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Ledgers } from "../ports/ledgers.ts";
import { EMPTY_LEDGER, reserve, settle, usedIn, type CallKey } from "../stage/budget/ledger.ts";

/** What the suite needs of ledgers: made anew for each test, empty. */
export interface LedgersSubject {
  /** Two workers of one project. */
  readonly workers: readonly [Ledgers, Ledgers];
  close(): Promise<void>;
}

const signal = new AbortController().signal;
const RUN = { stage: null, role: null } as const;
const cap = { ...RUN, tokens: 100, microUsd: null, perCall: { tokens: null, microUsd: null } };
const key = (call: string): CallKey => ({ call, stage: "planning", role: "risk", agent: "claude" });

const limited = (ledgers: Ledgers, runId = "run-1") =>
  ledgers.change(
    runId,
    (ledger) => ({ ledger: { ...ledger, caps: [cap] }, value: "limited" }),
    signal,
  );

const take = (ledgers: Ledgers, call: string, tokens: number, until = signal) =>
  ledgers.change(
    "run-1",
    (ledger) => {
      const verdict = reserve(ledger, key(call), { tokens, microUsd: 0 });
      if (verdict.verdict === "wait") return "wait";
      return {
        ledger: verdict.verdict === "granted" ? verdict.ledger : ledger,
        value: verdict.verdict,
      };
    },
    until,
  );

const end = (ledgers: Ledgers, call: string, tokens: number) => {
  const usage = { inputTokens: tokens, outputTokens: 0, costUsd: 0 };
  return ledgers.change(
    "run-1",
    (ledger) => ({
      ledger: settle(ledger, key(call), { starts: 1, usage, price: null }),
      value: null,
    }),
    signal,
  );
};

const used = async (ledgers: Ledgers) => usedIn(await ledgers.read("run-1"), RUN);

type Case = (subject: LedgersSubject) => Promise<void>;

const cases: Readonly<Record<string, Case>> = {
  "a run without a ledger has an empty one, and runs don't share theirs": async ({ workers }) => {
    const [one, other] = workers;
    deepEqual(await one.read("run-1"), EMPTY_LEDGER);
    equal(await limited(one), "limited");
    deepEqual((await other.read("run-1")).caps, [cap]);
    deepEqual(await other.read("run-2"), EMPTY_LEDGER);
  },
  "of many workers at once, all see what the others reserved: the cap is never passed": async ({
    workers,
  }) => {
    await limited(workers[0]);
    const calls = Array.from({ length: 16 }, (_, index) => ({
      call: `call-${index}`,
      stop: new AbortController(),
    }));
    let granted = 0;
    const taking = calls.map(async ({ call, stop }, index) => {
      const verdict = await take(workers[index % 2 === 0 ? 0 : 1], call, 30, stop.signal);
      granted += verdict === "granted" ? 1 : 0;
      if (granted === 3) for (const each of calls) each.stop.abort(new Error("enough"));
    });
    await Promise.allSettled(taking);
    equal(granted, 3);
    deepEqual((await used(workers[0])).reserved, { tokens: 90, microUsd: 0 });
  },
  "who waits goes on when another worker settles": async ({ workers: [one, other] }) => {
    await limited(one);
    equal(await take(one, "a", 80), "granted");
    const waiting = take(other, "b", 50);
    equal(await Promise.race([waiting, take(one, "a", 80)]), "granted");
    deepEqual((await used(one)).reserved.tokens, 80);
    await end(one, "a", 20);
    equal(await waiting, "granted");
    deepEqual(await used(other), {
      spent: { tokens: 20, microUsd: 0 },
      reserved: { tokens: 50, microUsd: 0 },
    });
  },
  "who waits is refused when nothing can be left any more": async ({ workers: [one, other] }) => {
    await limited(one);
    await take(one, "a", 80);
    const waiting = take(other, "b", 50);
    await end(one, "a", 70);
    equal(await waiting, "refused");
  },
  "a call that is made again by another worker is reserved once": async ({
    workers: [one, other],
  }) => {
    await limited(one);
    await take(one, "a", 80);
    equal(await take(other, "a", 80), "granted");
    deepEqual((await used(one)).reserved.tokens, 80);
    await end(other, "a", 10);
    await end(one, "a", 10);
    deepEqual((await used(one)).spent.tokens, 10);
  },
  "who waits gives up when it is told to, and changes nothing": async ({
    workers: [one, other],
  }) => {
    await limited(one);
    await take(one, "a", 80);
    const stop = new AbortController();
    const waiting = take(other, "b", 50, stop.signal);
    stop.abort(new Error("the worker stops"));
    await rejects(waiting, /the worker stops/);
    equal((await one.read("run-1")).calls.length, 1);
  },
};

/** Everything ledgers must do, as tests. `open` makes two workers on one empty store. */
export function ledgersContract(
  test: (name: string, body: () => Promise<void>) => void,
  open: () => Promise<LedgersSubject>,
): void {
  for (const [name, check] of Object.entries(cases))
    test(name, async () => {
      const subject = await open();
      try {
        await check(subject);
      } finally {
        await subject.close();
      }
    });
}
