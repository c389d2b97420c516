import type { Evidence, Result, Verdict } from '../checking/check.ts';
import { escapeMarkup } from './escape.ts';
import { nextStep } from './next-step.ts';
import { actualOf, headline, placeOf, resultInWords, whatDeployingDoes } from './words.ts';

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
section.check { border-inline-start: .3rem solid #777; padding-inline-start: 1rem; margin-block: 1rem; }
section.passed { border-color: #2e8b57; } section.failed, section.broken { border-color: #c0392b; }
h3 { margin-block-end: .25rem; } dt { font-weight: bold; } dd { margin-inline-start: 1rem; }
pre { overflow-x: auto; padding: .5rem; background: color-mix(in srgb, currentColor 8%, transparent); }`;

/** Returns the verdicts as one self-contained page. All observed content is shown as text. */
export function renderHtml(verdicts: readonly Verdict[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<title>Websocket Lab: verdicts</title>',
    `<style>${style}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
    '<h1>Verdicts</h1>',
    ...verdicts.flatMap(lab),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function lab(verdict: Verdict): string[] {
  return [
    '<section>',
    `<h2>${escapeMarkup(headline(verdict))}</h2>`,
    `<p>In ${escapeMarkup(verdict.target.title)}.${verdict.remark === undefined ? '' : ` ${escapeMarkup(verdict.remark)}`}</p>`,
    ...(verdict.drift === undefined || verdict.drift.changes.length === 0
      ? []
      : [
          `<p>${whatDeployingDoes}</p>`,
          `<ul>${verdict.drift.changes.map((change) => `<li>${escapeMarkup(change)}</li>`).join('')}</ul>`,
        ]),
    ...verdict.checks.flatMap(check),
    `<p>Next: ${escapeMarkup(nextStep(verdict))}</p>`,
    '</section>',
  ];
}

function check(result: Result): string[] {
  const place = placeOf(result);
  const remark = result.status === 'passed' ? result.remark : undefined;
  const evidence = 'evidence' in result ? result.evidence : [];
  return [
    `<section class="check ${result.status}">`,
    `<h3>${escapeMarkup(result.title)}: ${escapeMarkup(resultInWords(result))}</h3>`,
    '<dl>',
    `<dt>Expected</dt><dd>${escapeMarkup(result.expected)}</dd>`,
    `<dt>Seen</dt><dd>${escapeMarkup(actualOf(result))}</dd>`,
    ...(place === undefined
      ? []
      : [`<dt>Look at</dt><dd><code>${escapeMarkup(place)}</code>${constructOf(result)}</dd>`]),
    ...(remark === undefined ? [] : [`<dt>Remark</dt><dd>${escapeMarkup(remark)}</dd>`]),
    `<dt>Read</dt><dd>${escapeMarkup(result.docs.lab)}, <a href="${escapeMarkup(result.docs.aws)}">${escapeMarkup(result.docs.aws)}</a></dd>`,
    '</dl>',
    ...evidence.map(shown),
    '</section>',
  ];
}

function constructOf(result: Result): string {
  const construct = 'place' in result ? result.place?.construct : undefined;
  return construct === undefined ? '' : `, the construct <code>${escapeMarkup(construct)}</code>`;
}

function shown({ source, about, lines, marked = [] }: Evidence): string {
  const summary = about === undefined ? source : `${source} ${about}`;
  const excerpt = lines.map((line, index) =>
    marked.includes(index) ? `<mark>${escapeMarkup(line)}</mark>` : escapeMarkup(line),
  );
  const open = marked.length > 0 ? ' open' : '';
  return `<details${open}><summary>${escapeMarkup(summary)}</summary><pre>${excerpt.join('\n')}</pre></details>`;
}
