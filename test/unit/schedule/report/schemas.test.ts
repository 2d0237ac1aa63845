import { expect, test } from "vitest";
import { z } from "zod";
import { S3_SCHEMAS } from "../../../../src/schedule/report/s3/write-s3-files.ts";

/** To make them anew: `npx vitest run --project unit test/unit/schedule/report -u`. */
test.each(Object.entries(S3_SCHEMAS))(
  "the published schema of %s is current",
  async (file, schema) => {
    const text = JSON.stringify(z.toJSONSchema(schema), null, 2);
    const published = file.replace(/json$/, "schema.json");
    await expect(`${text}\n`).toMatchFileSnapshot(`../../../../schemas/${published}`);
  },
);
