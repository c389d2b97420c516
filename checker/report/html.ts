import type { Evidence } from '../checking/check.ts';
import type { Result, Verdict } from '../checking/result.ts';
import { escapeMarkup } from './escape.ts';
import { htmlStyle } from './html-style.ts';
import { nextStep } from './next-step.ts';
import { actualOf, count, headline, placeOf, resultInWords, whatDeployingDoes } from './words.ts';

/**
 * Returns the verdicts as one self-contained page. Failed checks are open, passed ones are folded. All observed content
 * is shown as text.
 */
export function renderHtml(verdicts: readonly Verdict[]): string {
  return htmlPage('Verdicts', verdicts.flatMap(lab));
}

/** Returns a self-contained HTML page, from its heading and its content. */
export function htmlPage(heading: string, content: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>Websocket Lab: ${heading.toLowerCase()}</title>`,
    `<style>${htmlStyle}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${heading}</h1>`,
    ...content,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The class that colors a headline: what is undecided or could not be checked is not the learner's mistake. */
const colors: Readonly<Record<Verdict['status'], string>> = {
  fixed: 'is-right',
  'not fixed': 'is-wrong',
  'not deployed': 'is-wrong',
  'not deployed yet': 'is-waiting',
  pending: 'is-waiting',
  broken: 'is-waiting',
};

function lab(verdict: Verdict): string[] {
  const { checks, drift, remark, status, target } = verdict;
  const isShown = (result: Result) => result.status !== 'passed' && result.status !== 'blocked';
  return [
    '<section class="lab">',
    '<div>',
    `<h2 class="${colors[status]}">${escapeMarkup(headline(verdict))}</h2>`,
    `<p class="quiet">in ${escapeMarkup(target.title)}</p>`,
    '</div>',
    ...(remark === undefined ? [] : [`<p>${inWords(remark)}</p>`]),
    ...(drift === undefined || drift.changes.length === 0
      ? []
      : [
          '<div>',
          `<p>${whatDeployingDoes}</p>`,
          `<ul class="drift">${drift.changes.map((change) => `<li>${escapeMarkup(change)}</li>`).join('')}</ul>`,
          '</div>',
        ]),
    ...checks.filter(isShown).flatMap(check),
    `<p class="next"><strong>Next:</strong> ${inWords(nextStep(verdict))}</p>`,
    ...folded("wasn't run yet", "weren't run yet", having(checks, 'blocked')),
    ...folded('passed', 'passed', having(checks, 'passed')),
    '</section>',
  ];
}

function having(checks: readonly Result[], status: Result['status']): Result[] {
  return checks.filter((result) => result.status === status);
}

function folded(is: string, are: string, results: readonly Result[]): string[] {
  if (results.length === 0) return [];
  const summary = `${count(results.length, 'check')} ${results.length === 1 ? is : are}`;
  return ['<details class="rest">', `<summary>${summary}</summary>`, ...results.flatMap(check), '</details>'];
}

function check(result: Result): string[] {
  const place = placeOf(result);
  const remark = result.status === 'passed' ? result.remark : undefined;
  const evidence = 'evidence' in result ? result.evidence : [];
  return [
    `<section class="check ${result.status}">`,
    `<h3>${escapeMarkup(result.title)} <span class="state">(${escapeMarkup(resultInWords(result))})</span></h3>`,
    '<dl>',
    `<dt>expected</dt><dd>${inWords(result.expected)}</dd>`,
    `<dt>seen</dt><dd>${inWords(actualOf(result))}</dd>`,
    ...(place === undefined
      ? []
      : [`<dt>look at</dt><dd><code>${escapeMarkup(place)}</code>${constructOf(result)}</dd>`]),
    ...(remark === undefined ? [] : [`<dt>remark</dt><dd>${inWords(remark)}</dd>`]),
    `<dt>read</dt><dd>${escapeMarkup(result.docs.lab)}, <a href="${escapeMarkup(result.docs.aws)}">${escapeMarkup(result.docs.aws)}</a></dd>`,
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
  return `<details${open}><summary>${escapeMarkup(summary)}</summary><pre tabindex="0">${excerpt.join('\n')}</pre></details>`;
}

/** A sentence of ours, with text in backticks as code. */
function inWords(text: string): string {
  return escapeMarkup(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
