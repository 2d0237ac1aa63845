/** Secrets are found and never shown; what is made up, a variable or a hash is left alone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { secretsIn } from "../../../src/repository/find-secrets-in.ts";
import { findSecrets } from "../../../src/repository/secrets.ts";
import { file } from "./project.ts";

// put together here, so that no scanner takes this file for a leak
const GITHUB = ["ghp", "_", "qL7vX2mN9bK4wR8tY1uZ", "5sD3fG6hJ0pC7aE2"].join("");
const AWS = ["AK", "IA", "Q3ZV7XNB2KWR8TYU"].join("");
const RANDOM = ["zQ8", "rT2v", "XmB7kLw9Ny4", "PsJ6dFh3GcA5"].join("");

test.each([
  ["GitHub token", `const t = "${GITHUB}";`],
  ["AWS access key", `aws_access_key_id = ${AWS}`],
  ["random value under a secret's name", `apiKey: "${RANDOM}"`],
  ["password in a URL", ["DATABASE=postgres://app:", "q8-Rt2!vXm-9Ny@db.internal/app"].join("")],
])("%s is found, with its line, masked", (shape, line) => {
  const found = secretsIn(`\n\n${line}\n`);
  expect(found).toEqual([expect.objectContaining({ line: 3, shape })]);
  for (const secret of [GITHUB, AWS, RANDOM, "q8-Rt2"])
    expect(JSON.stringify(found)).not.toContain(secret.slice(4));
});

test.each([
  `token: "${["ghp", "_"].join("")}EXAMPLEexampleEXAMPLEexample1234"`,
  `key = "AKIAIOSFODNN7EXAMPLE"`,
  `apiKey: process.env.API_KEY`,
  `password: "your-password-goes-here"`,
  `secret = "\${SECRET_FROM_ENV_OR_OTHER}"`,
  `DATABASE=postgres://postgres:postgres@localhost/app`,
  `tokenName: "refreshTokenExpirationTime"`,
  `secret_path = "src/config/secrets/loader.ts"`,
  `token: "abcdefghijklmnopqrstuvwxyz123456"`,
  `"integrity": "sha512-${RANDOM}${RANDOM}=="`,
  `commit 3f786850e387550fdab836ed7e6dc881de23001b`,
])("left alone: %s", (line) => {
  expect(secretsIn(line)).toEqual([]);
});

test("lockfiles and generated files are not looked at; where a secret stands is said; key files are named", () => {
  const text = `const t = "${GITHUB}";`;
  const found = findSecrets([
    file("package-lock.json", text),
    file("dist/a.js", text),
    file("test/a.test.ts", text),
    file("docs/a.md", text),
    file("src/a.ts", text),
    file(".env", "API_TOKEN=q8Rt2vXm9Ny4\n"),
    file(".env.example", "API_TOKEN=\n"),
    file("web/.env", "PORT=80\n"),
    { path: "certs/server.p12", bytes: 9 },
  ]);
  expect(found.found.map(({ path, within }) => [path, within])).toEqual([
    ["src/a.ts", "source"],
    ["docs/a.md", "document"],
    ["test/a.test.ts", "test"],
  ]);
  expect(found.keyFiles).toEqual([".env", "certs/server.p12"]);
});

test("no part of a random token beyond its public beginning is ever shown", () => {
  const chars = fc.constantFrom(
    ..."ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789".split(""),
  );
  const token = fc.array(chars, { minLength: 36, maxLength: 36 }).map((all) => all.join(""));
  fc.assert(
    fc.property(token, (body) => {
      const shown = JSON.stringify(secretsIn(`x = "ghp_${body}"`));
      for (let at = 0; at + 4 <= body.length; at++)
        expect(shown).not.toContain(body.slice(at, at + 4));
    }),
    { numRuns: 50 },
  );
});
