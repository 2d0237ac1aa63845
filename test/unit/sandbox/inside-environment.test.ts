/** What an agent in a sandbox is given: no credential, addresses that lead through the proxy, nothing that leads out (AG-04). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withCredentials } from "../../../src/adapters/sandbox/proxy/outgoing-headers.ts";
import { endpointsOf } from "../../../src/stage/sandbox/endpoints-of.ts";
import { insideOf } from "../../../src/stage/sandbox/inside-environment.ts";
import { SANDBOX_PROFILES } from "../../../src/stage/sandbox/profiles.ts";
import { PROVIDERS } from "../../../src/stage/sandbox/providers.ts";
import { sandboxFor } from "../../../src/stage/sandbox/sandbox-settings.ts";

function inside({
  env = {},
  userKeys = {},
  preset,
  named,
  args = [],
  working = false,
}: {
  readonly env?: Readonly<Record<string, string>>;
  readonly userKeys?: Readonly<Record<string, string>>;
  readonly preset?: string;
  readonly named?: readonly string[];
  readonly args?: readonly string[];
  readonly working?: boolean;
}) {
  const profile = preset === undefined ? undefined : SANDBOX_PROFILES.get(preset);
  const endpoints = endpointsOf(named, profile, { ...userKeys, ...env });
  if (!endpoints.ok) throw new Error(endpoints.error);
  return insideOf({
    env,
    args,
    endpoints: endpoints.value,
    profile,
    working,
    userKeys,
    local: (index) => `http://127.0.0.1:${8401 + index}`,
    placeholder: (variable) => `placeholder-${variable}`,
    home: "/home/someone",
    shown: () => false,
  });
}

describe("the environment inside", () => {
  test("of a preset: a placeholder for the key, the local address, the rest as it was", () => {
    const { env, keys } = inside({
      preset: "claude",
      env: { ANTHROPIC_API_KEY: "sk-ant-1234567890", LANG: "C", XDG_RUNTIME_DIR: "/run/user/1" },
    });
    expect(env).toMatchObject({
      ANTHROPIC_API_KEY: "placeholder-ANTHROPIC_API_KEY",
      ANTHROPIC_BASE_URL: "http://127.0.0.1:8401",
      HOME: "/home/someone",
      LANG: "C",
    });
    expect(env).not.toHaveProperty("XDG_RUNTIME_DIR");
    expect(keys).toEqual([
      [
        expect.objectContaining({
          value: "sk-ant-1234567890",
          header: { name: "x-api-key", prefix: "" },
        }),
      ],
    ]);
  });

  test("the user's own address of a provider is the endpoint, with its path; also where it is written elsewhere", () => {
    const { env } = inside({
      preset: "claude",
      env: {
        ANTHROPIC_BASE_URL: "https://gw.example/llm",
        OTHER: "https://gw.example/llm/x",
        ALIKE: "https://gw.example.evil/llm",
      },
    });
    expect(env["ANTHROPIC_BASE_URL"]).toBe("http://127.0.0.1:8401/llm");
    expect(env["OTHER"]).toBe("http://127.0.0.1:8401/llm/x");
    expect(env["ALIKE"]).toBe("https://gw.example.evil/llm");
  });

  test("of a program of one's own: the secrets that it is given belong to the server that it names", () => {
    const { env, keys } = inside({
      named: ["https://llm.example/v1"],
      env: { LLM_KEY: "very-secret-1", LLM_URL: "https://llm.example/v1", TZ: "UTC" },
    });
    expect(env).toMatchObject({
      LLM_KEY: "placeholder-LLM_KEY",
      LLM_URL: "http://127.0.0.1:8401/v1",
      TZ: "UTC",
    });
    expect(keys[0]).toMatchObject([{ variable: "LLM_KEY", value: "very-secret-1" }]);
  });

  test("Codex is told of its server on the command line, and does without a sandbox of its own", () => {
    const { args } = inside({
      preset: "codex",
      env: { OPENAI_API_KEY: "sk-12345678" },
      args: ["exec", "--sandbox", "read-only", "-"],
    });
    expect(args.slice(0, 4)).toEqual(["exec", "--sandbox", "danger-full-access", "-"]);
    expect(args).toContain('model_providers.wavegate.base_url="http://127.0.0.1:8401/v1"');
  });

  test.each([
    ["claude", "--permission-mode", "acceptEdits", "bypassPermissions"],
    ["gemini", "--approval-mode", "auto_edit", "yolo"],
    ["qwen", "--approval-mode", "auto-edit", "yolo"],
    ["codex", "--sandbox", "workspace-write", "danger-full-access"],
  ])("%s may do what our sandbox lets it while it works", (preset, option, outside, within) => {
    const env = { ANTHROPIC_API_KEY: "k".repeat(9), OPENAI_API_KEY: "k".repeat(9) };
    const made = (working: boolean) =>
      inside({ preset, env, args: [option, outside], working }).args.slice(0, 2);
    expect(made(true)).toEqual([option, within]);
    if (preset !== "codex") expect(made(false)).toEqual([option, outside]);
  });

  test("opencode may start programs only while it works", () => {
    const env = { OPENCODE_CONFIG_CONTENT: '{"permission":{"edit":"allow","bash":"deny"}}' };
    const bash = (working: boolean) =>
      inside({ preset: "opencode", env, working }).env["OPENCODE_CONFIG_CONTENT"];
    expect(bash(true)).toContain('"bash":"allow"');
    expect(bash(false)).toContain('"bash":"deny"');
  });

  test("no credential of a provider gets in, wherever it stands and whatever is named", () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/);
    const variables = PROVIDERS.flatMap(({ keys }) => keys.map(({ variable }) => variable));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...variables), key), {
          selector: ([name]) => name,
          minLength: 1,
        }),
        fc.constantFrom(undefined, "claude", "codex", "gemini", "opencode"),
        fc.constantFrom(undefined, [], ["https://api.openai.com"], ["https://x.example"]),
        (keys, preset, named) => {
          const values = keys.map(([, value]) => value);
          fc.pre(
            !["placeholder", ...variables].some((word) =>
              values.some((value) => word.includes(value)),
            ),
          );
          const env = {
            ...Object.fromEntries(keys),
            COPY: `Bearer ${values[0] ?? ""}`,
            PATH: "/usr/bin",
          };
          const made = inside({
            env,
            ...(preset !== undefined && { preset }),
            ...(named !== undefined && { named }),
          });
          const seen = JSON.stringify([made.env, made.args]);
          for (const value of values) expect(seen).not.toContain(value);
        },
      ),
    );
  });
});

describe("a request on its way out", () => {
  const keys = [
    {
      variable: "K",
      value: "real",
      placeholder: "stand-in",
      header: { name: "x-api-key", prefix: "" },
    },
  ];

  test("gets the credential where its placeholder stands: in headers and in the query", () => {
    expect(
      withCredentials({ headers: { authorization: "Bearer stand-in" }, target: "/v1" }, keys),
    ).toEqual({ headers: { authorization: "Bearer real" }, target: "/v1" });
    expect(withCredentials({ headers: {}, target: "/v1?key=stand-in&a=b?c" }, keys)).toEqual({
      headers: {},
      target: "/v1?key=real&a=b?c",
    });
  });

  test("gets it in the provider's header where there is none, in place of what the agent made up", () => {
    expect(
      withCredentials(
        { headers: { authorization: "Bearer other", accept: "*/*" }, target: "/" },
        keys,
      ),
    ).toEqual({ headers: { accept: "*/*", "x-api-key": "real" }, target: "/" });
  });

  test("and never in the path", () => {
    expect(withCredentials({ headers: {}, target: "/stand-in" }, keys).target).toBe("/stand-in");
  });

  test("is as it was where the user has no credential", () => {
    const request = { headers: { authorization: "Bearer own" }, target: "/" };
    expect(withCredentials(request, [])).toBe(request);
  });
});

test("an agent's own options replace mode and endpoints, and add paths", () => {
  expect(
    sandboxFor(
      { mode: "required", endpoints: ["https://a"], read: ["~/a"], hide: ["x"] },
      { mode: "off", read: ["~/b"] },
    ),
  ).toEqual({
    mode: "off",
    endpoints: ["https://a"],
    read: ["~/a", "~/b"],
    write: [],
    hide: ["x"],
  });
  expect(sandboxFor({}).mode).toBe("preferred");
});

describe("opencode", () => {
  const given = JSON.stringify({ share: "disabled", provider: { openai: { models: {} } } });

  test("is told of its servers in its configuration, over what it has, and only of those it has", () => {
    const { env } = inside({
      preset: "opencode",
      named: ["https://api.openai.com"],
      env: { OPENCODE_CONFIG_CONTENT: given },
    });
    expect(JSON.parse(env["OPENCODE_CONFIG_CONTENT"] ?? "")).toEqual({
      share: "disabled",
      provider: { openai: { models: {}, options: { baseURL: "http://127.0.0.1:8401/v1" } } },
    });
  });

  test("with keys that are hostile in JSON", () => {
    const { env } = inside({
      preset: "opencode",
      named: ["https://api.openai.com"],
      env: { OPENCODE_CONFIG_CONTENT: '{"__proto__":{"a":1},"provider":7}' },
    });
    expect(env["OPENCODE_CONFIG_CONTENT"]).toBe(
      '{"__proto__":{"a":1},"provider":{"openai":{"options":{"baseURL":"http://127.0.0.1:8401/v1"}}}}',
    );
  });
});
