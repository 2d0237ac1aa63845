/** The model that agents ask in the test: the built-in agent plays all roles, and one of them answers wrongly at first. */
import { createBuiltinAgent } from "../../dist/adapters/agents/builtin/builtin-agent.js";
import { answersOf, stageScript, writeFileCall } from "../../dist/testing/index.js";

/** The role whose first answer is wrong, and the one that first wants to write a file. */
export const WRONG = "risk";
const WRITES = "architecture";

const ROLES = [
  "requirements",
  "architecture",
  "risk",
  "estimation",
  "reviewer",
  "synthesizer",
  "qa",
];

/** Each role is told other numbers, so that none can stand for another. */
const usageOf = ({ role }) => ({
  input: 10_000 + 1_000 * ROLES.indexOf(role.name),
  cacheRead: 600,
  cacheWrite: 100,
  output: 50 + ROLES.indexOf(role.name),
  reasoning: 7,
});

const play = answersOf(createBuiltinAgent());

/** A model that plays the stage, wrong the first time where it is to be corrected. */
export const wrongAtFirst = (writeTo) =>
  stageScript({
    usage: usageOf,
    answer: (prompt, request) =>
      prompt.role.name === WRONG && !prompt.repair && !wasTold(request)
        ? { risk_assessment: "none" }
        : play(prompt, request),
    before: (prompt, request) => {
      if (writeTo === undefined || prompt.role.name !== WRITES || hasResult(request))
        return undefined;
      const call = writeFileCall(request, writeTo, "not wanted\n");
      return call && { calls: [call] };
    },
  });

/**
 * What is answered to requests that no task of ours stands in: titles, or which model is to answer. In JSON where that is asked for: Gemini CLI
 * asks five times until it is, over 95 s.
 */
export const aside = ({ schema }) => ({
  ...(schema === undefined ? { text: "Greetings" } : { object: {} }),
  label: "aside",
});

const hasResult = ({ messages }) => messages.some(({ from }) => from === "result");

/** Its answer has come back with an error already. */
const wasTold = ({ messages }) =>
  messages.some(
    ({ from, text = "", failed = false }) =>
      from === "result" && (failed || /error|invalid|not accepted/i.test(text)),
  );

/** A model that plays the stage and is never wrong. */
export const flawless = () => stageScript({ usage: usageOf, answer: play });
