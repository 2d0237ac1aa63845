import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { parseEndpoint, sameServer, type Endpoint } from "./endpoint.ts";
import type { SandboxProfile } from "./profiles.ts";
import { PROVIDERS, type Provider } from "./providers.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** A server that an agent reaches, and whose it is. */
export interface NamedEndpoint {
  readonly endpoint: Endpoint;
  /** Undefined: nobody's that is known; which key is for it then follows from what the agent is given. */
  readonly provider: Provider | undefined;
}

/**
 * The servers that an agent reaches: those that are named, else those of its preset, each where the environment says it
 * is. The error says what is wrong with one of them, as a sentence without a full stop.
 */
export function endpointsOf(
  named: readonly string[] | undefined,
  profile: SandboxProfile | undefined,
  env: Variables,
): Result<readonly NamedEndpoint[], string> {
  const own = PROVIDERS.filter(({ name }) => profile?.providers.includes(name));
  const texts = named ?? own.map((provider) => env[provider.urlVariable] ?? provider.url);
  const found: NamedEndpoint[] = [];
  for (const [index, text] of texts.entries()) {
    const parsed = parseEndpoint(text);
    if (!parsed.ok) return err(`"${oneLine(text, 100)}" ${parsed.error}`);
    const provider = named ? providerOf(parsed.value, own, env) : own[index];
    found.push({ endpoint: withPath(parsed.value, provider), provider });
  }
  return ok(found);
}

/** The provider whose server it is, by its own address or the one in the environment; else the only one that the agent has. */
function providerOf(
  endpoint: Endpoint,
  own: readonly Provider[],
  env: Variables,
): Provider | undefined {
  const at = (text: string | undefined) => {
    const parsed = text === undefined ? undefined : parseEndpoint(text);
    return parsed?.ok === true && sameServer(parsed.value, endpoint);
  };
  return (
    PROVIDERS.find(({ url }) => at(url)) ??
    PROVIDERS.find(({ urlVariable }) => at(env[urlVariable])) ??
    (own.length === 1 ? own[0] : undefined)
  );
}

/** A provider's own server has its interface at a path that clients expect in the address. */
function withPath(endpoint: Endpoint, provider: Provider | undefined): Endpoint {
  const usual = provider && parseEndpoint(provider.url);
  return usual?.ok === true && endpoint.path === "" && sameServer(usual.value, endpoint)
    ? { ...endpoint, path: usual.value.path }
    : endpoint;
}
