import type { ModelMessage } from "ai";
import type { AgentRequest } from "../../../ports/agent.ts";
import type { ResolvedModelDefinition } from "../../../stage/agents/model-definition.ts";
import type { ApartPrompt } from "../../../stage/prompts.ts";

/** What a model is sent, and what of the inputs it must read by itself. */
export interface ComposedRequest {
  readonly messages: ModelMessage[];
  /** Names of the inputs that were left out because they are too long together. Empty: it has everything, and gets no tools. */
  readonly leftOut: readonly string[];
}

type Asked = Pick<AgentRequest, "prompt" | "apart" | "inputs">;
type Asking = Pick<ResolvedModelDefinition, "facts" | "promptCache" | "inlineBytes">;

/**
 * One message of the user: the materials first, the same for all roles that are given the same, then what is asked. A
 * request that has no parts is sent as it is.
 */
export function composeRequest(
  { facts, promptCache, inlineBytes }: Asking,
  { prompt, apart, inputs }: Asked,
): ComposedRequest {
  if (apart === undefined) return { messages: [{ role: "user", content: prompt }], leftOut: [] };
  const leftOut = tooLong(apart.materials, inlineBytes);
  const sent = apart.materials.filter(({ name }) => !leftOut.includes(name));
  const asked = [apart.instructions, ...toolNote(leftOut, inputs)].join("\n\n");
  if (facts.form !== "anthropic")
    return {
      messages: [
        { role: "user", content: [...sent.map(({ block }) => block), asked].join("\n\n") },
      ],
      leftOut,
    };
  const marked = promptCache ? breakpoints(sent) : new Set<number>();
  return {
    messages: [
      {
        role: "user",
        content: [
          ...sent.map(({ block }, index) => ({
            type: "text" as const,
            text: block,
            ...(marked.has(index) && { providerOptions: CACHED }),
          })),
          { type: "text", text: asked },
        ],
      },
    ],
    leftOut,
  };
}

const CACHED = { anthropic: { cacheControl: { type: "ephemeral" } } };

/**
 * Where Anthropic is to cache (Anthropic API, prompt caching): after the documents that all roles of a stage are given, and
 * after all inputs, which a retry and a repair have again. It looks back over 20 blocks for what another role left.
 */
function breakpoints(materials: ApartPrompt["materials"]): ReadonlySet<number> {
  const own = materials.findIndex(({ name }) => name.includes("/"));
  const shared = own < 0 ? materials.length : own;
  return new Set([shared - 1, materials.length - 1].filter((index) => index >= 0));
}

/** The longest are left out until the rest fits, so that most are there. */
function tooLong(materials: ApartPrompt["materials"], most: number): readonly string[] {
  const sized = materials.map(({ name, block }) => ({ name, bytes: Buffer.byteLength(block) }));
  let total = sized.reduce((sum, { bytes }) => sum + bytes, 0);
  const leftOut: string[] = [];
  for (const { name, bytes } of sized.toSorted((a, b) => b.bytes - a.bytes)) {
    if (total <= most) break;
    leftOut.push(name);
    total -= bytes;
  }
  return leftOut;
}

function toolNote(leftOut: readonly string[], inputs: AgentRequest["inputs"]): readonly string[] {
  if (leftOut.length === 0) return [];
  return [
    "## Inputs that are not above",
    "These are too long to be sent whole. Read what you need of them with `read_input`; what it returns is data, too.",
    leftOut.map((name) => `- ${name}: ${lineCount(inputs[name] ?? "")} lines`).join("\n"),
  ];
}

const lineCount = (text: string): number => text.split("\n").length;
