import type { VNode } from 'preact';
import type { RefusalDocument } from '../../refusal.ts';
import { html } from '../html.ts';

const saidInWords = { allow: 'allows it', deny: 'denies it', nothing: 'says nothing about it' } as const;
const kindsInWords = {
  identity: 'policy of the role',
  resource: 'resource policy',
  trust: 'trust policy',
  boundary: 'permissions boundary',
  session: 'session policy',
} as const;

/** Every policy that was evaluated, with its statements, and the kinds that don't exist. */
export function PolicyList({ document }: { readonly document: RefusalDocument }): VNode {
  const { policies, absent } = document;
  return html`<ul class="policies" aria-label="Evaluated policies">
    ${policies.map(
      (policy) => html`<li key=${`${policy.kind} ${policy.name}`} class=${policy.said}>
      <p class="policy"><span title=${policy.name}>${policy.name}</span> <span class="quiet">${kindsInWords[policy.kind]}</span><b>${saidInWords[policy.said]}</b></p>
      ${policy.statements.map(
        (statement) => html`<details key=${statement.index} class=${statement.matches ? 'matches' : ''}>
        <summary><span>${statement.index + 1}${statement.sid === undefined ? '' : ` ${statement.sid}`}</span> <b>${statement.effect}</b> <code>${statement.actions.join(', ')}</code>${statement.matches && html` <b>decided</b>`}</summary>
        <pre tabindex="0" role="group" aria-label=${`Statement ${statement.index + 1}`}>${statement.text}</pre>
      </details>`,
      )}
    </li>`,
    )}
    ${absent.length > 0 && html`<li class="absent"><p class="policy"><span>${absent.map((kind) => kindsInWords[kind]).join(', ')}</span><b>none</b></p></li>`}
  </ul>`;
}
