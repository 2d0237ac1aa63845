import { createServer } from "node:http";
import { ModelDesk, type ModelDeskOptions } from "./model-desk.ts";
import type { ModelRecord } from "./model-record.ts";

export interface ModelServerOptions extends ModelDeskOptions {
  /** Default: any free one. */
  readonly port?: number;
}

export interface ModelServer {
  /** `http://127.0.0.1:PORT`, without a final slash. */
  readonly url: string;
  readonly port: number;
  /** All requests, oldest first, also those still under way. */
  readonly records: readonly ModelRecord[];
  /** Most answers that were under way at once, of those that were let in. */
  readonly peak: number;
  /** Ends what is under way, too. */
  close(): Promise<void>;
}

/**
 * A model provider on loopback that says what a script has it say: Anthropic Messages, OpenAI Responses and chat completions,
 * Gemini, each streamed and whole, with token counts, tools and structured results. It knows no model: nothing in an answer
 * is more than the script makes it.
 */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const desk = new ModelDesk(options);
  const server = createServer(
    (request, response) => void desk.handle(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    records: desk.records,
    get peak() {
      return desk.peak;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
