import type { VNode } from 'preact';
import type { DeployedRoom } from '../../deployed-room.ts';
import { html } from '../html.ts';
import { nameOf } from '../path/people.ts';
import type { Layout } from '../picture/layout.ts';
import { saidAt } from '../picture/ring.ts';
import { functionInWords, routeInWords, stageInWords } from '../picture/sayings.ts';
import { isUnavailable } from '../state/documents.ts';
import { activity, answers, traffic } from '../state/view.ts';
import { counted } from '../words.ts';

/** Everything in the picture, as a list. */
export function RoomList({ room, layout }: { readonly room: DeployedRoom; readonly layout: Layout }): VNode {
  const label = (name: string | undefined) => room.functions.find((each) => each.name === name)?.label ?? name;
  const { sockets } = room;
  const usedBy = (pool: string) => {
    const named = room.functions.filter(({ userPools }) => userPools.includes(pool));
    return named.length === 0 ? '' : `, used by ${named.map((each) => each.label).join(', ')}`;
  };
  const invoked = (triggers: readonly string[]) =>
    triggers.length === 0 ? '' : `, invokes ${triggers.map(label).join(', ')}`;
  return html`<dl class="parts">
    <dt>People</dt>
    <dd>${
      isUnavailable(sockets)
        ? sockets.unavailable
        : sockets.length === 0
          ? 'Nobody is here.'
          : html`<ul>${sockets.map(
              ({ connectionId }) =>
                html`<li key=${connectionId}>${nameOf(connectionId)}, connection <code>${connectionId}</code></li>`,
            )}</ul>`
    }</dd>
    <dt>API Gateway</dt>
    <dd>${stageInWords(room) || 'None.'}<ul>
      ${room.authorizers.map((each) => html`<li key=${each.id}>Authorizer <code>${each.name}</code>: ${label(each.function) ?? 'no function'} reads ${each.identitySource.join(', ') || 'nothing'}</li>`)}
      ${layout.routes.map(({ of }) => html`<li key=${of.key}>Route <code>${of.key}</code>: ${of.function === undefined ? 'no function' : label(of.function)}, ${routeInWords(of, traffic.value.get(of.key))}</li>`)}
    </ul></dd>
    <dt>Functions</dt>
    <dd><ul>${room.functions.map((each) => html`<li key=${each.name}>${each.label}: ${functionInWords(each, activity.value.get(each.name))}</li>`)}</ul></dd>
    <dt>Tables</dt>
    <dd>${room.tables.length === 0 ? 'None.' : html`<ul>${room.tables.map(({ name, label: title, rows }) => html`<li key=${name}>${title}: ${counted(rows.length, 'row')}</li>`)}</ul>`}</dd>
    ${room.userPools.length > 0 && html`<dt>User pools</dt><dd><ul>${room.userPools.map(({ id, label: title, triggers, users }) => html`<li key=${id}>${title}: ${counted(users.length, 'user')}${usedBy(id)}${invoked(triggers)}</li>`)}</ul></dd>`}
    <dt>IAM decisions</dt>
    <dd><ul>${layout.gates.map((gate) => {
      const { said, words } = saidAt(gate, answers.value.get(gate.key), room.account.kind === 'aws');
      const tone = { allowed: 'good', granted: 'good', refused: 'bad', open: '' }[said];
      return html`<li key=${gate.key}>${gate.asks} <span class=${tone}>${words}</span></li>`;
    })}</ul></dd>
    ${room.others.length > 0 && html`<dt>Also deployed</dt><dd><ul>${room.others.map(({ logicalId, type }) => html`<li key=${logicalId}><code>${type}</code> ${logicalId}</li>`)}</ul></dd>`}
  </dl>`;
}
