import { oneLine } from "../../core/text.ts";
import { parseEndpoint } from "../sandbox/endpoint.ts";
import type { ConfigFile } from "./config-schema.ts";
import type { ConfigPath } from "./locate.ts";
import type { Report } from "./report.ts";

/** Endpoints that are none. */
export function checkSandbox(
  file: Pick<ConfigFile, "sandbox" | "agents">,
  touched: (path: ConfigPath) => boolean,
  report: Report,
): void {
  const all: readonly (readonly [ConfigPath, unknown])[] = [
    [["sandbox"], file.sandbox],
    ...Object.entries(file.agents ?? {}).map(
      ([name, options]) => [["agents", name, "sandbox"], options["sandbox"]] as const,
    ),
  ];
  for (const [path, options] of all)
    if (!touched(path))
      for (const [index, endpoint] of endpointsIn(options).entries()) {
        const parsed = parseEndpoint(endpoint);
        if (!parsed.ok)
          report({
            code: "CONFIG_BAD_ENDPOINT",
            path: [...path, "endpoints", index],
            part: "value",
            message: `The endpoint "${oneLine(endpoint, 100)}" ${parsed.error}.`,
            hint: "Write scheme and host, with port and path where there are any: https://api.example.com/v1",
          });
      }
}

function endpointsIn(options: unknown): readonly string[] {
  if (typeof options !== "object" || options === null || !("endpoints" in options)) return [];
  const { endpoints } = options;
  return Array.isArray(endpoints)
    ? endpoints.filter((each): each is string => typeof each === "string")
    : [];
}
