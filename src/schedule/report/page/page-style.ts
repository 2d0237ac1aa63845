import { BASE_STYLE } from "../../../core/html/base-style.ts";
import { DRAWING_COLOURS, DRAWING_RULES } from "../drawing/drawing-style.ts";

/** The style of the strategy's page. Pictures scroll in frames of their own; on paper they are made to fit (`--fit`). */
export const PAGE_STYLE = `${BASE_STYLE}
:root{${DRAWING_COLOURS.light}}@media(prefers-color-scheme:dark){:root{${DRAWING_COLOURS.dark}}}
h3{display:block;margin:1.5rem 0 .5rem}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem;margin:1rem 0}.tiles div{border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem}.tiles dt{color:var(--dim);font-size:.82em}.tiles dd{margin:0;font-size:1.15rem;font-weight:600;overflow-wrap:anywhere}.tiles .critical dd,.alert.critical{color:var(--crit)}
.frame{overflow:auto;scroll-padding:56px 24px 24px 264px;max-height:85vh;border:1px solid var(--line);border-radius:6px}.sheet{display:flex;width:max-content}.frame svg{flex:none;display:block}.names{position:sticky;left:0;z-index:2;flex:none;background:var(--bg);border-right:1px solid var(--line);overflow:clip}
.head{position:sticky;top:0;z-index:1}.picture{margin:.75rem 0}.told{display:block;min-height:1.6em;font-size:.88em;overflow-wrap:anywhere}.mark{cursor:default}.mark:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.25rem;list-style:none;padding:0;margin:.4rem 0;font-size:.85em;color:var(--dim)}.legend svg{vertical-align:-2px;margin-right:.3rem}
td{max-width:30rem}td:not(.number){min-width:6.5rem}.level{font-weight:600}
${DRAWING_RULES}
@media(max-width:600px){body{padding:.75rem .75rem 3rem}.names{max-width:112px}.frame{scroll-padding:56px 12px 24px 124px}ul{padding-left:1.25rem}.legend,nav ul{padding-left:0}.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media print{body{max-width:none;padding:0;font-size:9pt}.frame{overflow:visible;max-height:none;border:0;zoom:var(--fit,1)}.names,.head{position:static}.wide{overflow:visible}table{font-size:8pt}.told,nav,.skip{display:none}details>summary{display:none}details::details-content{content-visibility:visible;display:block}tr,.tiles,.legend{break-inside:avoid}h2,h3,summary{break-after:avoid}.picture{break-inside:avoid-page}svg *{print-color-adjust:exact}@page{size:A4 landscape;margin:10mm}}
`;
