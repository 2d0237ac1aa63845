/** How a provider of models is addressed and paid: as its own client libraries do it. */
export interface Provider {
  readonly name: "anthropic" | "openai" | "google";
  /** Where it is, unless the user's environment says otherwise in `urlVariable`. */
  readonly url: string;
  /** The variable that its clients take another address from. */
  readonly urlVariable: string;
  /** Variables that its clients take a credential from, with the header that carries it; the first that is set is added. */
  readonly keys: readonly ProviderKey[];
}

export interface ProviderKey {
  readonly variable: string;
  readonly header: string;
  /** Before the credential in the header. */
  readonly prefix: string;
}

const bearer = (variable: string): ProviderKey => ({
  variable,
  header: "authorization",
  prefix: "Bearer ",
});

export const PROVIDERS: readonly Provider[] = [
  {
    name: "anthropic",
    url: "https://api.anthropic.com",
    urlVariable: "ANTHROPIC_BASE_URL",
    keys: [
      { variable: "ANTHROPIC_API_KEY", header: "x-api-key", prefix: "" },
      bearer("ANTHROPIC_AUTH_TOKEN"),
      bearer("CLAUDE_CODE_OAUTH_TOKEN"),
    ],
  },
  {
    name: "openai",
    url: "https://api.openai.com/v1",
    urlVariable: "OPENAI_BASE_URL",
    keys: [bearer("OPENAI_API_KEY"), bearer("CODEX_API_KEY")],
  },
  {
    name: "google",
    url: "https://generativelanguage.googleapis.com",
    urlVariable: "GOOGLE_GEMINI_BASE_URL",
    keys: [
      { variable: "GEMINI_API_KEY", header: "x-goog-api-key", prefix: "" },
      { variable: "GOOGLE_API_KEY", header: "x-goog-api-key", prefix: "" },
    ],
  },
];

/** Headers that carry credentials; what an agent puts there itself is not sent where there is a credential of the user's. */
export const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "x-api-key",
  "x-goog-api-key",
  "api-key",
]);
