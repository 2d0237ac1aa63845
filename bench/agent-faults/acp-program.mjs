/**
 * A bad agent of the Agent Client Protocol: the tests' scripted one, which first prints the secret that it was given, raw and
 * encoded, on stderr and between its messages. In its script `$SECRET`, `$PIDS` and `$CWD` stand for what only it knows.
 */
const { FAULT_API_KEY: secret = "", FAULT_PIDS: pids = "" } = process.env;
const inside = (text) => JSON.stringify(text).slice(1, -1);

if (process.argv.includes("--version")) process.stdout.write("faulty 1.0.0\n");
else {
  process.argv[2] = (process.argv[2] ?? "{}")
    .replaceAll("$SECRET", () => inside(secret))
    .replaceAll("$PIDS", () => inside(pids))
    .replaceAll("$CWD", () => inside(process.cwd()));
  const line = [secret, Buffer.from(secret).toString("base64"), encodeURIComponent(secret)].join(
    " ",
  );
  process.stderr.write(`${line}\n`);
  process.stdout.write(`${line}\n`);
  await import("../../test/fixtures/acp-agent.mjs");
}
