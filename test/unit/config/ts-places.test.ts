import fc from "fast-check";
import { expect, test } from "vitest";
import { placesIn } from "../../../src/core/text-places.ts";
import { locator } from "../../../src/adapters/config/config-text.ts";
import { tsPlaces } from "../../../src/adapters/config/ts-places.ts";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { formatPlace } from "../../../src/core/place.ts";
import { ok } from "../../../src/core/result.ts";
import type { ConfigPath } from "../../../src/stage/config/locate.ts";

/** What stands at the place of a path, to the end of its line. */
function at(text: string, path: ConfigPath, part: "key" | "value" = "value"): string {
  const { line = 0, column = 0 } = locator(tsPlaces(text), placesIn(text, "w.ts"))(path, part);
  return (text.split("\n")[line - 1] ?? "").slice(column - 1);
}

const BODY = `{
  // agents: { no: 1 },
  agents: { "my-agent": { command: ["x", 'y'] } },
  limits: { agents: 1 + 2, "other": \`a\${{ b: "}" }}\` },
  ...more, redact, worker() { return { concurrency: 1 }; },
  stages: { planning: { concurrency: (3), quorum: { required: ["a", ...b, "c"] } } },
}`;

test.each([
  ["a literal", `import x from "y";\nexport default ${BODY};`],
  ["with satisfies", `export default ${BODY} satisfies Config;`],
  ["in parentheses", `export default (${BODY} as const);`],
  ["in defineConfig", `/* export default {} */ export default defineConfig(${BODY});`],
  ["in a const", `const config: Config = ${BODY};\nexport default config;`],
  ["in a const, in defineConfig", `const c = ${BODY};\nexport default defineConfig(c);`],
])("places of %s", (_, text) => {
  expect(at(text, ["agents", "my-agent"], "key")).toMatch(/^"my-agent": \{/);
  expect(at(text, ["agents", "my-agent", "command", 1])).toMatch(/^'y'\] \}/);
  expect(at(text, ["limits", "agents"])).toMatch(/^1 \+ 2/);
  expect(at(text, ["stages", "planning", "concurrency"])).toMatch(/^\(3\),/);
  expect(at(text, ["worker", "concurrency"])).toMatch(/^\{/);
  // Items after a spread may be any: the list is what is certain.
  expect(at(text, ["stages", "planning", "quorum", "required", 1])).toMatch(/^(required: )?\["a"/);
});

test.each([
  "",
  "export const a = { agents: 1 };",
  "export default load();",
  "export default a",
  "export default",
])("%j has no places", (text) => expect(tsPlaces(text)?.kind ?? "none").toBe("none"));

test("nothing throws, and time is linear", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          "export default ",
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          ",",
          ":",
          "a",
          '"b"',
          "`",
          "...",
          "'",
          "/",
          "\n",
          "const a",
          "=",
        ),
      ),
      (all) => {
        const text = `export default ${all.join("")}`;
        const place = locator(tsPlaces(text), placesIn(text, "w.ts"))(["a", "b", 0], "value");
        expect(place.line).toBeGreaterThan(0);
      },
    ),
  );
  for (const part of ["{", "[", "(", "a:", '"', "/*", "`", "{a:[", "a(", "export default "])
    tsPlaces(`export default ${part.repeat(60_000 / part.length)}`);
});

test("what a module states is checked by the same schema, at its places", () => {
  const text =
    "export default {\n  limits: { agents: many },\n  agnets: {},\n} satisfies Config;\n";
  const value = { limits: { agents: 0 }, agnets: {}, worker: null };
  const read = readConfig(text, "w.ts", { evaluate: () => ok({ value, notData: [] }) });
  expect(
    read.ok ? [] : read.error.map(({ code, place }) => `${code} ${formatPlace(place)}`),
  ).toEqual(["CONFIG_OUT_OF_RANGE w.ts:2:21", "CONFIG_UNKNOWN_KEY w.ts:3:3"]);
});
