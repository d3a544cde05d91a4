/** The look of a report: calm on the screen, black on white on A4, legible without colour. */
import { cssString } from './plain-text.ts'

export function reportStyle(title: string, digest: string): string {
  return `
:root { color-scheme: light; --ink: #14181d; --soft: #4a5260; --line: #c9ced6; --faint: #f4f5f7; }
* { box-sizing: border-box; }
html { font-size: 16px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif; font-variant-numeric: tabular-nums lining-nums; }
main { max-width: 60rem; margin: 0 auto; padding: 3rem 2rem 5rem; }
header { margin-bottom: 2rem; }
.kind { margin: 0 0 .35rem; color: var(--soft); font-size: .9rem; letter-spacing: .02em; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 3.5rem 0 1rem; padding-top: .75rem; border-top: 1px solid var(--ink); font-weight: 650; }
h2 .no { display: inline-block; min-width: 1.4em; color: var(--soft); font-weight: 400; }
h3 { font-size: 1.08rem; margin: 2.2rem 0 .6rem; font-weight: 650; }
p, ul, ol { margin: .6rem 0 1rem; max-width: 46rem; }
li { margin: .25rem 0; }
a { color: inherit; text-underline-offset: .15em; }
.question { font-size: 1.15rem; line-height: 1.5; padding-left: 1rem; border-left: 3px solid var(--ink); }
.answer { padding-left: 1.5rem; font-size: 1.05rem; }
.answer li { margin: .6rem 0; padding-left: .35rem; }
.amount { white-space: nowrap; }
.aside { color: var(--soft); font-size: .86em; font-weight: 400; }
.id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; font-size: .8em; overflow-wrap: anywhere; unicode-bidi: isolate; }
th .id { font-weight: 400; }
bdi { overflow-wrap: anywhere; }
pre { margin: .6rem 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); background: var(--faint); font: .82rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
dl.facts { margin: .8rem 0 1.2rem; }
dl.facts div { display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: 1rem; padding: .4rem 0; border-bottom: 1px solid var(--line); }
dl.facts div:first-child { border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0 1.6rem; font-size: .86rem; line-height: 1.45; table-layout: fixed; }
caption { text-align: left; font-weight: 600; font-size: .92rem; padding: 0 0 .45rem; }
th, td { text-align: left; vertical-align: top; padding: .42rem .5rem; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: break-word; min-width: 0; }
thead th { border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); font-weight: 600; vertical-align: bottom; }
tbody th, tfoot th { font-weight: 600; }
tfoot th, tfoot td { border-top: 1.5px solid var(--ink); border-bottom: none; font-weight: 600; }
tfoot td[colspan] { font-weight: 400; color: var(--soft); }
th.number, td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums lining-nums; }
thead th.number { white-space: normal; }
tbody th.number { font-weight: 400; color: var(--soft); }
tbody.group tr td { border-bottom-color: #e4e7ec; }
tbody.group tr:last-child td { border-bottom-color: var(--line); }
tr.sub td { padding-top: .22rem; padding-bottom: .22rem; }
.side { display: inline-block; width: 2.6rem; color: var(--soft); font-size: .86em; }
.units { font-variant-numeric: tabular-nums; }
td .aside.units { white-space: nowrap; }
td.loose { overflow-wrap: anywhere; }
.questions { font-size: .95em; }
figure { margin: 1.4rem 0 2rem; }
figcaption { color: var(--soft); font-size: .86rem; margin-top: .4rem; }
svg.flow { display: block; width: 100%; height: auto; }
.elsewhere { padding: .6rem .9rem; border: 1px solid var(--ink); max-width: none; overflow-wrap: anywhere; }
.banner { border: 2px solid var(--ink); padding: .9rem 1.2rem; margin: 0 0 2rem; }
.banner p, .banner ul { margin: .3rem 0; }
.banner-title { font-weight: 650; font-size: 1.05rem; }
.banner.serious { border-width: 6px; border-style: double; }
.banner.refused .banner-title { font-size: 3rem; line-height: 1.1; letter-spacing: .04em; }
.adds-up { border: 1.5px solid var(--ink); padding: .7rem 1rem; max-width: none; }
.adds-up .mark { font-size: 1.3em; font-weight: 700; margin-right: .3rem; }
.adds-up.fails { border: 6px double var(--ink); }
nav h2 { border: 0; margin: 2rem 0 .2rem; padding: 0; font-size: 1.08rem; }
nav ol { columns: 2; column-gap: 2.5rem; max-width: none; padding-left: 1.3rem; margin: .4rem 0 0; }
@media (max-width: 46rem) { main { padding: 1.5rem 1rem 3rem; } dl.facts div { grid-template-columns: 1fr; gap: .1rem; } nav h2 { border: 0; margin: 2rem 0 .2rem; padding: 0; font-size: 1.08rem; }
nav ol { columns: 1; } }
@page { size: A4 portrait; margin: 21mm 15mm 19mm; @top-left { content: ${cssString(title.length > 90 ? `${[...title].slice(0, 89).join('')}…` : title)}; font: 8pt sans-serif; color: #333; } @top-right { content: "Report of a trace"; font: 8pt sans-serif; color: #333; } @bottom-left { content: ${cssString(`Record ${digest}`)}; font: 7pt monospace; color: #333; } @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; color: #333; } }
@media print {
  html { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; }
  h2 { margin-top: 2.4rem; break-after: avoid; }
  h3 { break-after: avoid; }
  p, ul, ol { max-width: none; orphans: 3; widows: 3; }
  table { font-size: 8.6pt; }
  caption { break-after: avoid; break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr { break-inside: avoid; }
  thead, thead tr { break-after: avoid; break-inside: avoid; }
  tbody:first-of-type > tr:first-child { break-before: avoid; }
  tbody.group tr:first-child { break-after: avoid; }
  figure { break-inside: avoid; }
  svg.flow { max-height: 228mm; }
  .banner, .adds-up, pre, .elsewhere { break-inside: avoid; }
  a { text-decoration: none; }
  nav { break-inside: avoid; }
}`
}
