import type { AdaptStage } from "../../src/stage/adapt-stage.ts";

/** No depth and no rule: the stage as the configuration has it. */
export const unadapted: AdaptStage = (stage) => ({ stage, events: [] });
