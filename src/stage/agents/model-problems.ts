import { isSecretName, looksSecret } from "../config/secret-name.ts";
import type { AgentProblem } from "./agent-kind.ts";
import { when } from "./environment-problems.ts";
import {
  MODEL_PROVIDERS,
  PROVIDER_NAMES,
  splitModel,
  type ModelAgentDefinition,
} from "./model-definition.ts";

/** Why a model cannot be asked as its definition says; empty when it can. Values of headers and addresses are not repeated. */
export function modelAgentProblems(definition: ModelAgentDefinition): readonly AgentProblem[] {
  return [
    ...modelProblems(definition),
    ...addressProblems(definition),
    ...headerProblems(definition),
  ];
}

function modelProblems({ model, baseUrl }: ModelAgentDefinition): readonly AgentProblem[] {
  const parts = splitModel(model);
  if (model === "")
    return [
      {
        message: "`model` must name a provider and one of its models",
        hint: "Write, for example, model: anthropic/claude-sonnet-4-5.",
      },
    ];
  if (parts === undefined)
    return [
      {
        key: "model",
        message: "`model` must be a provider and one of its models, with a slash between",
        hint: `Write PROVIDER/MODEL; the providers are ${PROVIDER_NAMES.join(", ")}.`,
      },
    ];
  return when(MODEL_PROVIDERS[parts.provider].baseUrl === undefined && baseUrl === undefined, {
    key: "model",
    message: `${parts.provider} has no address of its own, so \`base-url\` must be given`,
    hint: "Add base-url, as http://127.0.0.1:8000/v1.",
  });
}

function addressProblems({ baseUrl }: ModelAgentDefinition): readonly AgentProblem[] {
  if (baseUrl === undefined) return [];
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return [
      {
        key: "base-url",
        message:
          "`base-url` must be a whole address, with https:// or http://, a host and a possible port",
        hint: "Write it with its version, as https://api.example.com/v1.",
      },
    ];
  if (url.username !== "" || url.password !== "" || looksSecret(baseUrl))
    return [
      {
        key: "base-url",
        code: "CONFIG_INLINE_SECRET",
        message: "`base-url` holds a name, a password or a key, and this file is usually committed",
        hint: "Write the address alone, and name the variable with the key in key-env.",
      },
    ];
  return when(url.search !== "" || url.hash !== "", {
    key: "base-url",
    message: "`base-url` must end before any ? or #: paths are added to it",
    hint: "Remove what follows.",
  });
}

/** Headers that hold credentials whatever their values look like. */
const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$/i;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** Headers that frame the request: they are set by who sends it. */
const RESERVED =
  /^(?:host|content-length|content-type|transfer-encoding|connection|accept-encoding)$/i;

const headerProblems = ({ headers = {}, headerEnv = {} }: ModelAgentDefinition) => [
  ...Object.keys(headers).flatMap((item) => nameProblems("headers", item)),
  ...Object.keys(headerEnv).flatMap((item) => nameProblems("header-env", item)),
  ...Object.entries(headers).flatMap(([item, value]) => valueProblems(item, value)),
  ...Object.keys(headers)
    .filter((item) =>
      Object.keys(headerEnv).some((other) => other.toLowerCase() === item.toLowerCase()),
    )
    .map((item) => ({
      key: "headers",
      item,
      message: `the header ${item} stands under \`headers\` and under \`header-env\``,
      hint: "Remove one of them.",
    })),
];

const nameProblems = (key: string, item: string): readonly AgentProblem[] => [
  ...when(!HEADER_NAME.test(item), {
    key,
    item,
    message: `"${item}" in \`${key}\` is not the name of a header`,
    hint: "Rename it.",
  }),
  ...when(RESERVED.test(item), {
    key,
    item,
    message: `"${item}" in \`${key}\` is reserved: it is set with each request`,
    hint: "Remove it.",
  }),
];

function valueProblems(item: string, value: string): readonly AgentProblem[] {
  const secret = SECRET_HEADER.test(item) || isSecretName(item.replaceAll("-", "_"));
  if (looksSecret(value) || (secret && value !== ""))
    return [
      {
        key: "headers",
        item,
        code: "CONFIG_INLINE_SECRET",
        message: `The header ${item} looks like a secret, and this file is usually committed`,
        hint: `Set a variable in your environment and name it under header-env: { ${item}: NAME }.`,
      },
    ];
  return when(!/^[\t\x20-\x7E]*$/.test(value), {
    key: "headers",
    item,
    message: `the value of ${item} in \`headers\` holds a character that no header can`,
    hint: "Use printable ASCII.",
  });
}
