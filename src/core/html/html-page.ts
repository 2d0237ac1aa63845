import { escapeHtml } from "./escape-html.ts";

/** A page that needs nothing else. `title` is raw, `style` and `body` are ours or escaped. */
export interface HtmlPage {
  readonly title: string;
  /** By which a page of ours is known before it is written again. */
  readonly mark: string;
  readonly style: string;
  readonly body: string;
  /** The one script that may run, and its SHA-256 in Base64. */
  readonly script?: { readonly text: string; readonly digest: string };
}

/** Nothing is loaded, nothing is sent, and nothing runs but the script that is named by its digest. */
export function htmlPage({ title, mark, style, body, script }: HtmlPage): string {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    ...(script ? [`script-src 'sha256-${script.digest}'`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${mark}
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
${script ? `<script>${script.text}</script>\n` : ""}</body>
</html>
`;
}
