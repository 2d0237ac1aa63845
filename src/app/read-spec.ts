import { WavegateError } from "../core/error.ts";
import { compareDiagnostics, type Diagnostic } from "../core/diagnostic.ts";
import { err, ok, type Result } from "../core/result.ts";
import { shellWord } from "../core/shell-word.ts";
import type { Documents } from "../ports/documents.ts";
import { checkSpec } from "../spec/check-spec.ts";
import { decodeSpec, MAX_SPEC_BYTES } from "../spec/decode-spec.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { CheckReport } from "./app.ts";

/** Read and check a spec: a file, or a folder with a `spec.md`. Every problem of the text is in the report. */
export async function readSpec(
  documents: Documents,
  path: string,
): Promise<Result<CheckReport, WavegateError>> {
  const document = await documents.named(path, MAX_SPEC_BYTES);
  if (!document.ok) return document;
  const file = document.value.path;
  const decoded = decodeSpec(file, document.value.bytes);
  if (!decoded.ok) return decoded;
  const { text } = decoded.value;
  const spec = parseSpec(file, text);
  const diagnostics = [...decoded.value.diagnostics, ...checkSpec(spec, text)];
  return ok({
    file,
    digest: document.value.digest,
    text,
    spec,
    diagnostics: diagnostics.toSorted(compareDiagnostics),
  });
}

/** A spec good enough to plan from: warnings are for the analysts and the gate, errors stop here. */
export async function readPlannableSpec(
  documents: Documents,
  path: string,
): Promise<Result<CheckReport, WavegateError>> {
  const report = await readSpec(documents, path);
  if (!report.ok) return report;
  const errors = report.value.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return report;
  return err(invalidSpec(report.value.file, errors));
}

function invalidSpec(file: string, errors: readonly Diagnostic[]): WavegateError {
  const [first] = errors;
  return new WavegateError(
    "SPEC_INVALID",
    `${file} cannot be planned from: ${errors.length === 1 ? (first?.message ?? "") : `${errors.length} errors`}`,
    {
      hint: `Mend ${errors.length === 1 ? "it" : "them"}, then look again with: wavegate check ${shellWord(file)}`,
      place: first?.place ?? { file },
      diagnostics: errors,
    },
  );
}
