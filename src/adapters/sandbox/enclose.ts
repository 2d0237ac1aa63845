import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Placed, SandboxRequest } from "../../ports/sandbox.ts";
import type { NamedEndpoint } from "../../stage/sandbox/endpoints-of.ts";
import { insideOf, type Inside } from "../../stage/sandbox/inside-environment.ts";
import type { SandboxProfile } from "../../stage/sandbox/profiles.ts";
import type { SandboxSettings } from "../../stage/sandbox/sandbox-settings.ts";
import { makeAttemptFolder, socketInside } from "./attempt-folder.ts";
import type { Bubblewrap } from "./bubblewrap.ts";
import { bubblewrapArguments } from "./bubblewrap-arguments.ts";
import { layoutOf } from "./layout.ts";
import { programFolders } from "./program-folders.ts";
import { startEndpointProxy } from "./proxy/endpoint-proxy.ts";
import { isOfSystem } from "./system-mounts.ts";
import { toolFolders } from "./tool-folders.ts";
import { isWithin } from "./within.ts";

export interface EncloseOptions {
  readonly request: SandboxRequest;
  readonly bubblewrap: Bubblewrap;
  readonly endpoints: readonly NamedEndpoint[];
  readonly logins: Readonly<Record<string, string>>;
  readonly settings: SandboxSettings;
  readonly profile: SandboxProfile | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly project: string;
  readonly stateFolder: string;
  readonly home: string;
  readonly placeholder: (variable: string) => string;
}

/** Each endpoint has a port of its own; no one else is in the sandbox's network. */
const FIRST_PORT = 8_401;

/** The program in a sandbox of its own, with what serves it outside running. */
export async function enclose(options: EncloseOptions): Promise<Placed> {
  const folder = await makeAttemptFolder(options.home, options.profile?.home ?? {});
  const ends: (() => Promise<void>)[] = [folder.remove];
  const release = async () => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const shownPaths = pathsFor(options);
    const layout = layoutOf({ ...shownPaths, from: folder.shown, empty: folder.empty });
    if (!layout.ok) {
      await release();
      return { kind: "refused", reason: layout.error, hint: "Correct sandbox.read and write." };
    }
    const inside = insideFor(options, shownPaths.read);
    for (const [index, { endpoint }] of options.endpoints.entries())
      ends.push(
        await startEndpointProxy({
          endpoint,
          keys: inside.keys[index] ?? [],
          socket: folder.socket(index),
        }),
      );
    const { start } = options.request;
    return {
      kind: "inside",
      release,
      start: {
        file: options.bubblewrap.file,
        args: bubblewrapArguments({
          mounts: layout.value,
          cwd: start.cwd,
          start: [...forwarderFor(options.endpoints), start.file, ...inside.args],
        }),
        cwd: start.cwd,
        env: inside.env,
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** What the agent and we need to see. */
function pathsFor({
  request,
  settings,
  project,
  stateFolder,
  home,
  env,
  endpoints,
}: EncloseOptions) {
  const { start, writable, readable, clone } = request;
  const absolute = (file: string) =>
    file === "~" || file.startsWith("~/")
      ? path.join(env["HOME"] ?? "/", file.slice(1))
      : path.resolve(project, file);
  const around = { home: env["HOME"] ?? "/", searchPath: start.env["PATH"] };
  const programs = [start.file, ...readable, ...(endpoints.length > 0 ? [process.execPath] : [])];
  const named = settings.write.map(absolute);
  return {
    cwd: start.cwd,
    clone,
    project,
    stateFolder,
    home,
    userHome: around.home,
    read: [
      ...programs.flatMap((file) => programFolders(file, around)),
      // Who works in a clone runs the project's own tools.
      ...(clone ? toolFolders({ ...around, project }) : []),
      ...settings.read.map(absolute),
    ],
    // Who works in a clone changes nothing of the project, whatever is named for those that read it.
    write: [...writable, ...named.filter((file) => !clone || !isWithin(file, project))],
    hide: settings.hide,
  };
}

function insideFor(
  { request, endpoints, profile, env, logins, settings, home, placeholder }: EncloseOptions,
  read: readonly string[],
): Inside {
  const { start, writable, clone } = request;
  const cloned = clone ? [clone.folder, ...clone.readable] : [];
  const seen = [home, start.cwd, ...cloned, ...read, ...writable, ...settings.write];
  return insideOf({
    env: start.env,
    args: start.args,
    endpoints,
    profile,
    working: clone?.writable === true,
    userKeys: settings.endpoints === undefined ? logins : { ...logins, ...env },
    local: (index) => `http://127.0.0.1:${FIRST_PORT + index}`,
    placeholder,
    home,
    shown: (file) => isOfSystem(file) || seen.some((each) => isWithin(file, each)),
  });
}

let forwarder: string | undefined;

/** What stands before the program on the command line where it has endpoints. */
function forwarderFor(endpoints: readonly NamedEndpoint[]): readonly string[] {
  if (endpoints.length === 0) return [];
  const built = import.meta.url.endsWith(".js");
  forwarder ??= withoutHeading(
    readFileSync(
      fileURLToPath(new URL(`inside/forwarder.${built ? "js" : "ts"}`, import.meta.url)),
      "utf8",
    ),
  );
  const links = endpoints.map((_, index) => [FIRST_PORT + index, socketInside(index)]);
  return [
    process.execPath,
    "--max-old-space-size=32",
    "--input-type=module",
    "--eval",
    forwarder,
    "--",
    JSON.stringify(links),
  ];
}

/** It stands on a command line. */
const withoutHeading = (text: string): string => text.slice(Math.max(0, text.indexOf("import ")));
