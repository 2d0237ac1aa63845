/** A model server in trouble: what it does to every request for the model of that name, and what must come of it. */
import { SECRET } from "./secret.mjs";

const LIMIT_MS = 1_500;

/** Errors name the key that was sent, as some providers' do. */
const FAULTS = {
  429: { kind: "status", status: 429, message: `too many requests of ${SECRET}` },
  500: { kind: "status", status: 500, message: `trouble with ${SECRET}` },
  529: { kind: "status", status: 529, message: `overloaded by ${SECRET}` },
  401: { kind: "status", status: 401, message: `the key ${SECRET} is not valid` },
  hangs: { kind: "hang" },
  half: { kind: "half" },
  "half-then-silence": { kind: "stall" },
  "longer-than-told": { kind: "wrong-length", by: -100 },
  "shorter-than-told": { kind: "wrong-length", by: 100 },
  "ten-megabyte-header": { kind: "big-header", bytes: 10_000_000 },
  "redirect-loop": { kind: "redirect-loop" },
  "no-api": { kind: "garbage", body: "<html>It works!</html>" },
};

/** The script of the server: the name of the model is that of the fault. */
export const faultyModel = ({ model }) => ({ fault: FAULTS[model] });

const row = (fault, outcome, more = {}) => ({
  fault: `model-${fault}`,
  outcome,
  agent: {
    model: `anthropic/${fault}`,
    "base-url": "$MODEL_URL",
    "key-env": "FAULT_API_KEY",
    provider: `model-${fault}`,
  },
  limits: {},
  ...more,
});

/** The last call may not have been made: a place at a provider in trouble is waited for, too. */
const BUSY = /^failed: (?:rate-limited|overloaded)/;
/** For ever: waited for until the stage's time is over. */
const waited = { stage: { retry: { retries: 0, initial: "100ms" }, timeouts: { stage: "5s" } } };
const silent = { limits: { stall: `${LIMIT_MS}ms` }, limitMs: LIMIT_MS };

export const MODEL_ROWS = [
  row("429", BUSY, { ...waited, cheap: true }),
  row("500", BUSY, waited),
  row("529", BUSY, waited),
  row("401", /^failed: auth/, { cheap: true }),
  row("hangs", /^failed: stalled/, silent),
  row("half", /^failed: crashed/),
  row("half-then-silence", /^failed: stalled/, silent),
  row("longer-than-told", /^failed: (?:crashed|invalid-output)/),
  row("shorter-than-told", /^failed: crashed/),
  row("ten-megabyte-header", /^failed: crashed/, { cheap: true }),
  row("redirect-loop", /^failed: refused/),
  row("no-api", /^failed: (?:crashed|invalid-output)/),
];
