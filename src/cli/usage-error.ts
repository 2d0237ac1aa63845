import {
  ArgumentParseError,
  ArgumentScannerError,
  EnumValidationError,
  FlagNotFoundError,
  text_en,
  UnexpectedPositionalError,
  UnsatisfiedFlagError,
  UnsatisfiedPositionalError,
  type ApplicationText,
} from "@stricli/core";
import { WavegateError } from "../core/error.ts";
import { nearestName } from "../core/nearest-name.ts";
import { oneLine } from "../core/text.ts";

const ASK_FOR_HELP = "See what there is with --help.";

/** What is meant, of the names that the parser proposes, which may be far from what was typed. */
function suggestion(
  typed: string,
  proposed: readonly string[],
  shown: (name: string) => string,
): string {
  const near = proposed.filter((name) => nearestName(typed, [name]) !== undefined);
  return near.length > 0 ? `Did you mean ${near.map(shown).join(" or ")}?` : ASK_FOR_HELP;
}

/** As people write it, and the help does. */
const flagName = (name: string) =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const usage = (message: string, hint = ASK_FOR_HELP) =>
  new WavegateError("USAGE", message, { hint });

function usageError(error: unknown): unknown {
  if (!(error instanceof ArgumentScannerError)) return error;
  if (error instanceof FlagNotFoundError) {
    const given = oneLine(`--${error.input}`, 60);
    return usage(
      `There is no flag ${given} here.`,
      suggestion(error.input, error.corrections, flagName),
    );
  }
  if (error instanceof EnumValidationError)
    return usage(
      `${flagName(error.externalFlagName)}: "${oneLine(error.input, 60)}" is none of ${error.values.join(", ")}.`,
      suggestion(error.input, error.values, (value) => value),
    );
  if (error instanceof UnsatisfiedPositionalError)
    return usage(`${error.placeholder} is missing.`, `Give ${error.placeholder}, or see --help.`);
  if (error instanceof UnexpectedPositionalError)
    return usage(
      `"${oneLine(error.input, 60)}" is one argument too many.`,
      "Quote arguments with blanks in them, or see --help.",
    );
  if (error instanceof UnsatisfiedFlagError)
    return usage(
      `--${error.externalFlagName} needs a value.`,
      `Write it behind --${error.externalFlagName}.`,
    );
  if (error instanceof ArgumentParseError) {
    const { exception, externalFlagNameOrPlaceholder: name } = error;
    return usage(
      `${name}: ${oneLine(exception instanceof Error ? exception.message : error.message, 300)}.`,
    );
  }
  return usage(oneLine(error.message, 300));
}

/**
 * The texts of the command parser, with every error handed to `fail` instead of being printed, so that all errors are
 * printed in one place, in one form.
 */
export function parserText(fail: (error: unknown) => void): ApplicationText {
  const record = (error: unknown) => {
    fail(error);
    return "";
  };
  return {
    ...text_en,
    headers: {
      usage: "Usage",
      aliases: "Aliases",
      commands: "Commands",
      flags: "Flags",
      arguments: "Arguments",
    },
    briefs: {
      ...text_en.briefs,
      help: "Show this help",
      version: "Show the version",
      argumentEscapeSequence: "What follows are arguments",
    },
    noCommandRegisteredForInput: ({ input, corrections }) =>
      record(
        new WavegateError("USAGE", `There is no command "${oneLine(input, 60)}".`, {
          hint: suggestion(
            input,
            corrections.map((name) => name.replaceAll("`", "")),
            (name) => `\`${name}\``,
          ),
        }),
      ),
    exceptionWhileParsingArguments: (error) => record(usageError(error)),
    exceptionWhileLoadingCommandFunction: record,
    exceptionWhileLoadingCommandContext: record,
    exceptionWhileRunningCommand: record,
    commandErrorResult: record,
    exceptionWhileRunningIntegrationHook: ({ exception }) => record(exception),
    exceptionWhileRunningIntegrationFlag: ({ exception }) => record(exception),
  };
}
