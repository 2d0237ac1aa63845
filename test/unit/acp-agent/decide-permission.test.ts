import { expect, test } from "vitest";
import { decidePermission } from "../../../src/adapters/agents/acp/decide-permission.ts";
import { READING_POLICY, WORKING_POLICY } from "../../../src/stage/agents/acp/permissions.ts";

const rules = {
  permissions: READING_POLICY,
  folders: { project: "/nowhere/project", own: "/nowhere/own" },
};
const asked = {
  sessionId: "s",
  toolCall: { toolCallId: "1" },
  options: [
    { optionId: "yes", kind: "allow_once" as const, name: "Yes" },
    { optionId: "no", kind: "reject_once" as const, name: "No" },
  ],
};

test("a question with no more than an id is about what was announced by it", async () => {
  const submit = { server: "wavegate", tool: "submit_result", arguments: {} };
  const announced = { kind: "execute", title: "mcp.wavegate.submit_result", rawInput: submit };
  expect(await decidePermission(rules, asked, announced)).toMatchObject({ allowed: true });
  const other = { ...announced, rawInput: { ...submit, server: "other" } };
  expect(await decidePermission(rules, asked, other)).toMatchObject({
    allowed: false,
    text: "denied: mcp.wavegate.submit_result (permissions: execute is denied)",
  });
  const command = { kind: "execute", title: "Run", rawInput: { command: "submit_result" } };
  expect(await decidePermission(rules, asked, command)).toMatchObject({ allowed: false });
  expect(await decidePermission(rules, asked)).toMatchObject({ allowed: false, kind: "other" });
});

const about = (toolCall: object) =>
  decidePermission(rules, { ...asked, toolCall: { toolCallId: "1", ...toolCall } });

test.each([
  ["mcp__wavegate__submit_result"],
  ["wavegate_submit_result"],
  ["submit_result (wavegate MCP Server)"],
  ["mcp.wavegate.submit_result"],
  ["submit_result"],
])("%s hands in the result", async (title) => {
  expect(await about({ title, kind: "other" })).toMatchObject({ allowed: true });
});

test.each<[string, object]>([
  [
    "in what a tool of another server is given",
    { title: "mcp__github__create_issue", rawInput: { title: "submit_result" } },
  ],
  ["later in a title", { title: "Search for submit_result" }],
  ["of another server", { title: "mcp__evil__submit_result" }],
  ["at the beginning of a longer one", { title: "submit_results" }],
  [
    "beside a command",
    {
      title: "Bash",
      kind: "execute",
      rawInput: { command: "id", server: "wavegate", tool: "submit_result" },
    },
  ],
])("the tool's name %s allows nothing", async (_, toolCall) => {
  expect(await about({ kind: "other", ...toolCall })).toMatchObject({ allowed: false });
});

test("who carries out a task edits in its clone, not what git keeps there, and starts programs in a sandbox only", async () => {
  const folders = { project: "/nowhere/clone/web", own: "/nowhere/own", clone: "/nowhere/clone" };
  const may = async (policy: keyof typeof WORKING_POLICY, kind: string, file?: string) => {
    const locations = file === undefined ? [] : [{ path: file }];
    const toolCall = { toolCallId: "1", kind, title: "x", locations };
    const held = { permissions: WORKING_POLICY[policy], folders };
    return (await decidePermission(held, { ...asked, toolCall } as never)).allowed;
  };
  expect(await may("open", "edit", "/nowhere/clone/src/a.js")).toBe(true);
  expect(await may("open", "read", "/nowhere/clone/README.md")).toBe(true);
  expect(await may("open", "edit", "/nowhere/clone/.git/hooks/pre-commit")).toBe(false);
  expect(await may("open", "edit", "/nowhere/project/src/a.js")).toBe(false);
  expect(await may("open", "execute")).toBe(false);
  expect(await may("enclosed", "execute")).toBe(true);
  expect(await may("enclosed", "fetch")).toBe(false);
});
