import { PAGE_STYLE } from "../../../schedule/report/page/page-style.ts";

/** The style of the page of a run: that of schedules, and bars that differ by form as well as by colour. */
export const RUN_PAGE_STYLE = `${PAGE_STYLE}
.run rect{stroke-width:1}.run.work rect{fill:var(--fill);stroke:var(--accent)}.run.verify rect{fill:var(--bg);stroke:var(--accent);stroke-dasharray:2 1}.run.landing rect{fill:var(--soft);stroke:var(--ok);stroke-width:1.5}
.run.asks rect{fill:none;stroke:var(--sync);stroke-width:2;stroke-dasharray:5 3}.run.again rect{fill:none;stroke:var(--dim);stroke-dasharray:1 3}.run.lost rect{fill:var(--critfill);stroke:var(--crit);stroke-width:2}.run.planned rect{fill:none;stroke:var(--dim);stroke-width:1}
`;
