import type { Result } from "../../core/result.ts";
import { endpointsOf, type NamedEndpoint } from "../../stage/sandbox/endpoints-of.ts";
import type { SandboxProfile } from "../../stage/sandbox/profiles.ts";
import type { SandboxSettings } from "../../stage/sandbox/sandbox-settings.ts";
import type { Bubblewrap, NoBubblewrap } from "./bubblewrap.ts";
import { readLogin } from "./read-login.ts";

type Variables = Readonly<Record<string, string | undefined>>;

export interface PlaceOptions {
  readonly settings: SandboxSettings;
  readonly profile: SandboxProfile | undefined;
  readonly env: Variables;
  readonly bubblewrap: () => Promise<Result<Bubblewrap, NoBubblewrap>>;
  readonly now: () => number;
}

/** Where a program goes, before it is known which. */
export type Chosen =
  | {
      readonly kind: "inside";
      readonly bubblewrap: Bubblewrap;
      readonly endpoints: readonly NamedEndpoint[];
      /** Credentials that were not found in the environment, by variable. */
      readonly logins: Readonly<Record<string, string>>;
    }
  | { readonly kind: "outside"; readonly missing: NoBubblewrap | undefined };

/**
 * Whether the sandbox can hold programs of this agent: it is wanted, bubblewrap makes one here, and the agent can reach its
 * model from inside without being given a credential.
 */
export function choosePlace(
  options: PlaceOptions,
): (wants: { readonly endpoints: boolean; readonly env: Variables }) => Promise<Chosen> {
  const { settings, profile, env } = options;
  return async (wants) => {
    if (settings.mode === "off") return { kind: "outside", missing: undefined };
    const bubblewrap = await options.bubblewrap();
    if (!bubblewrap.ok) return { kind: "outside", missing: bubblewrap.error };
    const inside = { kind: "inside", bubblewrap: bubblewrap.value } as const;
    if (!wants.endpoints) return { ...inside, endpoints: [], logins: {} };
    // A key that is not meant for the agent is used for it only at a server that the user named for it.
    const known = settings.endpoints === undefined ? wants.env : { ...env, ...wants.env };
    const endpoints = endpointsOf(settings.endpoints, profile, known);
    if (!endpoints.ok)
      return outside(`the endpoint ${endpoints.error}`, "Correct it, or the variable it is from.");
    const hasKey = endpoints.value.some(({ provider }) =>
      provider?.keys.some(({ variable }) => (known[variable] ?? "") !== ""),
    );
    // Named endpoints may need no key, as models on this machine do.
    if (hasKey || !profile || settings.endpoints !== undefined)
      return { ...inside, endpoints: endpoints.value, logins: {} };
    const keys = [
      ...new Set(endpoints.value.flatMap(({ provider }) => provider?.keys.slice(0, 1) ?? [])),
    ].map(({ variable }) => variable);
    const noKey = `${keys.join(" or ")} is not set`;
    if (!profile.login)
      return outside(
        `${noKey}, and its own login works only outside`,
        "Set the key, name endpoints that need none, or write sandbox: { mode: off } for this agent.",
      );
    const login = await readLogin(profile.login, env["HOME"] ?? "/", options.now());
    if (login.token === undefined)
      return outside(
        `${noKey}, and ${login.reason}`,
        "Set the key, or log in again, or write sandbox: { mode: off } for this agent.",
      );
    const logins = { [profile.login.variable]: login.token };
    return { ...inside, endpoints: endpoints.value, logins };
  };
}

const outside = (reason: string, hint: string): Chosen => ({
  kind: "outside",
  missing: { reason, hint },
});
