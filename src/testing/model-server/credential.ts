import type { IncomingHttpHeaders } from "node:http";

/** Where a request may carry its key, in the order they are looked at. */
const KEY_HEADERS = ["authorization", "x-api-key", "x-goog-api-key", "api-key"] as const;
/** Others whose values are nobody's business. */
const PRIVATE_HEADERS: ReadonlySet<string> = new Set([
  ...KEY_HEADERS,
  "cookie",
  "proxy-authorization",
]);

export interface Credential {
  /** Where it stood: the name of the header, or `key` of the address; `none` where there is none. */
  readonly place: string;
  /** The key itself, without `Bearer`. Never recorded. */
  readonly key: string;
}

export function credentialOf(headers: IncomingHttpHeaders, url: URL): Credential {
  for (const place of KEY_HEADERS) {
    const value = headers[place];
    if (typeof value === "string" && value !== "")
      return { place, key: value.replace(/^Bearer /i, "") };
  }
  const key = url.searchParams.get("key") ?? "";
  return key === "" ? { place: "none", key } : { place: "key", key };
}

/** Headers for the record: what may be a secret is left out. */
export const shownHeaders = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || PRIVATE_HEADERS.has(name) ? [] : [[name, String(value)]],
    ),
  );

/** The address for the record, without a key. */
export function shownPath(url: URL): string {
  const shown = new URL(url);
  shown.searchParams.delete("key");
  return `${shown.pathname}${shown.search}`;
}
