import { readSecret, type SecretSurroundings } from "../adapters/secrets/read-secret.ts";
import { err, ok, type Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import type { Agent, AgentRequest } from "../ports/agent.ts";
import type { SecretDefinition } from "../stage/config/secret-options.ts";

type Values = Readonly<Record<string, string>>;

/** Secrets of the configuration, read when an agent that gets them is about to be asked. */
export interface Keychain {
  /** Names of those among `names` that a command would have to print. */
  readonly names: (passes: (name: string) => boolean) => readonly string[];
  /** Their values, or what to tell of the first that can't be had. */
  readonly read: (names: readonly string[]) => Promise<Result<Values, string>>;
}

/**
 * Each command is run once in this process, however many agents need it, and again only after it failed. A variable that is set
 * goes before its command. `learned` is told every value before anybody else.
 */
export function createKeychain(
  definitions: readonly SecretDefinition[],
  surroundings: SecretSurroundings,
  learned: (name: string, value: string) => void,
): Keychain {
  const wanted = definitions.filter(({ name }) => !surroundings.env[name]);
  const reading = new Map<string, Promise<Result<string, string>>>();
  const read = (definition: SecretDefinition) => {
    const { name } = definition;
    const begun = reading.get(name);
    if (begun) return begun;
    const promise = readSecret(definition, surroundings).then((found) => {
      if (found.ok) learned(name, found.value);
      else reading.delete(name);
      return found;
    });
    reading.set(name, promise);
    return promise;
  };
  return {
    names: (passes) => wanted.map(({ name }) => name).filter(passes),
    async read(names) {
      const values: Record<string, string> = {};
      for (const definition of wanted.filter(({ name }) => names.includes(name))) {
        const found = await read(definition);
        if (!found.ok)
          return err(
            `the command of the secret ${definition.name} (${oneLine(definition.command[0] ?? "", 60)}) gave none: ${found.error}`,
          );
        values[definition.name] = found.value;
      }
      return ok(values);
    },
  };
}

/** Stands for a secret where an agent is only looked at. */
const NOT_READ = "not read yet";

/**
 * An agent that gets secrets of the keychain: they are read when it is asked, not when it is looked at. What can't be had is a failure
 * that a person can mend.
 */
export function withSecrets(
  { names, keychain }: { readonly names: readonly string[]; readonly keychain: Keychain },
  make: (secrets: Values) => Agent,
): Agent {
  if (names.length === 0) return make({});
  const looked = make(Object.fromEntries(names.map((name) => [name, NOT_READ])));
  let told: Agent | undefined;
  const run = async (request: AgentRequest) => {
    const secrets = await keychain.read(names);
    // One agent for all requests: some keep processes between them.
    if (secrets.ok) return (told ??= make(secrets.value)).run(request);
    const usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
    return err({ kind: "auth", message: secrets.error, usage, outputBytes: 0 } as const);
  };
  const close = async () => told?.close?.();
  return { ...looked, describe: () => looked.describe(), run, ...(looked.close && { close }) };
}
