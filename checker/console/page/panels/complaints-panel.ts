import type { VNode } from 'preact';
import type { GameDocument } from '../../../gameday/document.ts';
import { html } from '../html.ts';
import { counted, timeOfDay } from '../words.ts';
import { Card } from './pieces.ts';

/** A game day's complaints, since when they are open, and the deployments. */
export function ComplaintsPanel({ of: game }: { readonly of: GameDocument }): VNode {
  const { complaints, deployments, score, of, endsAt, endedAt } = game;
  // The first deployment is the game's own.
  const own = deployments.slice(1).reverse();
  const when =
    endedAt !== null ? `over at ${timeOfDay(endedAt)}` : endsAt === null ? 'not started' : `until ${timeOfDay(endsAt)}`;
  return html`<${Card} id="checks" title="Complaints" more=${`${counted(score, 'point')} of ${of}, ${when}`}>
    ${complaints.length === 0 && html`<p class="quiet">Nobody has complained yet.</p>`}
    <ul class="checks">${complaints.map((each) => html`<${Line} key=${each.number} of=${each} />`)}</ul>
    ${own.length === 0 ? html`<p class="next">You haven’t deployed anything yet.</p>` : html`<ul class="next">${own.map((each) => html`<li key=${each.at}>${timeOfDay(each.at)} deployed ${each.files.join(', ')}${each.broke && ', which broke something that worked'}</li>`)}</ul>`}
  <//>`;
}

function Line({ of }: { readonly of: GameDocument['complaints'][number] }): VNode {
  const { number, from, complaint, since, state, solvedAt } = of;
  const isOpen = state === 'open';
  return html`<li class=${isOpen ? 'failed' : 'passed'}>
    <span class=${isOpen ? 'bad' : 'good'} aria-hidden="true">${isOpen ? '✗' : '✓'}</span>
    <div><p>${isOpen ? html`<b>${number}. ${from}</b>, since ${timeOfDay(since)}` : html`${number}. ${from}, solved at ${timeOfDay(solvedAt ?? since)}`}</p>
      <p class="quiet">“${complaint}”</p></div>
  </li>`;
}
