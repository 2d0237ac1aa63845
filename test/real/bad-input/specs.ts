import { symlinkSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { lastJson, SPEC } from "../cli-harness.ts";
import type { Project, Row } from "./row.ts";

const MEBIBYTE = 1_048_576;
const FILE = "specs/bad/spec.md";

const bad = (
  name: string,
  content: string | Uint8Array | undefined,
  expected: Pick<Row, "code" | "place"> & Partial<Row>,
): Row => ({
  name: `a spec that is ${name}`,
  files: content === undefined ? {} : { [FILE]: content },
  act: ["plan", FILE],
  exit: 1,
  startsNothing: true,
  ...expected,
  then: ({ run }) => checkSaysSo(run, expected),
});

/** What can be read is checked: then its problems are the result of `check`, and no error. */
async function checkSaysSo(run: Project["run"], { act, exit, code, place }: Partial<Row>) {
  const [, file = FILE] = Array.isArray(act) ? act : [];
  if (typeof act === "function") return;
  const checked = await run(["check", file, "--json"]);
  const { error, diagnostics } = lastJson(checked) as {
    readonly error?: { readonly code: string };
    readonly diagnostics?: readonly { readonly severity: string }[];
  };
  expect(checked.code).toBe(exit ?? 1);
  const [first] = diagnostics?.filter(({ severity }) => severity === "error") ?? [];
  expect(error ?? first).toMatchObject({
    hint: expect.stringMatching(/\w{3}/),
    ...(place && { place }),
  });
  if (error) expect(error.code).toBe(code);
}

/** Specifications that can't be planned from: refused before anything starts. */
export const SPEC_ROWS: readonly Row[] = [
  bad("missing", undefined, { code: "SPEC_NOT_FOUND", place: { file: FILE } }),
  bad("empty", "", { code: "SPEC_INVALID", place: { file: FILE } }),
  bad("blank", "\n \n\t\n", { code: "SPEC_INVALID", place: { file: FILE } }),
  bad("binary", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff, 0]), {
    code: "SPEC_UNREADABLE",
    place: { file: FILE },
  }),
  bad("huge", new Uint8Array(50 * MEBIBYTE).fill(97), {
    code: "SPEC_UNREADABLE",
    place: { file: FILE },
    says: /50\.0 MiB/,
  }),
  bad("no spec", "# Shopping list\n\n- milk\n- eggs\n", {
    code: "SPEC_INVALID",
    place: { file: FILE, line: 1, column: 1 },
  }),
  bad("JSON", '{"name": "x"}\n', {
    code: "SPEC_INVALID",
    place: { file: FILE, line: 1, column: 1 },
  }),
  bad(
    "without requirements",
    SPEC.replace(/### User Story[^]*?(?=## Req)/, "").replaceAll(/- \*\*(?:FR|SC).*\n/g, ""),
    { code: "SPEC_INVALID", place: { file: FILE, line: 1, column: 1 } },
  ),
  bad("a folder without one", undefined, {
    files: { "specs/bad/notes.md": "notes\n" },
    act: ["plan", "specs/bad"],
    code: "SPEC_NOT_FOUND",
    place: { file: FILE },
  }),
  bad("outside the project", undefined, {
    act: ["plan", "/etc/hostname"],
    exit: 2,
    code: "USAGE",
    place: { file: "/etc/hostname" },
  }),
  bad("a link to outside", undefined, {
    act: async ({ folder, run }) => {
      symlinkSync("/etc/hostname", path.join(folder, "link.md"));
      return run(["plan", "link.md", "--json"]);
    },
    writes: true,
    exit: 2,
    code: "USAGE",
    place: { file: "link.md" },
    says: /link\.md \(\/etc\/hostname\) lies outside/,
  }),
  bad("not named at all", undefined, { act: ["plan", ""], exit: 2, code: "USAGE", says: /SPEC/ }),
];
