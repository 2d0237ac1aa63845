import { z } from "zod";
import { err, ok, type Result } from "../core/result.ts";
import { TARGET_NAMES } from "./targets.ts";

/** Where what was installed is written down, from the project. */
export const RECORD_FILE = ".wavegate/integrations.json";

/** Only what bears the name can be ours: a record that somebody else made must not have other files removed. */
const OURS = /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$)).*(?:^|[/.-])wavegate[./-][^\\]*$/;
const FOLDER = /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\]+$/;

const SCHEMA = z.strictObject({
  format: z.literal(1),
  targets: z.array(z.enum(TARGET_NAMES)),
  /** By path: the digests that a file of ours may have; two while it is being replaced. */
  files: z.record(z.string().regex(OURS), z.array(z.string())),
  /** Folders that were made. */
  folders: z.array(z.string().regex(FOLDER)),
  /** What was put into Spec Kit's file. */
  hooks: z
    .strictObject({
      /** Where the file really is, links followed. */
      path: z.string().regex(FOLDER),
      /** The file was not there before. */
      created: z.boolean(),
      /** The file as it was then; while it is that, the edits can be taken back byte for byte. */
      digest: z.string(),
      edits: z.array(z.strictObject({ at: z.number(), removed: z.string(), inserted: z.string() })),
      entries: z.strictObject({ installed: z.boolean(), events: z.array(z.string()) }),
    })
    .optional(),
});

/** What `init` wrote, so that `init --remove` takes away that and nothing else. Written before what it tells of. */
export type InstallRecord = z.infer<typeof SCHEMA>;
export type HooksRecord = NonNullable<InstallRecord["hooks"]>;

export const NOTHING_INSTALLED: InstallRecord = { format: 1, targets: [], files: {}, folders: [] };

export function readRecord(text: string | undefined): Result<InstallRecord, string> {
  if (text === undefined) return ok(NOTHING_INSTALLED);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err("it is not JSON");
  }
  const parsed = SCHEMA.safeParse(value);
  if (!parsed.success)
    return err(`${parsed.error.issues[0]?.path.join(".") ?? ""} is not what Wavegate writes there`);
  const { hooks, ...record } = parsed.data;
  return ok(hooks ? { ...record, hooks } : record);
}

export const recordText = (record: InstallRecord): string => `${JSON.stringify(record, null, 2)}\n`;
