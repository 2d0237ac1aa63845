import type { Json } from "../../../core/json.ts";
import { oneLine } from "../../../core/text.ts";
import { isObject, objectsIn, textOf, type JsonObject } from "../../shared/safe-json.ts";
import { ConversationEnd, type Conversation } from "./conversation.ts";

/** Something a session can be set to: what is there, and how it is set. */
interface Choice {
  readonly offered: readonly string[];
  readonly set: (id: string) => readonly [method: string, params: Json];
}

/**
 * Set mode and model, as the user wants them or the preset knows them. What the user asks for and the agent does not offer
 * is a failure; a mode that only the preset knows is then left as it is, and said.
 */
export async function settleSession(
  talk: Conversation,
  sessionId: string,
  session: JsonObject,
): Promise<void> {
  const { mode, usualMode, model } = talk.definition;
  const modes = modesOf(sessionId, session);
  if (mode !== undefined) await choose(talk, "mode", mode, modes);
  else if (usualMode !== undefined) {
    if (modes.offered.includes(usualMode)) await choose(talk, "mode", usualMode, modes);
    else talk.note(`it offers no mode ${usualMode}: it works in the one it starts with`);
  }
  if (model !== undefined) await choose(talk, "model", model, modelsOf(sessionId, session));
}

async function choose(
  { connection }: Conversation,
  what: "mode" | "model",
  id: string,
  { offered, set }: Choice,
): Promise<void> {
  if (!offered.includes(id))
    throw new ConversationEnd({
      kind: "refused",
      message: oneLine(
        offered.length === 0
          ? `lets nobody choose a ${what}: remove session-${what}`
          : `offers no ${what} ${id}, but ${offered.slice(0, 12).join(", ")}`,
        500,
      ),
    });
  await connection.request(...set(id));
}

const idsOf = (all: readonly JsonObject[], key: string): readonly string[] =>
  all.flatMap((each) => textOf(each[key]) ?? []);

/** Modes of their own in the stable protocol; else as an option of the session. */
function modesOf(sessionId: string, session: JsonObject): Choice {
  const { modes } = session;
  const offered = isObject(modes) ? idsOf(objectsIn(modes["availableModes"]), "id") : [];
  if (offered.length > 0)
    return { offered, set: (modeId) => ["session/set_mode", { sessionId, modeId }] };
  return optionOf(sessionId, session, "mode");
}

/** An option of the session in the stable protocol; else a list of models of its draft. */
function modelsOf(sessionId: string, session: JsonObject): Choice {
  const option = optionOf(sessionId, session, "model");
  if (option.offered.length > 0) return option;
  const { models } = session;
  const offered = isObject(models) ? idsOf(objectsIn(models["availableModels"]), "modelId") : [];
  return { offered, set: (modelId) => ["session/set_model", { sessionId, modelId }] };
}

function optionOf(sessionId: string, session: JsonObject, category: string): Choice {
  const option = objectsIn(session["configOptions"]).find(
    (each) => each["category"] === category || each["id"] === category,
  );
  const configId = textOf(option?.["id"]) ?? category;
  const options = objectsIn(option?.["options"]);
  const grouped = options.flatMap((each) => objectsIn(each["options"]));
  return {
    offered: [...idsOf(options, "value"), ...idsOf(grouped, "value")],
    set: (value) => ["session/set_config_option", { sessionId, configId, value }],
  };
}
