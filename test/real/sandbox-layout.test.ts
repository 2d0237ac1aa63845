/** What a sandbox shows of the file system: installations wherever they lie, links, and never a home or credentials because of them. */
import {
  chmodSync,
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
import { layoutOf, type LayoutRequest } from "../../src/adapters/sandbox/layout.ts";
import { toolFolders } from "../../src/adapters/sandbox/tool-folders.ts";
import { programFolders } from "../../src/adapters/sandbox/program-folders.ts";

let folder = "";
const at = (...parts: readonly string[]) => path.join(folder, ...parts);
const file = (name: string, content = "") => {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
  chmodSync(at(name), 0o755);
  return at(name);
};
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-layout-")));
  mkdirSync(at("home"));
  mkdirSync(at("project/.wavegate/runs"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shown = (program: string, searchPath = "") =>
  programFolders(program, { home: at("home"), searchPath }).map((each) =>
    path.relative(folder, each),
  );

describe("of a program is shown", () => {
  test("its prefix, and that of the Node it runs on, under whatever names and links", () => {
    file("home/.nvm/node/v20/bin/node");
    file("home/.nvm/node/v20/lib/node_modules/agent/cli.js", "#!/usr/bin/env -S node --flag\n");
    symlinkSync("../lib/node_modules/agent/cli.js", at("home/.nvm/node/v20/bin/agent"));
    const search = at("home/.nvm/node/v20/bin");
    expect(shown(at("home/.nvm/node/v20/bin/agent"), search)).toEqual([
      "home/.nvm/node/v20/bin/agent",
      "home/.nvm/node/v20/lib/node_modules",
      "home/.nvm/node/v20/bin/node",
      "home/.nvm/node/v20",
    ]);
  });

  test("only itself where other things of the user lie beside it", () => {
    expect(shown(file("home/.local/bin/agent"))).toEqual([
      "home/.local/bin/agent",
      "home/.local/bin",
    ]);
    expect(shown(file("home/agent"))).toEqual(["home/agent"]);
    expect(shown(file("home/bin/agent"))).toEqual(["home/bin/agent", "home/bin"]);
  });

  test("nothing of one that is not there, and an end of scripts that name each other", () => {
    expect(shown(at("none"))).toEqual([]);
    const [one, other] = [at("a/one"), at("a/other")];
    file("a/one", `#!${other}\n`);
    file("a/other", `#!${one}\n`);
    expect(shown(one).length).toBeLessThan(40);
  });
});

const mounts = (change: Partial<LayoutRequest> = {}) => {
  const layout = layoutOf({
    cwd: at("project"),
    project: at("project"),
    stateFolder: at("project/.wavegate"),
    home: at("home"),
    userHome: at("home"),
    empty: "/empty",
    read: [],
    write: [],
    hide: [],
    from: new Map(),
    ...change,
  });
  if (!layout.ok) throw new Error(layout.error);
  return layout.value
    .filter((mount) => mount.at.startsWith(folder))
    .map((mount) => `${mount.kind} ${path.relative(folder, mount.at)}`);
};

const refused = (change: Partial<LayoutRequest>) => () => mounts(change);

const clone = (writable: boolean) => ({
  folder: at("clones/a"),
  writable,
  readable: [at("project/.git/objects")],
});
const cloned = (name = "clones/a") => {
  for (const each of [`${name}/packages/web`, "project/.git/objects"])
    mkdirSync(at(each), { recursive: true });
  file("project/.env");
};

/** A request to work in a clone that lies there. */
const lying = (name: string) => ({
  cwd: at(name),
  clone: { folder: at(name), writable: true, readable: [] },
});

describe("the layout", () => {
  test("has parents before what lies in them, and what is hidden sealed at the end", () => {
    mkdirSync(at("project/.wavegate/runs/a"));
    file("project/.env");
    file("project/.env.example");
    file("project/apps/web/.env.local");
    for (const of of ["node_modules/other", ".git", ".wavegate/runs/a"]) file(`project/${of}/.env`);
    expect(mounts({ write: [at("project/.wavegate/runs/a")] })).toEqual([
      "fresh home",
      "read project",
      "fresh project/.wavegate",
      "read project/.env",
      "read project/apps/web/.env.local",
      "write project/.wavegate/runs/a",
      "seal project/.wavegate",
    ]);
  });

  test("hides credentials where all of a home is named, and shows them only by their own name", () => {
    file("home/.ssh/id");
    file("home/.netrc");
    mkdirSync(at("home/.aws"));
    rmSync(at("project/.wavegate"), { recursive: true });
    expect(mounts({ read: [at("home")] })).toEqual([
      "read home",
      "read project",
      "fresh home/.ssh",
      "fresh home/.aws",
      "read home/.netrc",
      "seal home/.ssh",
      "seal home/.aws",
    ]);
    expect(mounts({ read: [at("home/.netrc")] })).toEqual([
      "fresh home",
      "read project",
      "read home/.netrc",
    ]);
  });

  test("makes links again, follows them to what is there, and goes round in no circle", () => {
    file("tools/v1/agent");
    rmSync(at("project/.wavegate"), { recursive: true });
    symlinkSync("v1", at("tools/current"));
    symlinkSync("loop", at("tools/loop"));
    expect(mounts({ read: [at("tools/current/agent"), at("tools/loop"), at("gone")] })).toEqual([
      "fresh home",
      "read project",
      "link tools/current",
      "read tools/v1/agent",
    ]);
  });

  test("of a clone has the clone in place of the project, of which only the objects are seen", () => {
    cloned();
    const cwd = at("clones/a/packages/web");
    const objects = "read project/.git/objects";
    expect(mounts({ cwd, clone: clone(true) })).toEqual(["fresh home", "write clones/a", objects]);
    expect(mounts({ cwd, clone: clone(false) })).toEqual(["fresh home", "read clones/a", objects]);
  });

  test("lets nothing of the project be changed from a clone", () => {
    cloned("project/sub");
    cloned("project/.wavegate/clones/a");
    for (const name of ["project", "project/sub", ""])
      expect(refused(lying(name))).toThrow("could change the project");
    expect(mounts(lying("project/.wavegate/clones/a"))).toContain(
      "write project/.wavegate/clones/a",
    );
  });

  test("is refused where the project could be changed, or everything seen", () => {
    symlinkSync(at("project"), at("link"));
    for (const write of [at("project"), at("link"), folder])
      expect(refused({ write: [write] })).toThrow("could change the project");
    expect(refused({ read: ["/"] })).toThrow("whole file system");
  });
});

test("for whoever works in a clone: folders of PATH with their installations, toolchains, nothing of project or home", () => {
  for (const each of ["node/bin/node", "node/lib/x", "plain/bin/y", "project/node_modules/.bin/z"])
    file(each);
  for (const each of [
    "home/bin/a",
    "home/.local/bin/b",
    "home/.local/lib/c",
    "home/.cargo/credentials",
  ])
    file(each);
  file("home/.cargo/registry/d");
  symlinkSync("node", at("current"));
  const parts = [
    "current/bin",
    "plain/bin",
    "project/node_modules/.bin",
    "home",
    "home/bin",
    "gone",
  ];
  const searchPath = [...parts, "home/.local/bin", ""].map((each) => at(each)).join(":");
  const found = toolFolders({ home: at("home"), project: at("project"), searchPath });
  expect(toolFolders({ home: at("home"), project: at("project"), searchPath: ".:bin" })).toEqual([
    at("home/.cargo/registry"),
  ]);
  expect(found.map((each) => path.relative(folder, each))).toEqual([
    "current/bin",
    "node",
    "plain/bin",
    "home/bin",
    "home/.local/bin",
    "home/.cargo/registry",
  ]);
});
