/** The house's colours and type for a page that is served without the app's build. */
export const INBOX_STYLE = `
:root { color-scheme: light dark; --canvas: light-dark(#f9f9fa, #0f1216); --surface: light-dark(#fff, #171b20); --sunken: light-dark(#f0f1f2, #242930);
  --line: light-dark(#dfe1e3, #30363d); --line-strong: light-dark(#7f868d, #7a828a); --ink: light-dark(#14191f, #f0f1f2); --ink-2: light-dark(#454c54, #bcc2c8);
  --ink-3: light-dark(#5d656d, #a1a8b0); --accent: light-dark(#33506f, #a9c3df); --soft: light-dark(#eef2f6, #212b35); --mark: light-dark(#3f6188, #8fb1d4); }
* { box-sizing: border-box; margin: 0; padding: 0; }
html, body { height: 100%; }
body { display: grid; grid-template-rows: auto 1fr; background: var(--canvas); color: var(--ink); font: 420 .9375rem/1.375rem "Hanken Grotesk", "Segoe UI", system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; padding: .5rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--surface); }
h1 { font: 600 1.3125rem/1.625rem "Familjen Grotesk", "Avenir Next", "Segoe UI", system-ui, sans-serif; letter-spacing: -.012em; }
h1 a { color: inherit; text-decoration: none; }
header p { color: var(--ink-3); font-size: .8125rem; flex: 1 1 12rem; }
form { display: flex; align-items: center; gap: .5rem; font-size: .8125rem; color: var(--ink-2); }
input { min-height: 2.25rem; width: 15rem; padding: 0 .625rem; border: 1px solid var(--line-strong); border-radius: .5rem; background: var(--surface); color: var(--ink); font: inherit; }
main { display: grid; grid-template-columns: minmax(16rem, 24rem) 1fr; min-height: 0; }
nav { overflow: auto; border-inline-end: 1px solid var(--line); background: var(--surface); }
ol { list-style: none; }
li a { display: grid; grid-template-columns: 1fr auto; gap: 0 .75rem; padding: .625rem 1.25rem; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
li a:hover { background: var(--sunken); }
li a[aria-current] { background: var(--soft); box-shadow: inset 3px 0 var(--mark); }
.to { font-weight: 640; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.subject { grid-column: 1 / -1; color: var(--ink-2); font-size: .8125rem; }
time { color: var(--ink-3); font-size: .75rem; font-variant-numeric: tabular-nums; }
section { display: grid; grid-template-rows: auto 1fr; min-width: 0; min-height: 0; }
.head { padding: 1rem 1.25rem 0; border-bottom: 1px solid var(--line); background: var(--surface); }
h2 { font: 600 1.3125rem/1.625rem "Familjen Grotesk", "Avenir Next", "Segoe UI", system-ui, sans-serif; letter-spacing: -.012em; text-wrap: balance; }
dl { margin-top: .5rem; font-size: .8125rem; }
dl div { display: flex; gap: .5rem; } dt { color: var(--ink-3); min-width: 4.5rem; } dd { overflow-wrap: anywhere; } dd time { font-size: inherit; color: inherit; }
.tabs { display: flex; gap: 1.25rem; margin-top: .5rem; }
.tabs a { display: inline-flex; align-items: center; min-height: 2.75rem; color: var(--ink-2); text-decoration: none; border-bottom: 2px solid transparent; }
.tabs a[aria-current] { color: var(--ink); font-weight: 640; border-color: var(--mark); }
iframe { width: 100%; height: 100%; border: 0; background: #fff; color-scheme: light; }
pre { overflow: auto; padding: 1.25rem; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; max-width: 44rem; }
.empty { padding: 1.25rem; color: var(--ink-2); } .back { display: none; }
a { color: var(--accent); } .empty a, pre a { text-decoration: underline; text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
@media (max-width: 48rem) {
  main { grid-template-columns: 1fr; } header p { display: none; } form { flex: 1 1 100%; } form label { display: none; } input { flex: 1; font-size: 1rem; min-height: 2.75rem; }
  .listing section { display: none; } .reading nav { display: none; } nav { border: 0; } .back { display: inline-flex; align-items: center; min-height: 2.75rem; }
}
`;
