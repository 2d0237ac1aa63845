/** Colours of all pictures; each has a contrast of at least 3 : 1 with what is beside it, and what differs by colour differs by form as well. */
export const DRAWING_COLOURS = {
  light:
    "--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#eef1f4;--accent:#0550ae;--fill:#9cc4f5;--crit:#b3261e;--critfill:#f7b2ac;--ok:#1a7f37;--sync:#8a3ffc",
  dark: "--bg:#0f1419;--fg:#e6edf3;--dim:#9aa5b1;--line:#3a434d;--soft:#1f2730;--accent:#79b8ff;--fill:#1f4f86;--crit:#ff8a80;--critfill:#7d2b26;--ok:#56d364;--sync:#c9a5ff",
} as const;

/** Rules for the parts of drawings; the variables come from the page or from `DRAWING_STYLE`. */
export const DRAWING_RULES = `
.drawing{font:11px system-ui,sans-serif}.drawing text{fill:var(--fg)}.drawing .paper{fill:var(--bg)}.drawing .headline{font-size:15px;font-weight:600}.drawing .dim{fill:var(--dim)}.drawing .strong{font-weight:600}
.off{fill:var(--soft)}.away{fill:none;stroke:var(--dim);stroke-width:1;opacity:.6}.grid{stroke:var(--line);stroke-width:1;fill:none}.row0{fill:none}.group{fill:var(--soft)}
.bar rect.done{fill:var(--fill)}.bar rect{fill:var(--fill);stroke:var(--accent);stroke-width:1}.critical>rect.box{fill:var(--critfill);stroke:var(--crit);stroke-width:2.5}.bar .reserve{fill:none;stroke:var(--accent);stroke-width:1;opacity:.7}.critical .reserve{stroke:var(--crit)}.bar.finished rect.box{fill-opacity:.45;stroke-dasharray:3 2}
.moment{fill:var(--fg)}.critical .moment{fill:var(--crit)}.slack{stroke:var(--dim);stroke-width:1.5;stroke-dasharray:2 2}.span{fill:var(--dim)}
.chain{fill:none;stroke:var(--crit);stroke-width:1.5}.syncline{stroke:var(--sync);stroke-width:1.5;stroke-dasharray:5 3}.syncmark{fill:var(--sync)}.deadline{stroke:var(--crit);stroke-width:2;stroke-dasharray:8 3}.deadmark{fill:var(--crit)}.planned{stroke:var(--ok);stroke-width:1.5}.percent{stroke:var(--dim);stroke-width:1;stroke-dasharray:3 3}.tail{fill:var(--accent);opacity:.1}
.load rect{fill:var(--fill);stroke:var(--accent);stroke-width:.5}.load.over rect{fill:var(--critfill);stroke:var(--crit);stroke-width:2}.full{stroke:var(--fg);stroke-width:1;stroke-dasharray:4 3}
.curve{fill:none;stroke:var(--sync);stroke-width:2}.edge{fill:none;stroke:var(--dim);stroke-width:1.2;opacity:.75}.edge.soft{stroke-dasharray:4 3}.edge.critical{stroke:var(--crit);stroke-width:2.2;opacity:1}.arrow{fill:var(--dim)}.arrow.critical{fill:var(--crit)}
.node rect{fill:var(--bg);stroke:var(--dim);stroke-width:1}.node.critical rect{stroke:var(--crit);stroke-width:2.5}.node.sync rect{stroke:var(--sync);stroke-dasharray:5 3}.node.done rect{fill:var(--soft)}.drawing .column{fill:var(--dim);font-weight:600}
@media(forced-colors:active){.bar rect,.node rect,.load rect{stroke:CanvasText}}
`;

export const DRAWING_STYLE = `svg{${DRAWING_COLOURS.light}}@media(prefers-color-scheme:dark){svg{${DRAWING_COLOURS.dark}}}${DRAWING_RULES}`;
