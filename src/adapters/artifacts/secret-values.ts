import { isSecretName } from "../../stage/config/secret-name.ts";

const SHORTEST = 8;

/** Stand-ins that people give to such variables. Words of everyday text: removing them would damage it. */
const STAND_INS = new Set(
  "postgres password passw0rd changeme disabled required optional undefined username redacted production development 12345678 123456789 1234567890".split(
    " ",
  ),
);

/**
 * The values of an environment that must not be shown: those of variables whose name says so, those named by the
 * user, and passwords inside URLs of any variable. Shorter than 8 characters is no secret that could be told from text.
 */
export function secretValues(
  env: Readonly<Record<string, string | undefined>>,
  extraNames: readonly string[],
): readonly string[] {
  const named = new Set(extraNames);
  const found = Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const whole = named.has(name) || isSecretName(name) ? [value, value.trim()] : [];
    return [...whole, ...urlPasswords(value)];
  });
  return [...new Set(found)].filter(
    (value) => value.length >= SHORTEST && !STAND_INS.has(value.toLowerCase()),
  );
}

/** `secret` of `scheme://user:secret@host` and of `scheme://…?password=secret`, as written and decoded. */
function urlPasswords(value: string): readonly string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return [];
  const before = /^[^/]*:\/\/[^/?#\s:@]*:([^/?#\s]+)@/.exec(value)?.[1];
  const query = [...value.matchAll(/[?&;]([^=&;#\s]+)=([^&;#\s]+)/g)].flatMap(
    ([, name = "", secret = ""]) => (isSecretName(name) ? [secret] : []),
  );
  return [...(before === undefined ? [] : [before]), ...query].flatMap((written) => [
    written,
    ...decoded(written),
  ]);
}

function decoded(written: string): readonly string[] {
  try {
    return [decodeURIComponent(written)];
  } catch {
    return [];
  }
}

/** Every form in which a value turns up: as it is, escaped for JSON, shells, URLs and HTML, in hex, in base64. */
export function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString("hex");
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const url = encodeURIComponent(bytes.toString("utf8"));
  const everyByte = hex.replace(/../g, "%$&");
  const strictUrl = url.replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const forms = [
    value,
    json,
    ascii,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("/", "\\/"),
    value.replaceAll("'", "'\\''"),
    ...htmlForms(value),
    ...[url, strictUrl].flatMap((text) => [text, lowerEscapes(text), text.replaceAll("%20", "+")]),
    everyByte,
    everyByte.toUpperCase(),
    hex,
    hex.toUpperCase(),
    ...base64Forms(bytes),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= 16) : []),
  ];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST);
}

/** Columns at which base64 is broken into lines: by `base64` and MIME, and in PEM. */
const LINE_WIDTHS = [76, 64];
/** A shorter line could stand in other text by chance. */
const SHORTEST_LINE = 16;

/** The lines of base64 that is broken into lines. */
const inLines = (whole: string): readonly string[] =>
  LINE_WIDTHS.filter((width) => whole.length > width)
    .flatMap((width) => whole.match(new RegExp(`.{1,${width}}`, "g")) ?? [])
    .filter((line) => line.length >= SHORTEST_LINE);

/** Escaped for HTML and XML, with the three ways of writing an apostrophe, or none. */
function htmlForms(value: string): readonly string[] {
  const marks = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = marks.replaceAll('"', "&quot;");
  return [
    marks,
    quoted,
    ...["&#39;", "&#x27;", "&#039;", "&apos;"].map((mark) => quoted.replaceAll("'", mark)),
  ];
}

const lowerEscapes = (text: string): string =>
  text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

/**
 * Base64 of the value alone, and the part of it that doesn't depend on its neighbours when it stands inside other
 * text, at each of the three alignments; in both alphabets.
 */
function base64Forms(bytes: Buffer): readonly string[] {
  const whole = bytes.toString("base64");
  const inside = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    const sextets = Math.floor(((shift + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((shift * 8) / 6), sextets);
  });
  return [whole, whole.replace(/=+$/, ""), ...inside, ...inLines(whole)].flatMap((text) => [
    text,
    text.replaceAll("/", "\\/"),
    text.replaceAll("+", "-").replaceAll("/", "_"),
  ]);
}
