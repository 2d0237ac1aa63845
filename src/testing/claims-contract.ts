import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Claims } from "../ports/claims.ts";
import type { Engine } from "../ports/engine.ts";

/** What the suite needs of claims: made anew for each test, without runs. */
export interface ClaimsSubject {
  /** Two workers of one project. */
  readonly workers: readonly [Claims, Claims];
  /** Runs of the same project. It knows a workflow `any`, and nobody executes it. */
  readonly engine: Engine;
  close(): Promise<void>;
}

const start = ({ engine }: ClaimsSubject, ...runIds: readonly string[]) =>
  Promise.all(
    runIds.map((runId) =>
      engine.start({ runId, workflow: "any", subject: "", input: null, where: "any-worker" }),
    ),
  );

/** `yes`, or the name that another run has, and which. */
async function ask(claims: Claims, runId: string, ...names: readonly string[]): Promise<string> {
  const claimed = await claims.claim(runId, names);
  return claimed.ok ? "yes" : `${claimed.error.name} is ${claimed.error.heldBy}'s`;
}

const cases: Readonly<Record<string, (subject: ClaimsSubject) => Promise<void>>> = {
  "all or nothing, and the first in the order asked is told": async (subject) => {
    const [one, other] = subject.workers;
    await start(subject, "a", "b");
    equal(await ask(one, "a", "x", "y"), "yes");
    equal(await ask(other, "b", "z", "y", "x"), "y is a's");
    equal(await ask(one, "a", "z", "y", "z"), "yes");
    equal(await ask(other, "b"), "yes");
    equal(await ask(other, "b", "z"), "z is a's");
  },
  "what a run that has ended had is free, and a run that is gone claims nothing": async (
    subject,
  ) => {
    const [one, other] = subject.workers;
    await start(subject, "a", "b");
    equal(await ask(one, "a", "x", "y"), "yes");
    await subject.engine.cancel("a");
    equal(await ask(other, "b", "y"), "yes");
    await rejects(one.claim("a", ["x"]), { code: "RUN_FINISHED" });
    await rejects(one.claim("nobody", ["x"]), { code: "RUN_NOT_FOUND" });
    equal(await ask(other, "b", "x"), "yes");
  },
  "of many at once one has everything, whatever the order asked in": async (subject) => {
    const runIds = Array.from({ length: 12 }, (_, number) => `r${number}`);
    await start(subject, ...runIds);
    const names = Array.from({ length: 40 }, (_, number) => `task ${number}\u0000`);
    const said = await Promise.all(
      runIds.map((runId, index) =>
        ask(
          subject.workers[index % 2 === 0 ? 0 : 1],
          runId,
          ...(index % 3 === 0 ? names : names.toReversed()),
        ),
      ),
    );
    const winner = runIds[said.indexOf("yes")];
    deepEqual(said.filter((one) => one === "yes").length, 1);
    equal(said.filter((one) => one.endsWith(` is ${winner}'s`)).length, 11);
  },
};

/** Everything claims must do, as tests: every adapter and its fake pass them all. */
export function claimsContract(
  test: (name: string, body: () => Promise<void>) => void,
  open: () => Promise<ClaimsSubject>,
): void {
  for (const [name, check] of Object.entries(cases))
    test(`claims: ${name}`, async () => {
      const subject = await open();
      try {
        await check(subject);
      } finally {
        await subject.close();
      }
    });
}
