import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ProviderFacts } from "../../../stage/agents/model-definition.ts";
import { isObject, parseSafely, textOf } from "../../shared/safe-json.ts";

/** The AI SDK's packages that an agent needs: `ai`, and the one that speaks its provider's form. */
export interface SdkPackage {
  readonly name: string;
  /** What our tests run with; any later version of the same major serves. */
  readonly version: string;
}

const AI: SdkPackage = { name: "ai", version: "6.0.326" };

export const FORM_PACKAGES: Readonly<Record<ProviderFacts["form"], SdkPackage>> = {
  anthropic: { name: "@ai-sdk/anthropic", version: "3.0.138" },
  openai: { name: "@ai-sdk/openai", version: "3.0.141" },
  google: { name: "@ai-sdk/google", version: "3.0.141" },
  "openai-compatible": { name: "@ai-sdk/openai-compatible", version: "2.0.87" },
};

export const packagesFor = (form: ProviderFacts["form"]): readonly SdkPackage[] => [
  AI,
  FORM_PACKAGES[form],
];

/** The version of an installed package, or undefined. */
export type FindPackage = (name: string) => string | undefined;

/** Looks beside Wavegate, where its peers are installed. Loads nothing. */
export const findPackage: FindPackage = (name) => {
  try {
    const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const read = parseSafely(readFileSync(file, "utf8"));
    return isObject(read) ? textOf(read["version"]) : undefined;
  } catch {
    return undefined;
  }
};

/** What is missing, with the command that installs it; undefined when all is there. */
export function missingPackages(
  form: ProviderFacts["form"],
  find: FindPackage,
  cwd: string,
): { readonly reason: string; readonly hint: string } | undefined {
  const wrong = packagesFor(form)
    .map((wanted) => ({ wanted, found: find(wanted.name) }))
    .filter(({ wanted, found }) => majorOf(found) !== majorOf(wanted.version));
  if (wrong.length === 0) return undefined;
  const told = wrong.map(({ wanted, found }) =>
    found === undefined
      ? `the package ${wanted.name} is not installed`
      : `the package ${wanted.name} is there in version ${found}, and ${majorOf(wanted.version)} is needed`,
  );
  const words = wrong.map(({ wanted: { name, version } }) => `${name}@${version}`);
  return {
    reason: told.join("; "),
    hint: `Install beside Wavegate: npm install ${isGlobal(cwd) ? "--global " : ""}${words.join(" ")}`,
  };
}

const majorOf = (version: string | undefined): string => version?.split(".")[0] ?? "";

/** Whether this copy of Wavegate lies in a `node_modules` that the project does not see. */
function isGlobal(cwd: string): boolean {
  const own = fileURLToPath(import.meta.url);
  const folder = `${path.sep}node_modules${path.sep}wavegate${path.sep}`;
  const at = own.lastIndexOf(folder);
  return at >= 0 && !`${path.resolve(cwd)}${path.sep}`.startsWith(own.slice(0, at) + path.sep);
}
