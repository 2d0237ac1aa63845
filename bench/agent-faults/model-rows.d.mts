import type { ModelRequest } from "../../src/testing/model-server/model-request.ts";
import type { Turn } from "../../src/testing/model-server/turn.ts";
import type { Row } from "./rows.mjs";

export const MODEL_ROWS: readonly Row[];
export function faultyModel(request: ModelRequest): Turn;
