import { expect, test } from "vitest";
import { z } from "zod";
import { configFile } from "../../../src/stage/config/config-schema.ts";

/** Made from the schema that reads the file. To make it anew: `npx vitest run --project unit test/unit/config -u`. */
test("schemas/wavegate.schema.json is current", async () => {
  const { $schema, ...schema } = z.toJSONSchema(configFile, { io: "input" });
  const text = JSON.stringify({ $schema, title: "Configuration of Wavegate", ...schema }, null, 2);
  await expect(`${text}\n`).toMatchFileSnapshot("../../../schemas/wavegate.schema.json");
});
