/** The same random cases on every run; `WAVEGATE_TEST_SEED=random` (or a number) looks for new ones. */
import fc from "fast-check";

const wanted = process.env["WAVEGATE_TEST_SEED"] ?? "20260701";
if (wanted !== "random") fc.configureGlobal({ seed: Number(wanted) });
