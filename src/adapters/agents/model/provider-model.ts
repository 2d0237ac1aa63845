import type { LanguageModel } from "ai";
import type { ResolvedModelDefinition } from "../../../stage/agents/model-definition.ts";
import type { Fetch } from "./transport.ts";

export interface Access {
  /** Undefined where the endpoint wants none. */
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ModelOptions extends Access {
  readonly definition: ResolvedModelDefinition;
  readonly fetch: Fetch;
  /** Whether an endpoint of OpenAI's form is sent the schema. */
  readonly sendsSchema: boolean;
}

/**
 * The model by the AI SDK's package for its provider, which is loaded now. All that the packages would otherwise look up in
 * the environment of this process is given.
 */
export async function openModel(options: ModelOptions): Promise<LanguageModel> {
  const { definition, fetch, headers, key } = options;
  const { modelId, baseUrl: baseURL, provider } = definition;
  const common = { baseURL, headers: { ...headers }, fetch };
  switch (definition.facts.form) {
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return createAnthropic({ ...common, apiKey: key ?? "" })(modelId);
    }
    case "openai": {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI({ ...common, apiKey: key ?? "" }).responses(modelId);
    }
    case "google": {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
      return createGoogleGenerativeAI({ ...common, apiKey: key ?? "" })(modelId);
    }
    case "openai-compatible": {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      return createOpenAICompatible({
        ...common,
        name: provider,
        ...(key !== undefined && { apiKey: key }),
        includeUsage: true,
        supportsStructuredOutputs: options.sendsSchema,
      }).chatModel(modelId);
    }
  }
}
