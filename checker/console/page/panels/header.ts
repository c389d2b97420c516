import type { VNode } from 'preact';
import { spoken } from '../../../workshop/spoken.ts';
import type { ChecksDocument } from '../../checks.ts';
import { html } from '../html.ts';
import { documents, isUnavailable, room } from '../state/documents.ts';
import { type Link, link } from '../state/stream.ts';
import { counted, timeOfDay } from '../words.ts';

/** Which lab it is, its status, and which account it is in. */
export function Header(): VNode {
  const checks = documents.checks.value;
  const { title, complaint, lab } = { ...room.value, ...(checks && !isUnavailable(checks) ? checks.task : {}) };
  const number = /^\d+/.exec(lab ?? '')?.[0];
  return html`<header class="top">
    <img src="icon.svg" alt="" width="36" height="36" />
    <div class="heading">
      <h1>${number === undefined ? (title ?? 'Console') : html`Lab ${number}${title !== undefined && html`<span class="dash"> · </span>${title}`}`}</h1>
      ${complaint !== undefined && html`<p class="quiet">${spoken(complaint)}</p>`}
    </div>
    <div class="status">
      ${checks !== undefined && !isUnavailable(checks) && html`<${VerdictPill} checks=${checks} />`}
      <${AccountPill} />
      <div class="buttons">
        ${checks !== undefined && !isUnavailable(checks) && html`<a class="button quiet-button" href=${checks.task.file.editor}>${checks.task.file.file.split('/').at(-1)}<span class="visually-hidden"> in the editor</span></a>`}
        <a class="button" href="/" target="room">Chat page<span aria-hidden="true"> ↗</span></a>
      </div>
    </div>
  </header>`;
}

function VerdictPill({ checks }: { readonly checks: ChecksDocument }): VNode | null {
  const { verdict, state } = checks;
  if (verdict === undefined) return state === 'looking' ? html`<span class="pill">checking…</span>` : null;
  const failed = verdict.checks.filter(({ status }) => status === 'failed').length;
  if (verdict.status === 'pending') return html`<span class="pill">pending</span>`;
  if (verdict.status === 'fixed') return html`<span class="pill good"><span aria-hidden="true">✓</span> fixed</span>`;
  const count =
    failed > 0 ? `: ${failed} of ${counted(verdict.checks.length, 'check')} fail${failed === 1 ? 's' : ''}` : '';
  return html`<span class="pill bad"><span aria-hidden="true">✗</span> ${verdict.status}${count}</span>`;
}

const linkInWords: Readonly<Record<Link['state'], string>> = {
  connecting: 'connecting',
  here: 'live',
  gone: 'the account is gone',
  aws: 'read only',
  'cut off': 'reconnecting',
};

function AccountPill(): VNode {
  const { account, stack } = room.value ?? {};
  const { state } = link.value;
  const deployed = stack?.deployedAt === undefined ? undefined : `deployed ${timeOfDay(stack.deployedAt)}`;
  const parts = [account?.title, account?.region, deployed, linkInWords[state]].filter((part) => part !== undefined);
  return html`<span class="pill account"><span class=${`dot ${state.replace(' ', '-')}`} aria-hidden="true"></span>${parts.join(' · ')}</span>`;
}
