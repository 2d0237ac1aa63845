import { err, ok, type Result } from "../../core/result.ts";

/** A server that agents may reach, as it is connected to. */
export interface Endpoint {
  readonly protocol: "http:" | "https:";
  /** Lower case, as DNS and TLS take it; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Only requests at or below this path are passed on: empty for all, else with a slash before and none after it. */
  readonly path: string;
  /** Whether the user named this very machine, by which alone its loopback addresses may be connected to. */
  readonly loopback: boolean;
}

/** What URL parsers drop, fold or read as a separator: a name that holds one is never what it looks like. */
const UNSAFE = /[^\u0021-\u007E]|[\\%]/;
const DNS_NAME =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^[0-9a-f:.]+$/;
/** Longer ones are no addresses of servers. */
const MAX_LENGTH = 2_000;

/**
 * The server of an `http` or `https` address, normalised; else what is wrong with the address, as the end of a sentence
 * that begins with it. Addresses with user names, queries and fragments, and names that could be read in two ways, are
 * refused (RELIABILITY D4). Which addresses a name may stand for is decided when it is connected to.
 */
export function parseEndpoint(text: string): Result<Endpoint, string> {
  if (text.length > MAX_LENGTH) return err("is too long");
  if (UNSAFE.test(text))
    return err("holds a blank, a backslash, a percent sign, or a character that is not ASCII");
  if (!/^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/i.test(text))
    return err("is not an address like https://api.example.com, without user, query and fragment");
  const url = parse(text);
  if (!url) return err("is not a valid address");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!isHost(host)) return err("does not name a host");
  const path = url.pathname.replace(/\/+$/, "");
  if (path.includes("//")) return err("has an empty part in its path");
  const protocol = url.protocol === "http:" ? "http:" : "https:";
  return ok({
    protocol,
    host,
    port: url.port === "" ? (protocol === "http:" ? 80 : 443) : Number(url.port),
    path,
    loopback: isLoopbackName(host),
  });
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const isHost = (host: string): boolean =>
  IPV4.test(host) || (host.includes(":") && IPV6.test(host)) || DNS_NAME.test(host);

const isLoopbackName = (host: string): boolean =>
  host === "localhost" ||
  host.endsWith(".localhost") ||
  host === "::1" ||
  (IPV4.test(host) && host.startsWith("127."));

/** Scheme, host and port, as they stand at the beginning of addresses. */
export const originOf = ({ protocol, host, port }: Endpoint): string => {
  const standard = port === (protocol === "http:" ? 80 : 443);
  return `${protocol}//${host.includes(":") ? `[${host}]` : host}${standard ? "" : `:${port}`}`;
};

/** Whether two endpoints are one server. */
export const sameServer = (one: Endpoint, other: Endpoint): boolean =>
  originOf(one) === originOf(other);

/** What a request asks for, if it may be passed on: a plain path at or below the endpoint's, nothing that leads out of it. */
export function allowedTarget(endpoint: Endpoint, target: string): boolean {
  if (target.length > 16_384 || !target.startsWith("/") || /[^\u0021-\u007E]|[\\#]/.test(target))
    return false;
  const [path = ""] = target.split("?", 1);
  // Encoded dots and slashes are folded by some servers and not by others.
  if (/\/\.{1,2}(?:\/|$)/.test(path) || /%(?:2e|2f|5c|00)/i.test(path)) return false;
  return endpoint.path === "" || path === endpoint.path || path.startsWith(`${endpoint.path}/`);
}
