/** The quick look before every commit: types, lint, format, unused code, and the tests that need nothing but Node. */
import { tool } from "./run.mjs";

tool("types", "tsc", "-p", "tsconfig.json");
tool("lint", "oxlint", "--type-aware", "src", "test", "bench");
tool("format", "oxfmt", "--check", ".");
tool("unused", "knip");
tool("unit tests", "vitest", "run", "--project", "unit", "--project", "counted");
