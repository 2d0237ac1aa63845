/** Which servers agents reach (AG-04, RELIABILITY D4): no name, address or path leads to another one than the user named. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressAllowed } from "../../../src/adapters/sandbox/proxy/guarded-lookup.ts";
import {
  allowedTarget,
  originOf,
  parseEndpoint,
  type Endpoint,
} from "../../../src/stage/sandbox/endpoint.ts";

const hex = (one = 0, other = 0) => ((one << 8) | other).toString(16);

const endpoint = (text: string): Endpoint => {
  const parsed = parseEndpoint(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe("an endpoint", () => {
  test.each([
    ["https://api.anthropic.com", "https://api.anthropic.com", "", false],
    ["HTTPS://API.Anthropic.COM:443/", "https://api.anthropic.com", "", false],
    ["https://gw.example/llm/v1/", "https://gw.example", "/llm/v1", false],
    ["http://localhost:11434/v1", "http://localhost:11434", "/v1", true],
    ["http://[::1]:80", "http://[::1]", "", true],
    // As URLs are read: 0x7f.1 is this machine, and is known as such.
    ["http://0x7f.1:9", "http://127.0.0.1:9", "", true],
    ["http://2130706433", "http://127.0.0.1", "", true],
    ["http://127.0.0.1.nip.io", "http://127.0.0.1.nip.io", "", false],
  ])("%s is normalised", (text, origin, path, loopback) => {
    const parsed = endpoint(text);
    expect([originOf(parsed), parsed.path, parsed.loopback]).toEqual([origin, path, loopback]);
  });

  test.each([
    "api.anthropic.com",
    "ftp://api.anthropic.com",
    "https://",
    "https://user@api.anthropic.com",
    "https://api.anthropic.com@evil.example",
    "https://api.anthropic.com\0.evil.example",
    "https://api.anthropic.com%00.evil.example",
    "https://api.anthropic.com\\@evil.example",
    "https://api.anthropic.com\n",
    "https://api.anthropic.com?x",
    "https://api.anthropic.com#x",
    "https://аpi.anthropic.com",
    "https://api．anthropic.com",
    "https://api.anthropic.com.",
    "https://a..b",
    "https://api.anthropic.com//v1",
    "https://api.anthropic.com:99999",
    `https://${"a".repeat(64)}.com`,
  ])("%j is refused", (text) => {
    expect(parseEndpoint(text).ok).toBe(false);
  });

  test("whatever the text is: refused, or exactly what URLs make of it, in plain characters", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            ..."https:// http:// api.anthropic.com evil.example @ \\ / : . ? # % 00 [ ] ::1 127.0.0.1 \0 \t \n ａ 。 ; localhost 443 v1 ..".split(
              " ",
            ),
          ),
          { maxLength: 12 },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const parsed = parseEndpoint(text);
        if (!parsed.ok) return;
        const { host, path, port } = parsed.value;
        expect(host).toMatch(/^[a-z0-9._:-]+$/);
        expect(path).toMatch(/^(?:\/[!-~]*[^/])?$/);
        expect(port).toBeGreaterThanOrEqual(0);
        const url = new URL(text);
        expect(originOf(parsed.value)).toBe(url.origin);
        expect([url.username, url.search, url.hash]).toEqual(["", "", ""]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("a request", () => {
  const all = endpoint("https://api.example");
  const below = endpoint("https://api.example/v1");

  test.each([
    ["/v1/messages", true, true],
    ["/v1", true, true],
    ["/v1?key=x", true, true],
    ["/v10/x", true, false],
    ["/", true, false],
    ["/v1/../admin", false, false],
    ["/v1/..", false, false],
    ["/v1/%2e%2e/admin", false, false],
    ["/v1/%2E./admin", false, false],
    ["/v1/%2fadmin", false, false],
    ["/v1\\..\\admin", false, false],
    ["/v1/x\r\nHost: evil", false, false],
    ["http://evil.example/v1", false, false],
    ["evil.example:443", false, false],
    ["*", false, false],
    ["", false, false],
  ])("for %j", (target, withoutPath, withPath) => {
    expect([allowedTarget(all, target), allowedTarget(below, target)]).toEqual([
      withoutPath,
      withPath,
    ]);
  });
});

describe("an address", () => {
  const named = { loopback: false };
  const local = { loopback: true };

  test.each([
    ["93.184.216.34", true, false],
    ["10.1.2.3", true, false],
    ["2606:4700::6810:84e5", true, false],
    ["127.0.0.1", false, true],
    ["127.255.0.9", false, true],
    ["::1", false, true],
    ["::ffff:127.0.0.1", false, true],
    ["::ffff:7f00:1", false, true],
    ["::127.0.0.1", false, true],
    ["0.0.0.0", false, false],
    ["::", false, false],
    ["169.254.169.254", false, false],
    ["::ffff:169.254.169.254", false, false],
    ["::ffff:a9fe:a9fe", false, false],
    ["64:ff9b::a9fe:a9fe", false, false],
    ["64:ff9b::7f00:1", false, true],
    ["fd00:ec2::254", false, false],
    ["fe80::1", false, false],
    ["fe80::1%eth0", false, false],
    ["100.100.100.200", false, false],
    ["224.0.0.1", false, false],
    ["255.255.255.255", false, false],
    ["not an address", false, false],
  ])("%s", (address, forNamed, forLocal) => {
    expect([addressAllowed(named, address), addressAllowed(local, address)]).toEqual([
      forNamed,
      forLocal,
    ]);
  });

  test("no address of a link, a metadata service or this machine is ever allowed for a name", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const bad = fc
      .tuple(fc.constantFrom([169, 254], [127, 0], [127, 9], [0, 0], [239, 1]), octet, octet)
      .map(([[a, b], c, d]) => [a ?? 0, b ?? 0, c, d]);
    fc.assert(
      fc.property(bad, fc.integer({ min: 0, max: 2 }), (parts, form) => {
        const dotted = parts.join(".");
        const address = [
          dotted,
          `::ffff:${dotted}`,
          `::ffff:${hex(parts[0], parts[1])}:${hex(parts[2], parts[3])}`,
        ][form];
        expect(addressAllowed(named, address ?? "")).toBe(false);
      }),
    );
  });
});
