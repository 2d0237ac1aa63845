/** What is kept of agents has no secrets in it (ST-19). */
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor, REDACTED } from "../../../src/adapters/artifacts/redactor.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";

const CANARY = "kan4ry/Va+lue=42\"q'\\ü z";

const streamed = async (redactor: ReturnType<typeof createRedactor>, pieces: readonly Buffer[]) =>
  (await buffer(Readable.from(pieces).pipe(redactor.stream()))).toString("utf8");

/** Cut bytes at the given places. */
function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  const sorted = at.toSorted((a, b) => a - b);
  return sorted.slice(1).map((to, index) => bytes.subarray(sorted[index], to));
}

const ENCODINGS: Readonly<Record<string, (value: string) => string>> = {
  raw: (v) => v,
  json: (v) => JSON.stringify(v),
  "json in json": (v) => JSON.stringify(JSON.stringify({ v })),
  "url component": encodeURIComponent,
  form: (v) => new URLSearchParams({ v }).toString(),
  hex: (v) => Buffer.from(v).toString("hex"),
  "HEX in capitals": (v) => Buffer.from(v).toString("hex").toUpperCase(),
  base64: (v) => Buffer.from(v).toString("base64"),
  base64url: (v) => Buffer.from(v).toString("base64url"),
  "base64 of text around it, 0": (v) => Buffer.from(`abc${v}tail`).toString("base64"),
  "base64 of text around it, 1": (v) => Buffer.from(`a${v}tail`).toString("base64"),
  "base64 of text around it, 2": (v) => Buffer.from(`ab${v}t`).toString("base64"),
  "every byte of a URL": (v) => Buffer.from(v).toString("hex").replace(/../g, "%$&"),
  html: (v) =>
    v
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;"),
  "base64 in JSON of other programs": (v) =>
    Buffer.from(`?${v}`).toString("base64").replaceAll("/", "\\/"),
  shell: (v) => `'${v.replaceAll("'", "'\\''")}'`,
};

/** What nobody may be able to read out of redacted text: most of the encoded value. */
const core = (encoded: string) => encoded.slice(8, -8);

test.each([
  ["postgresql://db.example.org/plans?user=ada&password=hunter22%21", ["hunter22%21", "hunter22!"]],
  ["postgresql:///plans?host=/run&sslpassword=hunter22", ["hunter22"]],
  ["https://hooks.example.org/x?access_token=hunter22#y", ["hunter22"]],
])("the password in the query of a URL is one, of any variable: %s", (url, secrets) => {
  const redactor = createRedactor({ env: { DATABASE: url } });
  for (const secret of secrets)
    expect(redactor.redact(`login with ${secret} failed`)).toBe(`login with ${REDACTED} failed`);
  expect(redactor.redact("user=ada")).toBe("user=ada");
});

test("the password in the query of a URL is found by its shape, too", () => {
  const { redact } = createRedactor({ env: {} });
  expect(redact('"postgres://db/x?user=a&password=hunter22&sslmode=on"')).toBe(
    `"postgres://db/x?user=a&password=${REDACTED}&sslmode=on"`,
  );
});

describe("values of secret variables", () => {
  const redactor = createRedactor({ env: { SOME_API_KEY: CANARY } });

  test.each(Object.entries(ENCODINGS))("are found as %s", (_, encode) => {
    const text = `before ${encode(CANARY)} after`;
    const clean = redactor.redact(text);
    expect(clean).toContain(REDACTED);
    expect(clean).not.toContain(core(encode(CANARY)));
    expect(clean.startsWith("before ")).toBe(true);
    expect(clean.endsWith(" after")).toBe(true);
  });

  test.each([
    ["ANTHROPIC_API_KEY", true],
    ["GH_TOKEN", true],
    ["client_secret", true],
    ["PGPASSWORD", true],
    ["AWS_SECRET_ACCESS_KEY", true],
    ["DB_CREDENTIALS", true],
    ["SMTP_PASS", true],
    ["DB_PASS", true],
    ["PASS", true],
    ["NPM_CONFIG__AUTH", true],
    ["SESSION_COOKIE", true],
    ["SSH_AUTH_SOCK", false],
    ["COOKIE_DOMAIN", false],
    ["OLDPWD", false],
    ["COMPASS_MODE", false],
    ["HOME", false],
    ["KEYBOARD_LAYOUT", false],
    ["MONKEYS_SEEN", false],
  ])("are told by the name %s: %s", (name, secret) => {
    const redact = createRedactor({ env: { [name]: "a-value-of-its-own" } }).redact;
    expect(redact("x a-value-of-its-own x")).toBe(
      secret ? `x ${REDACTED} x` : "x a-value-of-its-own x",
    );
  });

  test("can be named by the user", () => {
    const { redact } = createRedactor({ env: { PLAIN: "not-so-plain" }, extraNames: ["PLAIN"] });
    expect(redact("not-so-plain")).toBe(REDACTED);
  });

  test("short values and everyday stand-ins are left, or texts about PostgreSQL would suffer", () => {
    const { redact } = createRedactor({ env: { A_TOKEN: "1234567", DB_PASSWORD: "postgres" } });
    expect(redact("1234567 in postgres")).toBe("1234567 in postgres");
  });

  test("the password of a database URL goes, whatever the variable is called, and the host stays", () => {
    const { redact } = createRedactor({ env: { STORE: "postgresql://app:p%40ssw0rd!@db/x" } });
    expect(redact("p%40ssw0rd! and p@ssw0rd!")).toBe(`${REDACTED} and ${REDACTED}`);
    expect(redact("postgresql://app:other-one@db:5432/x")).toBe(
      `postgresql://app:${REDACTED}@db:5432/x`,
    );
  });

  test("overlapping secrets leave nothing of either", () => {
    const { redact } = createRedactor({ env: { A_KEY: "abcdefgh12", B_KEY: "gh12wxyz99" } });
    expect(redact("-abcdefgh12wxyz99-")).toBe(`-${REDACTED}-`);
  });
});

describe("shapes of credentials", () => {
  const { redact } = createRedactor({ env: {} });
  const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc/+=\n-----END RSA PRIVATE KEY-----";
  test.each([
    "sk-ant-api03-AbCdEfGh1234567890xyz",
    "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuv",
    "AKIAIOSFODNN7EXAMPLE",
    "xoxb-123456789012-abcdefGHIJKL",
    "glpat-abcdefghij1234567890",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLWhlcmU",
    key,
    JSON.stringify(key).slice(1, -1),
  ])("%s is removed", (secret) => {
    expect(redact(`say "${secret}" twice`)).toBe(`say "${REDACTED}" twice`);
  });

  test("a bearer token goes, the header stays", () => {
    expect(redact("Authorization: Bearer abc123.def-456_ghi~j==")).toBe(
      `Authorization: Bearer ${REDACTED}`,
    );
  });

  test.each([
    "The risk-based-authentication-and-session-handling of task-management-application",
    "sk-learn-and-other-libraries-are-used",
    "a bearer of authentication-responsibilities",
    "See https://example.com:8080/a@b and mailto:someone@example.com",
    "FR-001 must use AKIA-style keys; SC-002: 99.9 %",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
  ])("ordinary text stays: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("no shape takes a quote or a brace, so JSON stays JSON", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '"',
            "{",
            "}",
            "sk-a1",
            "Bearer ",
            "-----BEGIN PRIVATE KEY-----",
            "eyJ",
            "://u:",
            "@h",
            "abcdefghij0123456789",
          ),
          { maxLength: 30 },
        ),
        (parts) => {
          const value = { text: parts.join("") };
          expect(() => JSON.parse(redact(JSON.stringify(value)))).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    "-----BEGIN PRIVATE KEY-----",
    "eyJ",
    "Bearer ",
    "a://",
    "sk-",
    "sk-a-a-a-",
    "a-",
    " ",
  ])(
    "text of many %j is handled in linear time",
    (part) => {
      expect(
        growthOf(
          (size) => `sk-${filled(part, size)}`,
          (text) => void redact(text),
          30_000,
        ),
      ).toBe("linear");
    },
    PATIENCE_MS,
  );
});

test("a canary never gets through, in any encoding, however the stream is cut", async () => {
  const secret = fc
    .string({ unit: "binary", minLength: 8, maxLength: 60 })
    .filter((value) => value.trim().length >= 8);
  await fc.assert(
    fc.asyncProperty(
      secret,
      fc.constantFrom(...Object.keys(ENCODINGS)),
      fc.string({ maxLength: 200 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      async (value, encoding, around, cuts) => {
        const redactor = createRedactor({ env: { CANARY_TOKEN: value } });
        const encoded = ENCODINGS[encoding]!(Buffer.from(value).toString("utf8"));
        fc.pre(encoded.length >= 10 && !around.includes(encoded));
        const text = `${around}\n${encoded} ${around}`;
        const clean = await streamed(redactor, split(Buffer.from(text), cuts));
        expect(clean).toContain(REDACTED);
        expect(clean).not.toContain(encoded);
        expect(redactor.redact(text)).not.toContain(encoded);
      },
    ),
    { numRuns: 2_000, seed: 61 },
  );
}, 60_000);

test("a stream gives what redacting the whole gives, however it is cut", async () => {
  const key = "-----BEGIN PRIVATE KEY-----\nMIIEow0\nAAAA\n-----END PRIVATE KEY-----";
  const words = [
    "alpha\n",
    "\n",
    "s3cret-value",
    "two\nlined secret",
    "s3cret-",
    "sk-",
    "sk-abc123def456ghi789jkl",
    "Bearer ",
    "t0ken-t0ken-t0ken-t0ken",
    "postgres://u:",
    "hunter22@h",
    key,
    key.slice(0, 40),
    "-----END PRIVATE KEY-----",
    "ü",
    "x".repeat(9_000),
    "y".repeat(20_000),
  ];
  for (const env of [
    { A_KEY: "s3cret-value" },
    { A_KEY: "s3cret-value", B_KEY: "two\nlined secret" },
  ]) {
    const redactor = createRedactor({ env });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...words), { maxLength: 24 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        async (parts, cuts) => {
          const text = parts.join("");
          expect(await streamed(redactor, split(Buffer.from(text), cuts))).toBe(
            redactor.redact(text),
          );
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  }
}, 60_000);

test("bytes that are no text pass a stream unchanged", async () => {
  const redactor = createRedactor({ env: { A_KEY: "s3cret-value" } });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 50 })), async (pieces) => {
      const bytes = Buffer.concat(pieces);
      const passed = await buffer(
        Readable.from(pieces.map((p) => Buffer.from(p))).pipe(redactor.stream()),
      );
      expect(passed.equals(bytes)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("a long secret is found in base64 that is broken into lines", async () => {
  const long = `${CANARY.repeat(8)}!`;
  const redactor = createRedactor({ env: { LONG_KEY: long } });
  for (const width of [64, 76]) {
    const lines =
      Buffer.from(long)
        .toString("base64")
        .match(new RegExp(`.{1,${width}}`, "g")) ?? [];
    const text = `key:\n${lines.join("\n")}\nend`;
    const clean = redactor.redact(text);
    for (const line of lines.filter(({ length }) => length >= 16))
      expect(clean).not.toContain(line);
    expect(await streamed(redactor, [Buffer.from(text)])).toBe(clean);
  }
});

test("what is learned later is a secret from then on", async () => {
  const redactor = createRedactor({ env: { A_KEY: "the-first-one" } });
  expect(redactor.redact("the-first-one, the-second-one")).toBe(`${REDACTED}, the-second-one`);
  redactor.learn(["the-second-one"]);
  const text = `the-first-one, ${Buffer.from("the-second-one").toString("base64")}`;
  expect(redactor.redact(text)).toBe(`${REDACTED}, ${REDACTED}`);
  expect(await streamed(redactor, [Buffer.from(text)])).toBe(`${REDACTED}, ${REDACTED}`);
});

test("text without secrets comes back as the same string", () => {
  const { redact } = createRedactor({ env: { A_KEY: "s3cret-value" } });
  const text = "The plan. ".repeat(1_000);
  expect(redact(text)).toBe(text);
});
