/** What our pages have in common. Colours have a contrast of at least 4.5 : 1 in both schemes. */
export const BASE_STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--accent:#0550ae;--crit:#b3261e;--conf:#8a3ffc;--ok:#1a7f37}
@media(prefers-color-scheme:dark){:root{--bg:#0f1419;--fg:#e6edf3;--dim:#9aa5b1;--line:#3a434d;--soft:#1a2129;--accent:#79b8ff;--crit:#ff8a80;--conf:#c9a5ff;--ok:#56d364}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem 1.25rem 4rem;max-width:1400px;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1.05rem;margin:0;display:inline}small{color:var(--dim);font-weight:400}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0}a{color:var(--accent)}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.5rem;z-index:9}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
details{margin:.75rem 0}summary{cursor:pointer}.note,.places{color:var(--dim);font-size:.88em}.places{font-family:ui-monospace,monospace;font-size:.8em;overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:.75rem 0}table{border-collapse:collapse;font-size:.9em}caption{text-align:left;color:var(--dim);padding-bottom:.25rem}
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top;min-width:3.5rem;max-width:26rem;overflow-wrap:anywhere}th{background:var(--soft);overflow-wrap:normal}.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
pre{background:var(--soft);padding:.6rem .8rem;overflow-x:auto;font-size:.82em;line-height:1.35}figure{margin:.75rem 0}figcaption{color:var(--dim);font-size:.9em}
`;
