import {
  buildApplication,
  help,
  proposeCompletions,
  run,
  version,
  type Application,
  type StricliProcess,
} from "@stricli/core";
import type { App } from "../app/app.ts";
import type { Cli, CliIo } from "./cli.ts";
import { EXIT, exitCodeOfError } from "./exit-code.ts";
import { withValues } from "./optional-values.ts";
import { givenFlags, printFailure } from "./print-failure.ts";
import { routes } from "./routes.ts";
import { wantsColor } from "./terminal-traits.ts";
import { parserText } from "./usage-error.ts";

export interface CliOptions {
  readonly io: CliIo;
  readonly version: string;
  readonly openApp: () => Promise<App>;
}

/** Parse the arguments, run the command, print what went wrong, and give the exit code (UX-01). Never rejects. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<number> {
  const failures: unknown[] = [];
  // Where the files of an error lie; known once the app has been opened.
  let folder = options.io.cwd;
  const application = createApplication(options.version, (error) => failures.push(error));
  const cli = createCli(args, {
    ...options,
    openApp: async () => {
      const app = await options.openApp();
      folder = app.project;
      return app;
    },
  });
  try {
    if (args[0] === "__complete") await complete(application, args.slice(1), cli);
    else await run(application, withValues(args), cli);
  } catch (error) {
    failures.push(error);
  } finally {
    await cli.closeApp().catch((error: unknown) => failures.push(error));
  }
  const [failure] = failures;
  if (failure === undefined) return Number(cli.process.exitCode ?? EXIT.done);
  await printFailure(failure, { ...givenFlags(args), folder }, options.io);
  return exitCodeOfError(failure);
}

/** The parser, with the flags `--help` and `--version`, and errors handed to `fail`. */
export const createApplication = (
  currentVersion: string,
  fail: (error: unknown) => void,
): Application<Cli> =>
  buildApplication(
    routes,
    {
      name: "wavegate",
      scanner: {
        caseStyle: "allow-kebab-for-camel",
        allowArgumentEscapeSequence: true,
        // As names are compared everywhere else; the parser's own weights find `--color` nearest to `--rule`.
        distanceOptions: {
          threshold: 7,
          weights: { insertion: 1, deletion: 1, substitution: 1, transposition: 1 },
        },
      },
      localization: { text: parserText(fail) },
    },
    {
      help: help({
        brief: "Show this help",
        defaultForRouteMap: true,
        formatting: {
          useAliasInUsageLine: false,
          onlyRequiredInUsageLine: true,
          caseStyle: "convert-camel-to-kebab",
        },
      }),
      version: version({ brief: "Show the version", info: { currentVersion }, alias: "v" }),
    },
  );

type CliWithProcess = Cli & { readonly process: StricliProcess };

function createCli(args: readonly string[], { io, openApp }: CliOptions): CliWithProcess {
  let opened: Promise<App> | undefined;
  const { color: flag } = givenFlags(args);
  const isTTY = io.stdout.isTTY === true;
  const color = wantsColor({ env: io.env, platform: io.platform, isTTY, flag });
  const process: StricliProcess = {
    stdout: {
      write: (text) => void io.stdout.write(text),
      getColorDepth: () => (color ? 8 : 1),
    },
    // Errors of the parser are printed by `printFailure`.
    stderr: { write: () => {} },
    env: io.env,
  };
  return {
    io,
    process,
    app: () => (opened ??= openApp()),
    async closeApp() {
      const closing = opened;
      opened = undefined;
      // An app that could not be opened has nothing to close, and its error was reported.
      const app = await closing?.catch(() => undefined);
      await app?.close();
    },
    exit: (code) => {
      process.exitCode = code;
    },
  };
}

/** What may come next: one proposal per line, a tab, what it is. */
async function complete(
  application: Application<Cli>,
  words: readonly string[],
  cli: CliWithProcess,
): Promise<void> {
  const proposals = await proposeCompletions(application, words, cli);
  for (const { completion, brief } of proposals) cli.io.stdout.write(`${completion}\t${brief}\n`);
}
