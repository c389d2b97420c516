/** The style of the report as a page: the colors and shapes of the docs site and the chat page, light and dark. */
export const htmlStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f3fa, #14111d);
  --card: light-dark(#ffffff, #1e1a2b);
  --line: light-dark(#e2ddf0, #332d47);
  --ink: light-dark(#231d35, #efecf8);
  --quiet: light-dark(#625a7a, #aaa2c2);
  --accent: light-dark(#5b3fd1, #b3a0ff);
  --soft: light-dark(#efebff, #2a2341);
  --wrong: light-dark(#a3172f, #ff9cab);
  --right: light-dark(#17693a, #7ee2a0);
  --waiting: light-dark(#7a5200, #f0c060);
  font: 1rem/1.6 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1, h2, h3, p, dl, dd, ul { margin: 0; }
h1 { color: var(--accent); font-size: 1.125rem; }
h2 { font-size: 1.5rem; line-height: 1.3; }
h3 { font-size: 1.0625rem; line-height: 1.4; }
a { color: var(--accent); text-underline-offset: 0.15em; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.lab { display: grid; gap: 1rem; margin-top: 1.5rem; padding: 1.5rem; border: 1px solid var(--line); border-radius: 16px; background: var(--card); }
.lab > * { min-width: 0; }
.quiet { color: var(--quiet); }
.drift { padding-left: 1.25rem; }
.next { padding: 0.625rem 1rem; border-left: 4px solid var(--accent); border-radius: 6px 12px 12px 6px; background: var(--soft); }
.check { display: grid; gap: 0.75rem; padding-left: 1rem; border-left: 4px solid var(--line); }
.check > * { min-width: 0; }
.failed { border-color: var(--wrong); }
.broken, .pending { border-color: var(--waiting); }
.failed .state, .is-wrong { color: var(--wrong); }
.broken .state, .pending .state, .is-waiting { color: var(--waiting); }
.passed .state, .is-right { color: var(--right); }
.blocked .state { color: var(--quiet); }
dl { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: 0.375rem 1rem; }
dt { color: var(--quiet); }
dd { overflow-wrap: anywhere; }
pre { margin: 0.5rem 0 0; padding: 0.75rem 1rem; border-radius: 8px; background: var(--page); font-size: 0.8125rem; overflow-x: auto; }
mark { background: transparent; color: var(--wrong); font-weight: 700; }
summary { color: var(--quiet); cursor: pointer; overflow-wrap: anywhere; }
.rest > summary { color: var(--ink); font-weight: 600; }
.rest > .check { margin: 0.75rem 0 0 0.25rem; }
.rest h3 { font-size: 1rem; font-weight: 400; }
@media (max-width: 36rem) {
  main { padding: 1rem 0.5rem; }
  .lab { padding: 1rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd + dt { margin-top: 0.5rem; }
}
@media print {
  .lab { break-inside: avoid; }
}`;
