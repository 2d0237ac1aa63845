import { secretsIn } from "./find-secrets-in.ts";
import { baseName, isAmongTests, kindOfFile } from "./kind-of-file.ts";
import type { FoundSecret, RepositoryFile, Secrets } from "./model.ts";

/** Files that are secret by what they are. */
const KEY_FILE =
  /(?:^|\/)(?:\.env(?:\.(?!example|sample|template|dist|test|defaults)[\w.]+)?|id_(?:rsa|dsa|ecdsa|ed25519)|\.npmrc|\.pypirc|\.netrc|\.git-credentials|[^/]+\.(?:p12|pfx|jks|keystore))$/;
/** Such files with nothing secret in them: settings only. */
const MAYBE_HARMLESS = /(?:^|\/)\.(?:npmrc|env[\w.]*)$/;

/**
 * Secrets of a project's files, masked. Lockfiles, generated files and minified code are not looked at: their hashes look
 * like secrets and are none.
 */
export function findSecrets(files: readonly RepositoryFile[]): Secrets {
  const scanned = files.filter(
    ({ path, text }) => text !== undefined && !["lockfile", "generated"].includes(kindOfFile(path)),
  );
  const found = scanned.flatMap(({ path, text }) =>
    secretsIn(text ?? "")
      .map((secret): FoundSecret => ({ path, ...secret, within: within(path) }))
      // examples in documents look as random as secrets do; only known shapes count there
      .filter((secret) => secret.within !== "document" || !secret.shape.startsWith("random")),
  );
  const keyFiles = files
    .filter(({ path }) => KEY_FILE.test(path) && !isAmongTests(path))
    .filter(({ path, text }) => !MAYBE_HARMLESS.test(path) || holdsValue(path, text ?? ""))
    .map(({ path }) => path);
  return { filesScanned: scanned.length, found: found.toSorted(bySeriousness), keyFiles };
}

const within = (path: string): FoundSecret["within"] =>
  isAmongTests(path) ? "test" : kindOfFile(path) === "document" ? "document" : "source";

const RANK = { source: 0, document: 1, test: 2 } as const;

const bySeriousness = (a: FoundSecret, b: FoundSecret): number =>
  RANK[a.within] - RANK[b.within] ||
  (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
  a.line - b.line;

/** Whether a settings file gives a value to a name that says secret. */
const holdsValue = (path: string, text: string): boolean =>
  baseName(path) === ".npmrc"
    ? /_authToken\s*=\s*[^\s$]|_password\s*=\s*[^\s$]/.test(text)
    : /^[\w.]{0,60}(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)[\w.]{0,40}\s{0,3}=\s{0,3}["']?[^\s"'$#]{8}/im.test(
        text,
      );
