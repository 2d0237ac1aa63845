import { BASE_STYLE } from "../../core/html/base-style.ts";

/** The whole style of the page; lines differ by dashes, not colour alone. */
export const PAGE_STYLE = `${BASE_STYLE}.bars{display:grid;grid-template-columns:minmax(7rem,auto) minmax(0,1fr);gap:.3rem .75rem;max-width:760px;margin:.75rem 0;align-items:center}.bars dt{text-align:right}.bars dd{margin:0;display:flex;flex-wrap:wrap;align-items:center;gap:0 .5rem}
.bar{height:.9rem;background:var(--accent);min-width:2px;print-color-adjust:exact}.bar.unsafe{background:repeating-linear-gradient(45deg,var(--crit) 0 4px,transparent 4px 8px);border:1px solid var(--crit)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.25rem;list-style:none;padding:0;font-size:.85em;color:var(--dim)}.swatch{display:inline-block;width:1.2rem;height:.8rem;border:2px solid var(--crit);vertical-align:middle}
.graph{overflow:auto;min-height:240px;max-height:80vh;margin-bottom:1.25rem;border:1px solid var(--line);border-radius:6px}.sheet{position:relative}.lines{position:absolute;left:0;top:0;overflow:visible}
.band{position:absolute;top:0;background:var(--soft);border-radius:4px}.name{position:absolute;padding:.25rem .5rem;font-size:.78em;color:var(--dim);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.boxes{list-style:none;margin:0;padding:0}.box{position:absolute;width:168px;height:40px;padding:2px 6px;background:var(--bg);border:1px solid var(--dim);border-radius:4px;font-size:11px;line-height:1.35}
.box{scroll-margin:2.5rem 11rem 9rem 1.5rem}.box:hover,.box:focus{z-index:5}.label{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}.box b{float:left;margin-right:4px}
.box.verification{border-style:double;border-width:3px;padding:0 4px}.box.critical{border:2px solid var(--crit)}.dot{position:absolute;width:8px;height:8px;border-radius:50%;background:var(--dim)}
.tip{position:absolute;left:-1px;top:calc(100% + 1px);width:320px;background:var(--bg);border:1px solid var(--accent);border-radius:4px;padding:.4rem .6rem;font-size:12px;line-height:1.4;overflow-wrap:anywhere;clip-path:inset(50%);height:1px;overflow:hidden}
.box:hover .tip,.box:focus .tip{clip-path:none;height:auto;overflow:visible}
.l{fill:none;stroke:var(--dim);stroke-width:1.2;opacity:.8}.l.barrier{stroke-dasharray:1 3}.l.sequential{stroke-dasharray:8 3}.l.verification{stroke-dasharray:5 2 1 2}.l.order{stroke-dasharray:3 3}.l.explicit{stroke:var(--accent)}.l.same-file{stroke-dasharray:10 4 2 4}.l.story{stroke:var(--ok)}.l.part{stroke:var(--ok);stroke-dasharray:4 2}.l.inferred{stroke-dasharray:2 5}
.l.critical{stroke:var(--crit);stroke-width:2;opacity:1}.l.conflict{stroke:var(--conf);stroke-width:1.6;stroke-dasharray:6 4;opacity:1}
@media(max-width:600px){body{padding:.75rem .75rem 3rem}.bars{grid-template-columns:minmax(0,1fr);gap:0 0}.bars dt{text-align:left;margin-top:.4rem}.bars dd{flex-direction:column;align-items:flex-start}.tip{width:260px}ul{padding-left:1.25rem}.legend,.boxes,nav ul{padding-left:0}}
@media print{body{max-width:none;padding:0;font-size:10pt}.graph{overflow:visible;max-height:none;border:0;zoom:var(--fit,.45)}.wide{overflow:visible}td:not(.number){min-width:5.5rem}.tip,nav,.skip{display:none}details,table{break-inside:auto}tr,.box{break-inside:avoid}h2,h3{break-after:avoid}@page{size:landscape;margin:12mm}}
`;
