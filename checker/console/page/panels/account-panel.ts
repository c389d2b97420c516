import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import type { DeployedRoom } from '../../deployed-room.ts';
import { type Children, html } from '../html.ts';
import { nameOf } from '../path/people.ts';
import { documents, isUnavailable, refresh } from '../state/documents.ts';
import { shownRoom } from '../state/view.ts';
import { counted, timeOfDay } from '../words.ts';
import { Missing, Prose } from './pieces.ts';

interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: (held: DeployedRoom) => Children;
}

const tabs: readonly Tab[] = [
  { id: 'tables', title: 'Table', content: Tables },
  { id: 'sockets', title: 'Sockets', content: Sockets },
  { id: 'users', title: 'Users', content: Users },
  { id: 'changes', title: 'What a save would change', content: Changes },
];

const chosen = signal('tables');

/** Rows, sockets and users, and what a save would change. */
export function AccountPanel(): VNode {
  const held = shownRoom.value;
  const shown = tabs.filter(({ id }) => id !== 'users' || (held?.userPools.length ?? 0) > 0);
  const current = shown.find(({ id }) => id === chosen.value) ?? shown[0];
  const choose = (id: string) => {
    chosen.value = id;
    if (id === 'changes') refresh('changes');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || current === undefined) return;
    event.preventDefault();
    const next = shown[(shown.indexOf(current) + by + shown.length) % shown.length];
    if (next === undefined) return;
    choose(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return html`<section class="card" id="account" aria-label="What is in the account">
    <div class="tabs" role="tablist" aria-label="What is in the account" onKeyDown=${onKeyDown}>${shown.map(
      ({ id, title }) => {
        const isCurrent = id === current?.id;
        return html`<button type="button" key=${id} role="tab" id=${`tab-${id}`} aria-selected=${isCurrent} aria-controls=${`panel-${id}`} tabindex=${isCurrent ? 0 : -1} onClick=${() => choose(id)}>${title}</button>`;
      },
    )}</div>
    ${shown.map(
      ({
        id,
        content,
      }) => html`<div key=${id} role="tabpanel" id=${`panel-${id}`} aria-labelledby=${`tab-${id}`} hidden=${id !== current?.id} tabindex="0">
      ${id === current?.id && (held === undefined ? html`<p class="quiet">Reading the account…</p>` : content(held))}</div>`,
    )}
  </section>`;
}

function Tables({ tables }: DeployedRoom): Children {
  if (tables.length === 0) return html`<p class="quiet">There are no tables.</p>`;
  return tables.map((table) => {
    const { name, label, keys, rows, hasMore } = table;
    const columns = [...new Set([...keys, ...rows.flatMap(({ values }) => Object.keys(values))])].slice(0, 5);
    const stale = rows.filter(({ hasSocket }) => hasSocket === false).length;
    return html`<div key=${name} class="table-scroll" tabindex="0" role="region" aria-label=${label}><table><caption>${label}</caption>
      <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}<th scope="col"><span class="visually-hidden">Socket</span></th></tr></thead>
      <tbody>${rows.map(
        (
          row,
          index,
        ) => html`<tr key=${index} class=${row.hasSocket === false ? 'stale' : ''}>${columns.map((column) => html`<td>${shownValue(row.values[column])}</td>`)}
        <td>${row.hasSocket === false && html`<span class="tag">no socket</span>`}</td></tr>`,
      )}</tbody></table></div>
      <p class="quiet">${hasMore ? `The first ${rows.length} rows.` : `${counted(rows.length, 'row')}.`} ${staleInWords(stale)}</p>`;
  });
}

/** Milliseconds since 1970 are shown as a time. */
function shownValue(value = ''): Children {
  return /^1[5-9]\d{11}$/.test(value) ? html`<span title=${value}>${timeOfDay(Number(value))}</span>` : value;
}

function staleInWords(stale: number): string {
  if (stale === 0) return '';
  return `${counted(stale, 'row has', 'rows have')} no socket: every message is still posted to ${stale === 1 ? 'it' : 'them'}.`;
}

function Sockets({ sockets }: DeployedRoom): Children {
  if (isUnavailable(sockets)) return html`<${Missing} why=${sockets.unavailable} />`;
  if (sockets.length === 0) return html`<p class="quiet">No sockets are open.</p>`;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Sockets"><table><caption class="visually-hidden">Sockets</caption><thead><tr><th scope="col">connection</th><th scope="col">who</th><th scope="col">authorizer’s principal</th><th scope="col">since</th></tr></thead>
    <tbody>${sockets.map(({ connectionId, connectedAt, principalId }) => html`<tr key=${connectionId}><td><code>${connectionId}</code></td><td>${nameOf(connectionId)}</td><td>${principalId ?? '–'}</td><td>${timeOfDay(connectedAt)}</td></tr>`)}</tbody></table></div>`;
}

function Users({ userPools }: DeployedRoom): Children {
  return userPools.map(
    ({
      id,
      label,
      users,
    }) => html`<div key=${id} class="table-scroll" tabindex="0" role="region" aria-label=${label}><table><caption>${label}</caption><thead><tr><th scope="col">user</th><th scope="col">email</th><th scope="col">status</th></tr></thead>
    <tbody>${users.map(({ name, email, status }) => html`<tr key=${name}><td>${name}</td><td>${email ?? ''}</td><td>${status}</td></tr>`)}</tbody></table></div>
    ${users.length === 0 && html`<p class="quiet">Nobody has signed up.</p>`}`,
  );
}

function Changes(): Children {
  const changes = documents.changes.value;
  if (changes === undefined) return html`<p class="quiet">Comparing the file with what is deployed…</p>`;
  if (isUnavailable(changes)) return html`<${Missing} why=${changes.unavailable} />`;
  if (changes.state === 'same') return html`<p>Nothing: your current file is deployed.</p>`;
  return html`${changes.remark !== undefined && html`<p><${Prose} text=${changes.remark} /></p>`}<ul class="changes">${changes.changes.map((line) => html`<li key=${line}><code>${line}</code></li>`)}</ul>`;
}
