import { secretFinder } from "../core/find-secrets.ts";
import { entropyOf, longestSequence } from "./entropy.ts";
import { lineFinder } from "./ids-in.ts";

/** A secret in a text: where, what kind, and what may be shown of it. */
export interface SecretInText {
  readonly line: number;
  readonly shape: string;
  readonly masked: string;
}

/** Shapes by their beginning; the beginning is public and may be shown. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^(?:sk-ant-|sk-proj-|sk-)/, "API key"],
  [/^(?:sk|rk|pk)[-_]/, "API key"],
  [/^gh[opsur]_/, "GitHub token"],
  [/^github_pat_/, "GitHub token"],
  [/^glpat-/, "GitLab token"],
  [/^(?:AKIA|ASIA)/, "AWS access key"],
  [/^xox[abeoprs]-/, "Slack token"],
  [/^AIza/, "Google API key"],
  [/^npm_/, "npm token"],
  [/^eyJ/, "JSON web token"],
];

/** A value that is set to a name which says that it is secret: `apiKey: "…"`, `PASSWORD='…'`. */
const ASSIGNED =
  /(?<![\w-])[\w.-]{0,40}(?:api_?key|secret|token|passw(?:or)?d|passphrase|private_?key|access_?key|credential)s?["'`]?\s{0,3}(?::|=>?|:=)\s{0,3}["'`]([^\s"'`$<>{}()[\],;]{16,200})["'`]/gi;
/** What stands for a secret, or is plainly made up. */
const STAND_IN =
  /example|sample|placeholder|change|replace|your|dummy|fake|mock|test|secret|passw|token|redact|x{4}|\*{3}|\.{3}|…|todo|insert|my[-_]|here|none|null|undefined|local|default|admin|foo|bar|demo|hunter2|abcd|1234|dead|beef|c0ffee|canary|^(?:process|env|os|config|self|this)\./i;
/** Passwords in URLs that everybody uses on their own machine. */
const USUAL =
  /^(?:postgres|root|admin|user|password|pass|pw|guest|mysql|mongo|redis|secret|app|db|dev|local|test|\w{1,7})$/i;

const CODE_CHARS = /^[A-Za-z0-9+/=_~.-]+$/;

/**
 * Secrets in a text: credentials with a known shape, and random values given to names that say secret. What is plainly
 * made up (`EXAMPLE`, `your-key`, `1234…`), a variable or a local development password is left out. Linear.
 */
export function secretsIn(text: string): readonly SecretInText[] {
  const lineOf = lineFinder(text);
  const shaped = findShapes(text).flatMap(([from, to]) => {
    const secret = text.slice(from, to);
    const seen = describeShape(secret, text.slice(Math.max(0, from - 3), from));
    return seen === undefined ? [] : [{ from, ...seen }];
  });
  const taken = new Set(shaped.map(({ from }) => lineOf(from)));
  const assigned = [...text.matchAll(ASSIGNED)].flatMap((match) => {
    const value = match[1] ?? "";
    const line = lineOf(match.index);
    if (taken.has(line) || !looksRandom(value)) return [];
    return [
      {
        from: match.index,
        shape: "random value under a secret's name",
        masked: `…(${value.length} characters)`,
      },
    ];
  });
  return [...shaped, ...assigned].map(({ from, shape, masked }) => ({
    line: lineOf(from),
    shape,
    masked,
  }));
}

const findShapes = secretFinder([]);

function describeShape(
  secret: string,
  before: string,
): { readonly shape: string; readonly masked: string } | undefined {
  if (secret.startsWith("-----BEGIN")) {
    const body = secret.replace(/-----[A-Z ]+-----|\s|\\n/g, "");
    return body.length >= 64 && entropyOf(body) > 4
      ? { shape: "private key", masked: `…(${secret.length} characters)` }
      : undefined;
  }
  for (const [head, shape] of SHAPES) {
    const prefix = head.exec(secret)?.[0];
    if (prefix === undefined) continue;
    const body = secret.slice(prefix.length);
    return isMadeUp(body)
      ? undefined
      : { shape, masked: `${prefix}…(${secret.length} characters)` };
  }
  const inUrl = before.endsWith(":");
  const made = inUrl
    ? USUAL.test(secret) || STAND_IN.test(secret) || /[$%<>{}*]|^\w+$/.test(secret)
    : isMadeUp(secret);
  if (made || (inUrl && entropyOf(secret) < 2.5)) return undefined;
  return {
    shape: inUrl ? "password in a URL" : "bearer token",
    masked: `…(${secret.length} characters)`,
  };
}

/** Made up rather than drawn: says so, runs along the alphabet or the digits, or repeats itself. */
const isMadeUp = (body: string): boolean =>
  STAND_IN.test(body) || longestSequence(body) >= 5 || entropyOf(body) < 3;

/** Drawn by chance: letters and digits mixed, with the entropy of a random text of its length. */
function looksRandom(value: string): boolean {
  if (!CODE_CHARS.test(value) || isMadeUp(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(value)).length;
  const hex = /^[0-9a-f]{32,}$/i.test(value);
  if (!hex && (kinds < 3 || /[./]/.test(value))) return false;
  return entropyOf(value) >= (hex ? 3.2 : Math.min(4.2, Math.log2(value.length) * 0.85));
}
