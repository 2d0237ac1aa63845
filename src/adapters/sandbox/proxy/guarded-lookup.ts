import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { Endpoint } from "../../../stage/sandbox/endpoint.ts";

type Subnet = readonly [network: string, prefix: number, family: "ipv4" | "ipv6"];

/** This machine by its own addresses; also where they are written as IPv6. */
const LOOPBACK: readonly Subnet[] = [
  ["127.0.0.0", 8, "ipv4"],
  ["::1", 128, "ipv6"],
  ["64:ff9b::7f00:0", 104, "ipv6"],
];

/** What is no server of anybody's, or hands out the credentials of the machine (metadata of clouds). */
const NEVER: readonly Subnet[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["100.100.100.200", 32, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["192.0.0.192", 32, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
  ["::", 128, "ipv6"],
  ["64:ff9b::a9fe:0", 112, "ipv6"],
  ["fd00:ec2::254", 128, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fec0::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

const listOf = (subnets: readonly Subnet[]): BlockList => {
  const list = new BlockList();
  for (const [network, prefix, family] of subnets) list.addSubnet(network, prefix, family);
  return list;
};

const loopback = listOf(LOOPBACK);
const never = listOf(NEVER);

/**
 * Whether an endpoint may be connected to at this address: one that the user named as this machine only at its loopback
 * addresses, any other one never there, nor at link-local, metadata, multicast and unspecified ones (RELIABILITY D4). Private
 * networks are allowed, since the user named who is there.
 */
export function addressAllowed(endpoint: Pick<Endpoint, "loopback">, address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const [plain, family] = unmapped(address, version);
  if (never.check(plain, family)) return false;
  return loopback.check(plain, family) === endpoint.loopback;
}

/** An IPv4 address that is written as IPv6 (`::ffff:127.0.0.1`, `::ffff:7f00:1`, `::127.0.0.1`) as what it is. */
function unmapped(address: string, version: number): readonly [string, "ipv4" | "ipv6"] {
  if (version === 4) return [address, "ipv4"];
  const canonical = new URL(`http://[${address.split("%")[0]}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return [canonical, "ipv6"];
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [[a >> 8, a & 255, b >> 8, b & 255].join("."), "ipv4"];
}

/** Why an endpoint was not connected to, although there is such a name. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** Finds the addresses of an endpoint for a connection, and gives only those that it may be connected to: no name can come to mean another machine in between. */
export const guardedLookup =
  (endpoint: Endpoint): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, "", 0);
      const allowed = found.filter(({ address }) => addressAllowed(endpoint, address));
      const [first] = allowed;
      if (first === undefined)
        return callback(new AddressRefused(`${host} stands for no address that is allowed`), "", 0);
      if (options.all === true) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
