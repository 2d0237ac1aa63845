/** Which folder is the project, and whose it may be. Owners can only be given away by root. */
import {
  chmodSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findProject, refuseForeign } from "../../src/bootstrap/find-project.ts";

const [ME, OTHER] = [1_234, 2_345];
const isRoot = process.getuid?.() === 0;

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-find-")));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const at = (...parts: string[]) => path.join(home, ...parts);

test.each(["wavegate.config.json", ".git", ".specify"])(
  "the nearest folder with %s is the project",
  (mark) => {
    mkdirSync(at("outer/inner/deep"), { recursive: true });
    writeFileSync(at("outer/wavegate.config.yaml"), "");
    expect(findProject(at("outer/inner/deep"))).toBe(at("outer"));
    mkdirSync(at("outer/inner", mark));
    expect(findProject(at("outer/inner/deep"))).toBe(at("outer/inner"));
  },
);

/** A world-writable folder of root's, as /tmp is, with a configuration by the given user. */
const shared = (by: number, owner = 0) => {
  mkdirSync(at("tmp"));
  chmodSync(at("tmp"), 0o1777);
  writeFileSync(at("tmp/wavegate.config.yaml"), "");
  lchownSync(at("tmp/wavegate.config.yaml"), by, by);
  lchownSync(at("tmp"), owner, owner);
  return at("tmp");
};
const refused = (file: string) =>
  expect.objectContaining({ code: "PROJECT_UNTRUSTED", place: { file } });

describe.skipIf(!isRoot)("a project of somebody else's (needs root)", () => {
  test("is refused by its configuration, and named", () => {
    const project = shared(OTHER);
    expect(() => refuseForeign(project, {}, ME)).toThrow(refused(at("tmp/wavegate.config.yaml")));
    expect(() => refuseForeign(project, {}, 0)).toThrow(refused(at("tmp/wavegate.config.yaml")));
  });

  test("is refused by its folder, whoever the configuration belongs to", () => {
    const project = shared(ME, OTHER);
    expect(() => refuseForeign(project, {}, ME)).toThrow(refused(project));
  });

  test("is refused by a link in place of the configuration", () => {
    const project = shared(ME);
    rmSync(at("tmp/wavegate.config.yaml"));
    writeFileSync(at("mine.yaml"), "");
    symlinkSync(at("mine.yaml"), at("tmp/wavegate.config.json"));
    lchownSync(at("tmp/wavegate.config.json"), OTHER, OTHER);
    expect(() => refuseForeign(project, {}, ME)).toThrow(refused(at("tmp/wavegate.config.json")));
  });

  test("is refused by its state folder", () => {
    mkdirSync(at("tmp/.wavegate"), { recursive: true });
    lchownSync(at("tmp/.wavegate"), OTHER, OTHER);
    expect(() => refuseForeign(at("tmp"), {}, ME)).toThrow(refused(at("tmp/.wavegate")));
  });

  test("is taken when it is ours, root's, trusted by name, or of who became root by sudo", () => {
    for (const by of [ME, 0]) {
      expect(() => refuseForeign(shared(by), {}, ME)).not.toThrow();
      rmSync(at("tmp"), { recursive: true });
    }
    const project = shared(OTHER, OTHER);
    expect(() => refuseForeign(project, { WAVEGATE_TRUST: project }, ME)).not.toThrow();
    expect(() => refuseForeign(project, { WAVEGATE_TRUST: at() }, ME)).toThrow(refused(project));
    symlinkSync(project, at("link"));
    for (const trusted of [`${project}/`, at("link"), path.relative(process.cwd(), project)])
      expect(() => refuseForeign(project, { WAVEGATE_TRUST: trusted }, ME)).not.toThrow();
    expect(() => refuseForeign(project, { WAVEGATE_TRUST: "" }, ME)).toThrow(refused(project));
    expect(() => refuseForeign(project, { SUDO_UID: String(OTHER) }, 0)).not.toThrow();
    expect(() => refuseForeign(project, { SUDO_UID: String(OTHER) }, ME)).toThrow(refused(project));
  });

  test("without a configuration of its own runs nothing, and is taken", () => {
    mkdirSync(at("tmp/.git"), { recursive: true });
    lchownSync(at("tmp"), OTHER, OTHER);
    expect(() => refuseForeign(at("tmp"), {}, ME)).not.toThrow();
  });
});
