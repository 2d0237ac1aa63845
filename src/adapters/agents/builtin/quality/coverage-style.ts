/** The style of `coverage_report.html`: light and dark by the reader's setting, readable on paper, nothing from outside. */
export const COVERAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fbfbfa; --card: #fff; --ink: #1d2327; --soft: #5b6670; --line: #dfe3e6;
  --good: #1a7f4b; --part: #8a5a00; --bad: #b3261e; --bar: #e6e9ec; --focus: #1f6feb; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181b; --card: #1c2226; --ink: #e8ebed; --soft: #a3adb5; --line: #333b41;
  --good: #5fd39a; --part: #f0b95a; --bad: #ff8a80; --bar: #2c3439; --focus: #79b0ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
p { margin: .4rem 0; max-width: 65ch; }
.soft { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; }
.tiles b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; line-height: 1.2; }
.bar { display: block; height: .4rem; margin-top: .55rem; border-radius: .2rem; background: var(--bar); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--good); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
.scroll:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; padding: .7rem .9rem; color: var(--soft); }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem; border-top: 1px solid var(--line); }
thead th { font-weight: 600; color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.what { min-width: 17rem; max-width: 26rem; }
td.tasks code { white-space: nowrap; }
ul.plain { margin: 0; padding: 0; list-style: none; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.state { display: inline-block; padding: .05rem .5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .85rem; white-space: nowrap; }
.done { color: var(--good); } .named { color: var(--part); } .open { color: var(--bad); } .unknown { color: var(--soft); }
.guess { color: var(--soft); font-style: italic; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print { main { padding: 0; max-width: none; } .scroll { overflow: visible; border: 0; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`.trim();
