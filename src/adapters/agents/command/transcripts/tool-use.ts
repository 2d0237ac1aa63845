import type { Json } from "../../../../core/json.ts";
import { textOf } from "../../../shared/safe-json.ts";

/** What people watching see of a tool that an agent uses. */
export const toolUse = (name: Json | undefined): string => `uses ${textOf(name) ?? "a tool"}`;
