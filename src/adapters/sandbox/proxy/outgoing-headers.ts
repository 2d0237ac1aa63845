import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { KeptKey } from "../../../stage/sandbox/inside-environment.ts";
import { CREDENTIAL_HEADERS } from "../../../stage/sandbox/providers.ts";

/** They are about one connection, or about who stands between: never passed on. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "forwarded",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
]);

/** Headers that end at this connection: the fixed ones, and those that `Connection` names. */
export function passedOn(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set(
    (headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()),
  );
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => value !== undefined && !OF_CONNECTION.has(name) && !named.has(name),
    ),
  );
}

const filledIn = (text: string, keys: readonly KeptKey[]): string =>
  keys.reduce((rest, { placeholder, value }) => rest.replaceAll(placeholder, value), text);

/**
 * The headers and target as the endpoint gets them: credentials in place of what stands for them. Where the agent sends none of
 * the user's, that of the first key which has a header is added, and what the agent itself put into such headers is left out.
 */
export function withCredentials(
  request: { readonly headers: OutgoingHttpHeaders; readonly target: string },
  keys: readonly KeptKey[],
): { readonly headers: OutgoingHttpHeaders; readonly target: string } {
  if (keys.length === 0) return request;
  const [path = "", ...query] = request.target.split("?");
  const asked = query.join("?");
  const target =
    query.length === 0
      ? path
      : `${path}?${keys.reduce((rest, { placeholder, value }) => rest.replaceAll(placeholder, encodeURIComponent(value)), asked)}`;
  let placed = target !== request.target;
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value !== "string") {
      headers[name] = value;
      continue;
    }
    const filled = filledIn(value, keys);
    if (filled !== value) placed = true;
    else if (CREDENTIAL_HEADERS.has(name)) continue;
    headers[name] = filled;
  }
  const first = keys.find(({ header }) => header !== undefined);
  if (!placed && first?.header) headers[first.header.name] = `${first.header.prefix}${first.value}`;
  return { headers, target };
}
