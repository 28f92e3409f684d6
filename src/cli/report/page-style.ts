import { COLOURS } from './plots/plot.ts';

/** Colours of the page where it is dark; the figures follow. */
const DARK = {
  points: '#7db1ff',
  law: '#ff9a5c',
  ink: '#e7ebf1',
  faint: '#9fabbb',
  grid: '#2c3542',
} as const satisfies Record<keyof typeof COLOURS, string>;

const darkFigures = (Object.keys(COLOURS) as (keyof typeof COLOURS)[])
  .map(
    (name) =>
      `.plot [fill="${COLOURS[name]}"]{fill:${DARK[name]}}.plot [stroke="${COLOURS[name]}"]{stroke:${DARK[name]}}`,
  )
  .join('');

/** The style sheet of the page: light, dark and printed, from a phone to a desk. */
export const PAGE_STYLE = `
:root{--ink:${COLOURS.ink};--faint:${COLOURS.faint};--line:#dde2e9;--page:#f4f6f9;--card:#fff;--accent:${COLOURS.law};--link:${COLOURS.points};--chosen:#fff3ea;--warning:#fff6d8;--code:#f1f4f8}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:1080px;margin:0 auto;padding:28px 20px 40px}
header{margin:0 0 20px}
.kind{margin:0;color:var(--accent);font-size:13px;font-weight:600;letter-spacing:.08em;text-transform:uppercase}
h1{margin:2px 0 0;font-size:28px;line-height:1.25;font-weight:650;overflow-wrap:anywhere}
h2{margin:0 0 14px;font-size:19px;font-weight:650}
h3{margin:22px 0 8px;font-size:16px;font-weight:600}
p{margin:8px 0}
section{margin:0 0 18px;padding:22px 24px;background:var(--card);border:1px solid var(--line);border-radius:10px}
.formula{padding:14px 4px;font-size:22px;overflow-x:auto;overflow-y:hidden;line-height:2.2}
.formula.small{font-size:17px}
.katex .base{margin:3px 0}
.plain{color:var(--faint);overflow-wrap:anywhere}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--code);border-radius:4px;padding:1px 4px;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:12px 36px;margin:16px 0}
.facts dt{color:var(--faint);font-size:13px}
.facts dd{margin:0;font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
.pairs{display:grid;gap:4px;margin:0 0 14px}
.pairs div{display:grid;grid-template-columns:140px minmax(0,1fr);gap:12px}
.pairs dt{color:var(--faint)}
.pairs dd{margin:0;overflow-wrap:anywhere}
.part{overflow-x:auto;overflow-y:hidden;padding:4px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:20px 28px;margin:6px 0 14px}
figure{margin:0;min-width:0}
.figures>figure:only-child{max-width:560px}
.plot svg{display:block;width:100%;height:auto;overflow:visible}
figcaption{margin:6px 4px 0;color:var(--faint);font-size:14px;line-height:1.45;overflow-wrap:anywhere}
figcaption strong{color:var(--ink);font-weight:600}
.scroll{overflow-x:auto;margin:10px 0}
table{border-collapse:collapse;width:100%;font-size:14.5px}
table.narrow{width:auto}
caption{caption-side:top;text-align:left;color:var(--faint);font-size:14px;padding:0 0 6px}
th,td{padding:6px 12px 6px 8px;text-align:left;vertical-align:middle;border-bottom:1px solid var(--line)}
thead th{color:var(--faint);font-weight:500;font-size:13px;border-bottom-width:2px;white-space:nowrap}
tbody th{font-weight:500}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.equation{width:99%;min-width:300px;line-height:2}.equation .katex{font-size:1.06em}
.chosen{background:var(--chosen)}
.mark{display:block;color:var(--accent);font-size:12px;font-weight:600;line-height:1.2}
.measures td:last-child,.options td:last-child,.remark{color:var(--faint)}.remark{font-size:14.5px}
.measures td:last-child,.options td{overflow-wrap:anywhere}
.measures .number{font-weight:600}
.measures th,.options th{white-space:nowrap}
.options th,.options td{vertical-align:top}
.digest{font-size:12px}
.warning{margin:0 0 14px;padding:10px 14px;background:var(--warning);border-left:4px solid var(--accent);border-radius:4px;overflow-wrap:anywhere}
ul{margin:6px 0;padding-left:20px}
li{overflow-wrap:anywhere}
summary{cursor:pointer;color:var(--link);padding:4px 0}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
footer{color:var(--faint);font-size:13px;padding:4px 6px}
@media (max-width:600px){main{padding:16px 10px 28px}section{padding:16px 14px}h1{font-size:23px}.formula{font-size:18px}.pairs div{grid-template-columns:minmax(0,1fr);gap:0;margin-bottom:6px}.measures th{white-space:normal}.options td:last-child{min-width:220px}}
@media screen and (prefers-color-scheme:dark){:root{--ink:${DARK.ink};--faint:${DARK.faint};--line:#2c3542;--page:#10151c;--card:#171e27;--accent:${DARK.law};--link:${DARK.points};--chosen:#33261c;--warning:#352c14;--code:#222b37}${darkFigures}}
@media print{body{background:#fff;font-size:11pt}main{max-width:none;padding:0}section{border:0;border-top:1px solid var(--line);border-radius:0;padding:12px 0}figure,tr,.facts{break-inside:avoid}h2,h3,caption{break-after:avoid}.scroll,.formula{overflow:visible}.figures{grid-template-columns:1fr 1fr}.chosen{font-weight:600}table{font-size:9pt}.equation{min-width:0}.equation .katex{font-size:.9em}th,td{padding:4px 8px 4px 4px}}
`;
