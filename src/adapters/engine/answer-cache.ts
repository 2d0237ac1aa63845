import { createHash } from "node:crypto";
import type { KeyParts } from "../../core/cache-note.ts";
import type { Json } from "../../core/json.ts";
import type { AnswerCache, EarlierKey } from "../../ports/answer-cache.ts";
import { CACHE_BOUNDS } from "../../stage/cache/policy.ts";
import { Database, openPool, withHost } from "./database.ts";
import { migrate } from "./schema.ts";
import { plain } from "./store.ts";

export interface AnswerCacheOptions {
  readonly databaseUrl: string;
  readonly project: string;
  /** Default: `CACHE_BOUNDS`. */
  readonly bounds?: { readonly [name in keyof typeof CACHE_BOUNDS]: number };
}

/** Keys of the family that are read for comparison. */
const OTHERS = 20;

interface Row {
  readonly key: string;
  readonly parts: string;
  readonly run_id: string;
  readonly step: string;
  readonly stored_ms: string;
  readonly answer: string | null;
  readonly digest: string | null;
}

/**
 * Answers in PostgreSQL, one row each. A row says by a digest over key, parts and answer what was put into it, so that one
 * that was changed by other means is not taken for an answer. Close it to let go of the database.
 */
export function createAnswerCache(
  options: AnswerCacheOptions,
): AnswerCache & { close(): Promise<void> } {
  const { project, bounds = CACHE_BOUNDS } = options;
  const databaseUrl = withHost(options.databaseUrl);
  const pool = openPool(databaseUrl, 2);
  const database = new Database(pool, () => migrate(databaseUrl));
  return {
    async look({ key, family }, signal) {
      const rows = await database.rows<Row>(LOOK, [project, key, plain(family), OTHERS], signal);
      const same = rows.find((row) => row.key === key);
      return {
        same: same && { ...(keyOf(same) ?? lost(same)), answer: answerOf(same) },
        others: rows.flatMap((row) => (row.key === key ? [] : (keyOf(row) ?? []))),
      };
    },
    async keep({ key, family, parts, answer, runId, step, storedAt, keepUntil }, signal) {
      const [partsText, answerText] = [JSON.stringify(parts), JSON.stringify(answer)];
      const size = partsText.length + answerText.length;
      if (size > bounds.entrySize) return;
      await database.rows(
        KEEP,
        [
          project,
          key,
          plain(family),
          partsText,
          answerText,
          digestOf(key, partsText, answerText),
          runId,
          plain(step),
          storedAt,
          keepUntil,
          size,
          bounds.entries,
          bounds.totalSize,
        ],
        signal,
      );
    },
    close: () => pool.end(),
  };
}

const LOOK = `
  (select key, parts, run_id, step, stored_ms, answer, digest
     from wavegate.answers where project = $1 and key = $2)
  union all
  (select key, parts, run_id, step, stored_ms, null, null
     from wavegate.answers where project = $1 and family = $3 and key <> $2
     order by stored_ms desc limit $4)`;

/** One statement, so that it can be repeated. What it removes is decided without the row that it puts in. */
const KEEP = `
  with kept as (
    insert into wavegate.answers
      (project, key, family, parts, answer, digest, run_id, step, stored_ms, keep_until_ms, size)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (project, key) do update set
      family = excluded.family, parts = excluded.parts, answer = excluded.answer, digest = excluded.digest,
      run_id = excluded.run_id, step = excluded.step, stored_ms = excluded.stored_ms,
      keep_until_ms = excluded.keep_until_ms, size = excluded.size),
  others as (
    select key, keep_until_ms <= $9::bigint as over,
      row_number() over newest as place, sum(size) over newest as total
    from wavegate.answers where project = $1 and key <> $2
    window newest as (order by stored_ms > $9::bigint, stored_ms desc, key))
  delete from wavegate.answers a using others o
  where a.project = $1 and a.key = o.key
    and (o.over or o.place > $12::int - 1 or o.total > $13::bigint - $11::int)`;

const digestOf = (...texts: readonly string[]): string =>
  createHash("sha256").update(texts.join("\n")).digest("hex");

/** The answer, if the row is what was put in. */
function answerOf({ key, parts, answer, digest }: Row): Json | undefined {
  if (answer === null || digestOf(key, parts, answer) !== digest) return undefined;
  const value: Json = JSON.parse(answer);
  return value;
}

/** Undefined where the parts are not what we write. */
function keyOf({ parts, ...row }: Row): EarlierKey | undefined {
  try {
    const value: unknown = JSON.parse(parts);
    if (!isParts(value)) return undefined;
    return { parts: value, runId: row.run_id, step: row.step, storedAt: Number(row.stored_ms) };
  } catch {
    return undefined;
  }
}

const lost = ({ run_id: runId, step, stored_ms: storedAt }: Row): EarlierKey => ({
  parts: {},
  runId,
  step,
  storedAt: Number(storedAt),
});

const isParts = (value: unknown): value is KeyParts =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((part) => typeof part === "string");
