import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";

/** What a program in a sandbox is told to look for; as JSON on its command line. */
export interface ToldInside {
  readonly outside: {
    readonly write: readonly string[];
    readonly home: readonly string[];
    readonly secrets: readonly string[];
  };
  /** Wavegate's own process. */
  readonly pid: number;
  readonly addresses: readonly string[];
  readonly tcp: number;
  readonly other: number;
  readonly socket: string;
  readonly canary: string;
  readonly daemon: string;
  /** Where its model is, inside. */
  readonly base: string;
  /** Enough of the key to know it by. */
  readonly keyPart: string;
  readonly mine: string;
}

/** Things outside that a program inside must not get at, and what happened to them. */
export interface Planted {
  readonly project: string;
  readonly stateFolder: string;
  readonly attempt: string;
  readonly model: { readonly url: string };
  readonly userEnv: Readonly<Record<string, string>>;
  readonly passedEnv: Readonly<Record<string, string>>;
  readonly told: ToldInside;
  readonly happened: () => {
    readonly changed: boolean;
    readonly reached: boolean;
    readonly keyArrived: boolean;
  };
  /** Whether the program got to its end. */
  readonly wasInside: () => boolean;
  readonly remove: () => Promise<void>;
}

const CONTENT = "planted\n";
const random = () => randomBytes(12).toString("hex");

/** Plant them, in a folder of their own and on servers of their own. */
export async function plantBattery(): Promise<Planted> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "wavegate-escape-")));
  const { at, attempt, home, secrets, spec } = plantFiles(folder);
  const key = `sk-planted-${random()}`;
  const servers = await plantServers(folder, key);
  const canary = `canary-${random()}`;
  const { PATH = "/usr/bin:/bin" } = process.env;
  const userEnv = {
    HOME: at("home"),
    ANTHROPIC_API_KEY: key,
    ANTHROPIC_BASE_URL: servers.model,
    WAVEGATE_CANARY: canary,
  };
  const mine = path.join(attempt, "mine");
  return {
    project: at("project"),
    stateFolder: at("project/.wavegate"),
    attempt,
    model: { url: servers.model },
    userEnv,
    passedEnv: { PATH, HOME: at("home"), ANTHROPIC_API_KEY: key },
    told: {
      outside: { write: [spec, at("elsewhere/secret"), at("project/new")], home, secrets },
      pid: process.pid,
      addresses: ownAddresses(),
      tcp: servers.otherPort,
      other: servers.otherPort,
      socket: servers.socket,
      canary: canary.slice(7),
      daemon: `wavegate-daemon-${random()}`,
      base: "http://127.0.0.1:8401",
      keyPart: key.slice(11),
      mine,
    },
    happened: () => ({
      changed:
        [...home, ...secrets, spec].some((file) => readFileSync(file, "utf8") !== CONTENT) ||
        existsSync(at("project/new")),
      reached: servers.happened.reached,
      keyArrived: servers.happened.keyArrived,
    }),
    wasInside: () => existsSync(mine),
    async remove() {
      await servers.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A model that looks at its key, and a server that nobody inside must reach. */
/** Under which others reach this machine. */
const ownAddresses = (): readonly string[] =>
  Object.values(os.networkInterfaces())
    .flatMap((each) => each ?? [])
    .flatMap(({ address, internal, family }) => (internal || family !== "IPv4" ? [] : [address]));

/** Files in a home, a project and elsewhere. */
function plantFiles(folder: string) {
  const at = (...parts: readonly string[]) => path.join(folder, ...parts);
  const attempt = at("project/.wavegate/runs/r/attempts/a");
  for (const each of [attempt, at("home/.ssh"), at("home/.aws"), at("elsewhere")])
    mkdirSync(each, { recursive: true });
  const home = [at("home/.ssh/id_ed25519"), at("home/.aws/credentials")];
  const secrets = [at("elsewhere/secret"), at("project/.env"), at("project/.wavegate/audit.jsonl")];
  const spec = at("project/spec.md");
  for (const file of [...home, ...secrets, spec]) writeFileSync(file, CONTENT);
  return { at, attempt, home, secrets, spec };
}

async function plantServers(folder: string, key: string) {
  const happened = { reached: false, keyArrived: false };
  const other = http.createServer((_request, response) => {
    happened.reached = true;
    response.end("the other server");
  });
  other.on("connection", () => (happened.reached = true));
  const model = http.createServer((request, response) => {
    if (request.headers["x-api-key"] === key) happened.keyArrived = true;
    if (request.url === "/redirect")
      response.writeHead(307, { location: `http://127.0.0.1:${portOf(other)}/escaped` });
    response.end("model");
  });
  const unix = http.createServer((_request, response) => response.end());
  unix.on("connection", () => (happened.reached = true));
  const socket = path.join(folder, "elsewhere", "s.sock");
  unix.listen(socket);
  for (const server of [other, model]) server.listen(0, "127.0.0.1");
  for (const server of [other, model, unix]) if (!server.listening) await once(server, "listening");
  return {
    happened,
    socket,
    model: `http://127.0.0.1:${portOf(model)}`,
    otherPort: portOf(other),
    async close() {
      for (const server of [other, model, unix]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function portOf(server: http.Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
