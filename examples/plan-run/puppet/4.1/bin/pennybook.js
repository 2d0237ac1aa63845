#!/usr/bin/env node
import { run } from "../src/cli.js";

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`pennybook: ${error.message}\n`);
  process.exitCode = error.usage ? 2 : 1;
}
