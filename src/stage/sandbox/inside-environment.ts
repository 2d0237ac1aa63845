import { isSecretName } from "../config/secret-name.ts";
import { originOf } from "./endpoint.ts";
import type { NamedEndpoint } from "./endpoints-of.ts";
import { onlyWhere, overlaidJson } from "./overlaid-json.ts";
import type { SandboxProfile } from "./profiles.ts";
import { PROVIDERS } from "./providers.ts";

/** A credential that stays outside, and what stands for it inside. */
export interface KeptKey {
  readonly variable: string;
  readonly value: string;
  readonly placeholder: string;
  /** The header that carries it where the agent says nothing; absent where no provider is known. */
  readonly header?: { readonly name: string; readonly prefix: string };
}

/** What an agent in a sandbox is given in place of what it would be given outside. */
export interface Inside {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** For each endpoint, the credentials that are put in on the way. */
  readonly keys: readonly (readonly KeptKey[])[];
}

export interface InsideRequest {
  /** What it would be given outside. */
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly endpoints: readonly NamedEndpoint[];
  readonly profile: SandboxProfile | undefined;
  /** Whether it carries out a task in a clone. */
  readonly working?: boolean;
  /** Credentials of the user by variable; those of `env` go first. */
  readonly userKeys: Readonly<Record<string, string | undefined>>;
  /** Where an endpoint is found inside, without its path: `http://127.0.0.1:8401`. */
  readonly local: (index: number) => string;
  /** What stands for the value of a variable; nobody can guess it. */
  readonly placeholder: (variable: string) => string;
  readonly home: string;
  /** Whether a path can be seen inside. */
  readonly shown: (path: string) => boolean;
}

/** They name folders, sockets and servers that aren't there; nothing but the endpoints can be reached, and these without a proxy. */
const DROPPED =
  /^(?:XDG_.*|HTTPS?_PROXY|ALL_PROXY|https?_proxy|all_proxy|no_proxy|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS)$/;

/**
 * The environment and arguments of a program inside: no credential of a provider and none that belongs to an endpoint,
 * addresses of endpoints replaced by local ones, nothing that leads out. A value is taken for a credential by its
 * variable, and wherever else it stands.
 */
export function insideOf(request: InsideRequest): Inside {
  const { endpoints, profile } = request;
  const keys = endpoints.map(({ provider }) =>
    provider ? providerKeys(request, provider) : otherKeys(request),
  );
  const kept = [...keys.flat(), ...strayKeys(request)];
  const locals = endpoints.map(({ endpoint }, index) => ({
    origin: originOf(endpoint),
    local: request.local(index),
  }));
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.env)) {
    if (DROPPED.test(name)) continue;
    if (profile?.folders?.includes(name) === true && !request.shown(value)) continue;
    env[name] = relocated(withoutKeys(value, kept), locals);
  }
  for (const { variable, placeholder } of keys.flat()) env[variable] = placeholder;
  const urls = new Map(
    endpoints.flatMap(({ provider, endpoint }, index) =>
      provider ? [[provider, `${request.local(index)}${endpoint.path}`] as const] : [],
    ),
  );
  for (const [{ urlVariable }, url] of urls) env[urlVariable] = url;
  const filled = filler(new Map([...urls].map(([{ name }, url]) => [name, url])));
  for (const [name, value] of Object.entries(profile?.env ?? {})) env[name] ??= filled(value);
  for (const json of [profile?.json, workOf(request).json])
    for (const [name, value] of Object.entries(json ?? {})) {
      const over = onlyWhere(value, (text) => !OPEN.test(filled(text)));
      if (over !== undefined) env[name] = filled(overlaidJson(env[name], over));
    }
  return {
    env: { ...env, HOME: request.home, TMPDIR: "/tmp", NO_PROXY: "127.0.0.1,localhost" },
    args: insideArguments(request, filled),
    keys,
  };
}

/** What its own limits are, where ours hold it while it works. */
const workOf = ({ profile, working }: InsideRequest) => (working ? (profile?.working ?? {}) : {});

const usable = (value: string | undefined): value is string => value !== undefined && value !== "";

/** The credentials that the provider's clients would take. */
const providerKeys = (
  { env, userKeys, placeholder }: InsideRequest,
  provider: NonNullable<NamedEndpoint["provider"]>,
): readonly KeptKey[] =>
  provider.keys.flatMap(({ variable, header, prefix }) => {
    const value = env[variable] ?? userKeys[variable];
    return usable(value)
      ? [{ variable, value, placeholder: placeholder(variable), header: { name: header, prefix } }]
      : [];
  });

const PROVIDER_KEYS = new Set(
  PROVIDERS.flatMap(({ keys }) => keys.map(({ variable }) => variable)),
);

/** For a server that is nobody's: what the agent is given under the name of a secret. */
const otherKeys = ({ env, placeholder }: InsideRequest): readonly KeptKey[] =>
  Object.entries(env).flatMap(([variable, value]) =>
    isSecretName(variable) && !PROVIDER_KEYS.has(variable) && value !== ""
      ? [{ variable, value, placeholder: placeholder(variable) }]
      : [],
  );

/** Keys of providers that the agent has no endpoint of: of no use inside, and not put in anywhere. */
const strayKeys = ({ env, placeholder }: InsideRequest): readonly KeptKey[] =>
  Object.entries(env).flatMap(([variable, value]) =>
    PROVIDER_KEYS.has(variable) && value !== ""
      ? [{ variable, value, placeholder: placeholder(variable) }]
      : [],
  );

/** Shorter values are no credentials, and would be found in words. */
const SHORTEST_KEY = 8;

const withoutKeys = (text: string, keys: readonly KeptKey[]): string =>
  keys.reduce(
    (rest, { value, placeholder }) =>
      rest === value || value.length >= SHORTEST_KEY ? rest.replaceAll(value, placeholder) : rest,
    text,
  );

/** An address of an endpoint is the local one; one that only begins alike is not. */
function relocated(
  value: string,
  locals: readonly { readonly origin: string; readonly local: string }[],
): string {
  for (const { origin, local } of locals) {
    const rest = value.slice(origin.length);
    if (value.toLowerCase().startsWith(origin) && /^(?:$|[/?#])/.test(rest)) return local + rest;
  }
  return value;
}

/** A place for an address that there is none for. */
const OPEN = /\{(?:anthropic|openai|google)\}/;

const filler = (urls: ReadonlyMap<string, string>) => (text: string) =>
  text.replaceAll(/\{(anthropic|openai|google)\}/g, (all, name: string) => urls.get(name) ?? all);

function insideArguments(
  request: InsideRequest,
  filled: (text: string) => string,
): readonly string[] {
  const { args, profile } = request;
  const { args: more } = profile ?? {};
  const options = { ...profile?.options, ...workOf(request).options };
  const swapped = args.map((word, index) => {
    const option = args[index - 1];
    return option !== undefined && Object.hasOwn(options, option)
      ? (options[option] ?? word)
      : word;
  });
  const add = more && !args.some((word) => word.includes(more.unless)) ? more.add.map(filled) : [];
  return [...swapped, ...add];
}
