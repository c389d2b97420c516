import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import type { ChecksDocument } from '../../checks.ts';
import { html } from '../html.ts';
import { documents, isUnavailable, takeHint } from '../state/documents.ts';
import { timeOfDay } from '../words.ts';
import { ComplaintsPanel } from './complaints-panel.ts';
import { Card, Missing, Prose } from './pieces.ts';

const problem = signal('');
const isTaking = signal(false);

/** The lab's checks with their results, and the hints. */
export function ChecksPanel(): VNode {
  const checks = documents.checks.value;
  if (checks === undefined)
    return html`<${Card} id="checks" title="The lab’s checks"><p class="quiet">Asking the checker…</p><//>`;
  if (isUnavailable(checks))
    return html`<${Card} id="checks" title="The lab’s checks"><${Missing} why=${checks.unavailable} /><//>`;
  const { verdict, state, lookedAt, game } = checks;
  if (game !== undefined) return html`<${ComplaintsPanel} of=${game} />`;
  const when =
    state === 'looking'
      ? 'checking now…'
      : lookedAt === undefined
        ? 'not checked yet'
        : `checked ${timeOfDay(lookedAt)}`;
  return html`<${Card} id="checks" title="The lab’s checks" more=${when}>
    ${
      verdict === undefined
        ? html`<p class="quiet">The verdict comes with the first check.</p>`
        : html`
      <ul class="checks">${verdict.checks.map((each) => html`<${CheckLine} key=${each.id} of=${each} />`)}</ul>
      ${verdict.remark !== undefined && html`<p class="remark"><${Prose} text=${verdict.remark} /></p>`}
      <p class="next"><${Prose} text=${verdict.next} /></p>`
    }
    <${Hints} hints=${checks.hints} />
  <//>`;
}

type Check = NonNullable<ChecksDocument['verdict']>['checks'][number];

const icons: Readonly<Record<Check['status'], string>> = {
  passed: '✓',
  failed: '✗',
  blocked: '–',
  pending: '…',
  broken: '!',
};

function CheckLine({ of }: { readonly of: Check }): VNode {
  const { title, status, expected, seen, place } = of;
  const isFailed = status === 'failed';
  return html`<li class=${status}>
    <span class=${isFailed ? 'bad' : status === 'passed' ? 'good' : 'quiet'} aria-hidden="true">${icons[status]}</span>
    <div><p><span class="visually-hidden">${status}: </span>${isFailed ? html`<b>${title}</b>` : title}
      ${place !== undefined && html` <a class="code-link" href=${place.editor}><code>${place.file.split('/').at(-1)}:${place.line}</code></a>`}</p>
      ${isFailed && html`<p class="quiet">Expected: <${Prose} text=${expected} /></p><p class="quiet">Seen: <${Prose} text=${seen} /></p>`}</div>
  </li>`;
}

function Hints({ hints }: { readonly hints: ChecksDocument['hints'] }): VNode | null {
  const { given, of, hasNext } = hints;
  if (of === 0) return null;
  const last = given.at(-1);
  const take = async () => {
    isTaking.value = true;
    problem.value = '';
    try {
      await takeHint();
    } catch {
      problem.value = 'The hint couldn’t be loaded. Try again.';
    }
    isTaking.value = false;
  };
  return html`<div class="hints">
    ${
      last !== undefined &&
      html`<p><b>Hint ${last.number} of ${last.of}.</b> <${Prose} text=${last.text} /></p>
      ${last.patch !== undefined && last.patch.length > 0 && html`<pre tabindex="0" role="group" aria-label="The patch">${last.patch.join('\n')}</pre>`}`
    }
    ${last === undefined && html`<p>There are ${of} hints for the first failure, each more specific than the one before.</p>`}
    <div class="rungs"><svg viewBox=${`0 0 ${of * 26} 6`} width=${of * 26} height="6" aria-hidden="true">${Array.from({ length: of }, (_, index) => html`<rect class=${index < given.length ? 'taken' : ''} x=${index * 26} y="0" width="22" height="6" rx="3" />`)}</svg>
      ${hasNext && html`<button type="button" aria-disabled=${isTaking.value} onClick=${() => isTaking.value || take()}>${given.length === 0 ? 'First hint' : 'Next hint'}</button>`}</div>
    <p class="bad" role="alert">${problem.value}</p>
  </div>`;
}
