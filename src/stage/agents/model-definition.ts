/** Who makes the answers, by the name before the slash in `model`. */
export type ModelProvider =
  | "anthropic"
  | "openai"
  | "google"
  | "openai-compatible"
  | "ollama"
  | "vllm"
  | "llama-cpp";

/** How an answer is asked for: by the provider's own way for a JSON Schema, as JSON without one, or as text. */
export type AnswerWay = "schema" | "json" | "text";

/** A model behind an API that plays roles: plain data, as it stands in the user's configuration. */
export interface ModelAgentDefinition {
  readonly kind: "model";
  /** How stages name it. Unique in the configuration. */
  readonly name: string;
  /** `provider/model`, such as `anthropic/claude-sonnet-4-5`. The provider is one of `MODEL_PROVIDERS`; the rest is sent as it is. */
  readonly model: string;
  /** Where requests go, with the version: `http://127.0.0.1:8000/v1`. Default: the provider's. */
  readonly baseUrl?: string;
  /** Name of the variable with the key. Default: the first of the provider's that is set. */
  readonly keyEnv?: string;
  /** Further headers with values that anybody may know. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further headers, by the variables that hold their values. */
  readonly headerEnv?: Readonly<Record<string, string>>;
  /** Default: the model's own. */
  readonly temperature?: number;
  /** Most tokens of an answer. Default: the most the model is known to give, else the endpoint's own. */
  readonly maxOutputTokens?: number;
  /** Default: `schema` where the provider takes the schema, and the next one when an endpoint says that it knows none. */
  readonly answerAs?: AnswerWay;
  /** Whether what all roles are given is marked to be cached, where that must be asked for. Default: yes. */
  readonly promptCache?: boolean;
  /** Inputs that are longer together, in KiB, are read through tools. Default 512. */
  readonly inlineInputs?: number;
  /** Whose limits its calls count against. Default: the provider; at an address of the user's, its host. */
  readonly provider?: string;
  /** One line for `wavegate agents`. */
  readonly summary?: string;
}

export interface ProviderFacts {
  readonly title: string;
  /** Which form of API it speaks; also which package of the AI SDK does. */
  readonly form: "anthropic" | "openai" | "google" | "openai-compatible";
  /** Absent: the user must say. */
  readonly baseUrl?: string;
  /** Variables that may hold the key, the first that is set counts; none: it is asked without one, unless one is named. */
  readonly keyNames: readonly string[];
  /** Where a key is had, for hints. */
  readonly keyAt?: string;
  readonly source: string;
}

/** What is known of each provider. */
export const MODEL_PROVIDERS: Readonly<Record<ModelProvider, ProviderFacts>> = {
  anthropic: {
    title: "Anthropic",
    form: "anthropic",
    baseUrl: "https://api.anthropic.com/v1",
    keyNames: ["ANTHROPIC_API_KEY"],
    keyAt: "console.anthropic.com",
    source: "Anthropic API reference, Messages",
  },
  openai: {
    title: "OpenAI",
    form: "openai",
    baseUrl: "https://api.openai.com/v1",
    keyNames: ["OPENAI_API_KEY"],
    keyAt: "platform.openai.com",
    source: "OpenAI API reference, Responses",
  },
  google: {
    title: "Google",
    form: "google",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    keyNames: ["GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"],
    keyAt: "aistudio.google.com",
    source:
      "Gemini API reference, generateContent; Gemini CLI and the AI SDK name the variable differently",
  },
  "openai-compatible": {
    title: "OpenAI-compatible endpoint",
    form: "openai-compatible",
    keyNames: [],
    source: "OpenAI API reference, Chat Completions",
  },
  ollama: {
    title: "Ollama",
    form: "openai-compatible",
    baseUrl: "http://127.0.0.1:11434/v1",
    keyNames: [],
    source: "Ollama documentation, OpenAI compatibility",
  },
  vllm: {
    title: "vLLM",
    form: "openai-compatible",
    baseUrl: "http://127.0.0.1:8000/v1",
    keyNames: [],
    source: "vLLM documentation, OpenAI-compatible server",
  },
  "llama-cpp": {
    title: "llama.cpp",
    form: "openai-compatible",
    baseUrl: "http://127.0.0.1:8080/v1",
    keyNames: [],
    source: "llama.cpp, tools/server/README",
  },
};

export const PROVIDER_NAMES = Object.keys(MODEL_PROVIDERS);

const isProvider = (name: string): name is ModelProvider => Object.hasOwn(MODEL_PROVIDERS, name);

/** The two parts of `model`; undefined when there is no known provider before the slash, or nothing after it. */
export function splitModel(
  model: string,
): { readonly provider: ModelProvider; readonly modelId: string } | undefined {
  const slash = model.indexOf("/");
  const [provider, modelId] = [model.slice(0, Math.max(0, slash)), model.slice(slash + 1)];
  return isProvider(provider) && modelId !== "" ? { provider, modelId } : undefined;
}

/** Bytes of inputs that are sent whole: 512 KiB are about 130,000 tokens, which models that work on documents take. */
const INLINE_KIB = 512;

/** A definition with nothing left open but what only the environment knows. */
export interface ResolvedModelDefinition {
  readonly name: string;
  readonly provider: ModelProvider;
  readonly facts: ProviderFacts;
  readonly modelId: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Variables that may hold the key. */
  readonly keyNames: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly headerEnv: Readonly<Record<string, string>>;
  readonly temperature: number | undefined;
  readonly maxOutputTokens: number | undefined;
  readonly answerAs: AnswerWay | undefined;
  readonly promptCache: boolean;
  readonly inlineBytes: number;
  readonly sharesLimitsWith: string;
  readonly summary: string;
}

/** The definition with its provider's facts and the defaults filled in. Only for one without problems. */
export function resolveModelDefinition(definition: ModelAgentDefinition): ResolvedModelDefinition {
  const parts = splitModel(definition.model);
  if (parts === undefined) throw new Error(`no provider in ${definition.model}`);
  const facts = MODEL_PROVIDERS[parts.provider];
  const { keyEnv } = definition;
  return {
    name: definition.name,
    ...parts,
    facts,
    baseUrl: (definition.baseUrl ?? facts.baseUrl ?? "").replace(/\/+$/, ""),
    keyNames: keyEnv === undefined ? facts.keyNames : [keyEnv],
    headers: definition.headers ?? {},
    headerEnv: definition.headerEnv ?? {},
    temperature: definition.temperature,
    maxOutputTokens: definition.maxOutputTokens,
    answerAs: definition.answerAs,
    promptCache: definition.promptCache ?? true,
    sharesLimitsWith: definition.provider ?? hostOf(definition.baseUrl) ?? parts.provider,
    inlineBytes: (definition.inlineInputs ?? INLINE_KIB) * 1_024,
    summary: definition.summary ?? `${parts.modelId} by ${facts.title}`,
  };
}

const hostOf = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : new URL(url).host;
