import { z } from "zod";
import { oneOf, text, variable, whole, yesOrNo } from "../config/fields.ts";
import { ENV_NAME } from "../config/variable-name.ts";
import type { AgentKind } from "./agent-kind.ts";
import { MODEL_PROVIDERS, splitModel, type ModelAgentDefinition } from "./model-definition.ts";
import { modelAgentProblems } from "./model-problems.ts";

const TEMPERATURE = "must be a number from 0 to 2";

const FIELDS = {
  model: text()
    .optional()
    .describe(
      "A model behind an API, as PROVIDER/MODEL: anthropic, openai, google, openai-compatible, ollama, vllm or llama-cpp, and the model's name there.",
    ),
  "base-url": text()
    .optional()
    .describe(
      "Where the model is asked, with the version: http://127.0.0.1:8000/v1. Default: the provider's address.",
    ),
  "key-env": variable()
    .optional()
    .describe(
      "Name of the variable of your environment with the key. Default: the provider's usual one.",
    ),
  headers: z
    .record(z.string(), z.string({ error: "must be text (put numbers in quotes)" }), {
      error: "must be a group of names and values",
    })
    .optional()
    .describe("Further headers of each request. No secrets: pass those on with header-env."),
  "header-env": z
    .record(
      z.string(),
      z
        .string({ error: "must be the name of a variable" })
        .regex(ENV_NAME, "must be the name of a variable"),
      {
        error: "must be a group of headers and names of variables",
      },
    )
    .optional()
    .describe("Further headers whose values are in variables of your environment."),
  temperature: z
    .number({ error: TEMPERATURE })
    .min(0, TEMPERATURE)
    .max(2, TEMPERATURE)
    .optional()
    .describe("How much chance is in the answer. Default: the model's own; some models take none."),
  "max-output-tokens": whole(1, 1_000_000)
    .optional()
    .describe("Most tokens of one answer. Default: the most the model is known to give."),
  "answer-as": oneOf(["schema", "json", "text"])
    .optional()
    .describe(
      "How the answer is asked for: with the JSON Schema, as JSON without one, or as text with JSON in it. Default: the first that the endpoint takes.",
    ),
  "prompt-cache": yesOrNo()
    .optional()
    .describe(
      "Whether inputs are marked to be cached, where that must be asked for (Anthropic). Default: true.",
    ),
  "inline-inputs": whole(1, 8_192)
    .optional()
    .describe(
      "Inputs that are longer together, in KiB, are read by the model through a tool. Default: 512.",
    ),
};

/** What stands under a name of `agents` that is a model. */
export type ModelInput = z.input<z.ZodObject<typeof FIELDS>> & {
  readonly summary?: string | undefined;
  readonly provider?: string | undefined;
};

type Options = z.infer<z.ZodObject<typeof FIELDS>> & Pick<ModelInput, "summary" | "provider">;

/** Agents that are one call of a model's API: `adapters/agents/model`. */
export const MODEL_KIND: AgentKind<Options, ModelAgentDefinition> = {
  kind: "model",
  fields: FIELDS,
  marks: ["model"],
  privateFields: ["headers", "base-url"],
  define: (name, options) => ({
    kind: "model",
    name,
    model: options.model ?? "",
    ...(options["base-url"] !== undefined && { baseUrl: options["base-url"] }),
    ...(options["key-env"] !== undefined && { keyEnv: options["key-env"] }),
    ...(options.headers && { headers: options.headers }),
    ...(options["header-env"] && { headerEnv: options["header-env"] }),
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(options["max-output-tokens"] !== undefined && {
      maxOutputTokens: options["max-output-tokens"],
    }),
    ...(options["answer-as"] && { answerAs: options["answer-as"] }),
    ...(options["prompt-cache"] !== undefined && { promptCache: options["prompt-cache"] }),
    ...(options["inline-inputs"] !== undefined && { inlineInputs: options["inline-inputs"] }),
    ...(options.provider && { provider: options.provider }),
    ...(options.summary && { summary: options.summary }),
  }),
  problems: modelAgentProblems,
  secretNames: ({ model, keyEnv, headerEnv = {} }) => {
    const provider = splitModel(model)?.provider;
    const usual = provider === undefined ? [] : MODEL_PROVIDERS[provider].keyNames;
    return [...(keyEnv === undefined ? usual : [keyEnv]), ...Object.values(headerEnv)];
  },
};
