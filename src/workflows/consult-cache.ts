import type { CacheNote, EarlierAnswer, KeyParts } from "../core/cache-note.ts";
import { WavegateError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import type { Steps } from "../ports/engine.ts";
import { answerSchema, checkAnswer } from "../stage/answer.ts";
import { judgeLook, type Verdict } from "../stage/cache/judge-look.ts";
import { canonical, INPUT, INSTRUCTIONS } from "../stage/cache/key-parts.ts";
import type { CacheUse } from "../stage/cache/policy.ts";
import { buildPrompt } from "../stage/prompts.ts";
import type { Call } from "./call-agent.ts";
import { keepCopy } from "./keep-copy.ts";
import { redactJson } from "./redact-json.ts";
import type { RoleInput } from "./role-input.ts";
import type { StagePorts } from "./stage-ports.ts";

/** What the cache has for a call; journaled. */
export type Consulted = {
  readonly note: CacheNote;
  /** The answer to take, with its contract's defaults. */
  readonly taken: { readonly answer: Json } | null;
  readonly durationMs: number;
};

/**
 * Look for an earlier answer to the very same question (ST-17). Only a first call of an attempt that no failure came
 * before: whoever is shown a failure is asked something else. Needs no place among the agents, since it asks none.
 */
export async function consultCache(
  ports: StagePorts,
  steps: Steps,
  call: Call,
): Promise<Consulted> {
  const { name, input, failures, repair } = call;
  const use = input.cache;
  // A run that an earlier version began has no such field.
  if (!use) return unasked(name, "switched-off");
  if (repair || failures.length > 0) return unasked(name, "follows-failure");
  return steps.attempt({ name: `${name}-cache` }, async ({ signal }) => {
    const startedAt = ports.clock.now();
    const asked = await questionOf(ports, call);
    if (!asked) return unasked(name, "unidentified");
    const ttlMs = asked.readsProject ? use.projectTtlMs : use.ttlMs;
    const question = { ...call, use: { ...use, ttlMs }, parts: asked.parts, runId: steps.runId };
    const found = await look(ports, question, signal);
    if (found.taken)
      await keepCopy(ports, steps.runId, name, { answer: found.taken.answer, cache: found.note });
    return { ...found, durationMs: ports.clock.now() - startedAt };
  });
}

const unasked = (step: string, because: CacheNote["because"]): Consulted => ({
  note: { step, outcome: "off", because, key: null, parts: {}, ttlMs: 0, earlier: null },
  taken: null,
  durationMs: 0,
});

type Question = Call & { readonly use: CacheUse; readonly parts: KeyParts; readonly runId: string };

async function look(
  ports: StagePorts,
  { name, input, use, parts, runId }: Question,
  signal: AbortSignal,
): Promise<Omit<Consulted, "durationMs">> {
  const key = ports.digest(canonical(parts));
  const { ttlMs, passOver } = use;
  const base = { step: name, key, parts, ttlMs };
  if (passOver)
    return { note: { ...base, outcome: "off", because: passOver, earlier: null }, taken: null };
  const found = await ports.cache.look({ key, family: familyOf(input) }, signal);
  const verdict = judgeLook(found, { parts, runId, now: ports.clock.now(), ttlMs });
  const earlier = earlierOf(verdict);
  const miss = (because: CacheNote["because"]) =>
    ({ note: { ...base, outcome: "miss", because, earlier }, taken: null }) as const;
  if (verdict.because !== "same") return miss(verdict.because);
  // What was kept may hold what has become a secret since, and must still be what is asked for.
  const answer = checkAnswer(input.role.contract, redactJson(ports.redact, verdict.answer));
  if (!answer.ok) return miss("wrong-shape");
  return {
    note: { ...base, outcome: "hit", because: "same", earlier },
    taken: { answer: answer.value },
  };
}

const earlierOf = ({ earlier }: Verdict): EarlierAnswer | null =>
  earlier
    ? {
        runId: earlier.runId,
        step: earlier.step,
        storedAt: new Date(earlier.storedAt).toISOString(),
        parts: earlier.parts,
      }
    : null;

/** Answers of one role of one stage are compared with each other. */
const familyOf = ({ stage, role }: RoleInput): string => `${stage}/${role.name}`;

/** Everything that makes an answer different, or undefined where the agent says that nobody can tell. */
async function questionOf(
  ports: StagePorts,
  call: Call,
): Promise<{ readonly parts: KeyParts; readonly readsProject: boolean } | undefined> {
  const { input } = call;
  const { role, inputs } = input;
  const agent = await ports.agents.get(call.agent)?.describe();
  if (!agent?.availability.available || agent.identity === null) return undefined;
  const readsProject = agent.worksFrom !== "inputs";
  const revision = readsProject ? await ports.revision() : undefined;
  const parts = {
    stage: input.stage,
    role: role.name,
    task: input.task,
    contract: role.contract,
    agent: agent.name,
    "agent kind": agent.kind,
    "agent version": agent.availability.version,
    ...Object.fromEntries(
      Object.entries(agent.identity ?? {}).map(([name, value]) => [`agent ${name}`, value]),
    ),
    ...(revision === undefined ? {} : { "project commit": revision }),
    "answer schema": ports.digest(JSON.stringify(answerSchema(role.contract))),
    [INSTRUCTIONS]: ports.digest(instructionsOf(call)),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, text]) => [`${INPUT}${name}`, ports.digest(text)]),
    ),
  };
  return { parts, readsProject };
}

/** The prompt without what has parts of its own. */
const instructionsOf = ({ input }: Call): string =>
  buildPrompt({ ...input, inputs: {}, schema: null, failures: [] });

/**
 * Keep an answer that matches its contract for whoever asks the same. `answer` is what is journaled: without secrets, with
 * defaults.
 */
export async function keepAnswer(
  ports: StagePorts,
  { call, note, runId }: { readonly call: Call; readonly note: CacheNote; readonly runId: string },
  answer: Json,
  signal: AbortSignal,
): Promise<void> {
  const use = call.input.cache;
  if (!use || note.key === null) return;
  const storedAt = ports.clock.now();
  await ports.cache.keep(
    {
      key: note.key,
      family: familyOf(call.input),
      parts: note.parts,
      answer,
      runId,
      step: call.name,
      storedAt,
      keepUntil: storedAt + use.keepMs,
    },
    signal,
  );
}

/**
 * Keep what was asked by hash, so that `why` can show what changed line by line. Texts with secrets in them are left out, and those without lines;
 * a disk that doesn't take it costs only that.
 */
export async function keepQuestion(ports: StagePorts, call: Call, note: CacheNote): Promise<void> {
  if (note.key === null) return;
  const texts = [
    ...Object.entries(call.input.inputs),
    [INSTRUCTIONS, instructionsOf(call)] as const,
  ];
  // JSON is one long line: nothing could be shown of it.
  const plain = texts.filter(
    ([name, text]) => !name.endsWith(".json") && ports.redact(text) === text,
  );
  await Promise.all(plain.map(([name, text]) => ports.artifacts.put(name, text))).catch(
    (error: unknown) => {
      if (!(error instanceof WavegateError)) throw error;
    },
  );
}
