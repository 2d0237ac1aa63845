import {
  foreignFields,
  kindOf,
  type AgentKinds,
  type AgentOptions,
  type AnyDefinition,
} from "../agents/agent-kind.ts";
import type { Report } from "./report.ts";

/** What is wrong with one agent beyond its types: fields of another kind, and what its own kind finds. */
export function checkAgent<Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
  name: string,
  options: AgentOptions,
  report: Report,
): void {
  const kind = kindOf(kinds, options);
  const found = [...foreignFields(kinds, options), ...kind.problems(kind.define(name, options))];
  for (const { key, item, code = "CONFIG_BAD_AGENT", message, hint } of found)
    report({
      code,
      path: [
        "agents",
        name,
        ...(key === undefined ? [] : [key]),
        ...(item === undefined ? [] : [item]),
      ],
      part: key === undefined ? "key" : "value",
      message: code === "CONFIG_BAD_AGENT" ? `Agent ${name}: ${message}.` : `${message}.`,
      hint,
    });
}

/** A name that another agent has already. */
export function checkAgentName(name: string, given: readonly string[], report: Report): void {
  const whose =
    name === "builtin"
      ? "that is the name of the built-in analysts"
      : given.includes(name) && "the program that opened wavegate brings an agent of that name";
  if (whose)
    report({
      code: "CONFIG_BAD_NAME",
      path: ["agents", name],
      part: "key",
      message: `An agent can't be called ${name}: ${whose}.`,
      hint: "Choose another name.",
    });
}
