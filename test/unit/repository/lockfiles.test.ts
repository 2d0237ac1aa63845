/** Each kind of lockfile by a small one of its format; broken ones say why. */
import { expect, test } from "vitest";
import { readLockfiles } from "../../../src/repository/lockfiles/read-lockfiles.ts";
import { file } from "./project.ts";

const one = (path: string, text: string) => readLockfiles([file(path, text)])[0];
const names = (path: string, text: string) =>
  one(path, text)?.packages.map(({ name, version }) => `${name} ${version}`);

test("package-lock.json, versions 1 and 3, with links left out and plain http named", () => {
  const three = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { name: "me" },
      "node_modules/a": { version: "1.0.0", resolved: "https://r.example/a.tgz" },
      "node_modules/a/node_modules/@s/b": { version: "2.0.0", resolved: "http://r.example/b.tgz" },
      "node_modules/local": { link: true },
    },
  });
  expect(names("package-lock.json", three)).toEqual(["@s/b 2.0.0", "a 1.0.0"]);
  expect(one("package-lock.json", three)?.unencrypted).toEqual(["@s/b"]);
  const first = JSON.stringify({
    dependencies: { a: { version: "1.0.0", dependencies: { b: { version: "2.0.0" } } } },
  });
  expect(names("package-lock.json", first)).toEqual(["a 1.0.0", "b 2.0.0"]);
});

test.each([
  [
    "pnpm-lock.yaml",
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    a: 1\npackages:\n\n  '@s/b@2.0.0':\n    resolution: {}\n  a@1.0.0(peer@3.0.0):\n    engines: {}\n",
  ],
  [
    "pnpm-lock.yaml",
    "lockfileVersion: 5.4\npackages:\n  /@s/b/2.0.0:\n    x: 1\n  /a/1.0.0:\n    x: 1\n",
  ],
  [
    "yarn.lock",
    '# yarn lockfile v1\n\n"@s/b@^2.0.0":\n  version "2.0.0"\n\na@^1.0.0, a@~1.0.0:\n  version "1.0.0"\n',
  ],
  [
    "yarn.lock",
    '__metadata:\n  version: 8\n\n"@s/b@npm:^2.0.0":\n  version: 2.0.0\n\n"a@npm:1":\n  version: 1.0.0\n\n"me@workspace:.":\n  version: 0.0.0-use.local\n',
  ],
])("%s: %s", (path, text) => {
  expect(names(path, text)).toEqual(["@s/b 2.0.0", "a 1.0.0"]);
});

test.each([
  ["poetry.lock", '[[package]]\nname = "a"\nversion = "1.0"\n\n[metadata]\nversion = "9"\n'],
  ["uv.lock", 'version = 1\n\n[[package]]\nname = "a"\nversion = "1.0"\nsource = { x = 1 }\n'],
  ["Cargo.lock", '# auto\nversion = 3\n\n[[package]]\nname = "a"\nversion = "1.0"\n'],
  ["requirements.txt", "# c\na==1.0 ; python_version > '3'\n-r more.txt\n"],
  ["go.sum", "a 1.0\n"],
])("%s", (path, text) => {
  if (path === "go.sum") expect(one(path, text)?.problem).toBe("no line is a module with its hash");
  else expect(names(path, text)).toEqual(["a 1.0"]);
});

test("Pipfile.lock with all its groups, unpinned packages and an index over plain http", () => {
  const text = JSON.stringify({
    _meta: {
      "pipfile-spec": 6,
      sources: [
        { name: "pypi", url: "https://pypi.example/simple", verify_ssl: true },
        { name: "own", url: "http://own.example/simple", verify_ssl: false },
      ],
    },
    default: { a: { index: "pypi", version: "==1.0" }, b: { index: "own", version: "==2.0" } },
    develop: { c: { version: "==3.0" } },
    docs: { d: { git: "https://git.example/d.git", ref: "abc" } },
  });
  expect(names("Pipfile.lock", text)).toEqual(["a 1.0", "b 2.0", "c 3.0", "d unpinned"]);
  expect(one("Pipfile.lock", text)).toMatchObject({ ecosystem: "python", unencrypted: ["b"] });
});

test("Gemfile.lock with gems of several sources, platforms once, and no dependency of a gem taken for one", () => {
  const text = `GIT
  remote: https://git.example/e.git
  revision: abc
  specs:
    e (0.5.0)

PATH
  remote: .
  specs:
    me (0.1.0)
      a (~> 1.0)

GEM
  remote: http://gems.example/
  specs:
    a (1.0.0)
      b (>= 2)
    b (2.1.0-x86_64-linux-gnu)
    b (2.1.0-arm64-darwin)
    c-d (3.0.0.rc1)

PLATFORMS
  ruby

DEPENDENCIES
  a (~> 1.0)
  me!

CHECKSUMS
  a (1.0.0) sha256=abc

BUNDLED WITH
   2.3.7
`;
  expect(names("Gemfile.lock", text)).toEqual(["a 1.0.0", "b 2.1.0", "c-d 3.0.0.rc1", "e 0.5.0"]);
  expect(one("Gemfile.lock", text)).toMatchObject({
    ecosystem: "ruby",
    unencrypted: ["a", "b", "c-d"],
  });
});

test("composer.lock with packages for development, from dist or else source", () => {
  const text = JSON.stringify({
    "content-hash": "abc",
    packages: [
      { name: "v/a", version: "1.0.0", dist: { type: "zip", url: "https://x.example/a" } },
      { name: "v/b", version: "v2.0.0", dist: { type: "zip", url: "http://x.example/b" } },
    ],
    "packages-dev": [{ name: "v/c", version: "3.0.0", source: { url: "http://x.example/c.git" } }],
  });
  expect(names("composer.lock", text)).toEqual(["v/a 1.0.0", "v/b v2.0.0", "v/c 3.0.0"]);
  expect(one("composer.lock", text)).toMatchObject({
    ecosystem: "php",
    unencrypted: ["v/b", "v/c"],
  });
});

test("go.sum without the entries that are for go.mod only, and unpinned requirements", () => {
  expect(
    names("go.sum", "x.dev/a v1.0.0 h1:abcdefghijk=\nx.dev/a v1.0.0/go.mod h1:abcdefghijk=\n"),
  ).toEqual(["x.dev/a v1.0.0"]);
  expect(names("requirements.txt", "a>=1\n")).toEqual(["a unpinned"]);
});

test.each([
  ["package-lock.json", "{", "it is not JSON"],
  ["package-lock.json", "[]", "it does not have the form of its name"],
  ["package-lock.json", "{}", "it has neither packages nor dependencies"],
  ["pnpm-lock.yaml", "<<<<<<< HEAD", "it has no lockfileVersion"],
  ["yarn.lock", "x", "it is no yarn lockfile"],
  ["Cargo.lock", "x", "it has no [[package]] tables"],
  ["Pipfile.lock", "{}", "it does not have the form of its name"],
  ["Pipfile.lock", "<<<<<<< HEAD", "it is not JSON"],
  ["Gemfile.lock", "gem 'a'", "it has none of the sections of a Gemfile.lock"],
  ["composer.lock", '{"packages":{}}', "it does not have the form of its name"],
  ["composer.lock", "{", "it is not JSON"],
])("%s that is broken says why: %s", (path, text, problem) => {
  expect(one(path, text)).toMatchObject({ packages: [], problem });
});

test("one that is too large to read says so; those of fixtures and of others do not count", () => {
  expect(readLockfiles([{ path: "yarn.lock", bytes: 9e9 }])[0]?.problem).toContain("too large");
  expect(readLockfiles([file("test/fixtures/yarn.lock", "x"), file("vendor/go.sum", "x")])).toEqual(
    [],
  );
});
