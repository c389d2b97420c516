import { effect } from '@preact/signals';
import { render, type VNode } from 'preact';
import { html } from './html.ts';
import { AccountPanel } from './panels/account-panel.ts';
import { Announcer, announceNewest } from './panels/announcer.ts';
import { ChecksPanel } from './panels/checks-panel.ts';
import { CostPanel } from './panels/cost-panel.ts';
import { Header } from './panels/header.ts';
import { LogsPanel } from './panels/logs-panel.ts';
import { PathPanel } from './panels/path-panel.ts';
import { RoomPanel } from './panels/room-panel.ts';
import { WhyPanel } from './panels/why-panel.ts';
import { learnNames } from './path/people.ts';
import { documents, isUnavailable, refresh, room } from './state/documents.ts';
import { link, listen } from './state/stream.ts';

/** How often to read logs if nobody reports new lines, in milliseconds. */
const logPause = 5000;

function Console(): VNode {
  return html`<${Header} />
    <main>
      <div class="wide"><${RoomPanel} /><${PathPanel} /><${LogsPanel} /></div>
      <div class="side"><${WhyPanel} /><${ChecksPanel} /></div>
      <div class="low"><${AccountPanel} /><${CostPanel} /></div>
    </main>
    <${Announcer} />`;
}

effect(() => {
  if (room.value === undefined) return;
  learnNames(room.value);
  const number = /^\d+/.exec(room.value.lab)?.[0];
  document.title = `Console · ${number === undefined ? room.value.title : `Lab ${number}`}`;
});
effect(announceNewest);
effect(() => {
  if (link.value.state !== 'aws') return undefined;
  refresh('logs');
  const timer = setInterval(() => refresh('logs'), logPause);
  return () => clearInterval(timer);
});

/** How often to read the account while somebody looks at the page: manual changes have no event. */
const roomPause = 15_000;
setInterval(() => document.visibilityState === 'visible' && refresh('room'), roomPause);

/** How often the complaints of a game day are looked at, in milliseconds. */
const gamePause = 3000;
setInterval(() => {
  const { checks } = documents;
  const hasGame = checks.value !== undefined && !isUnavailable(checks.value) && checks.value.game !== undefined;
  if (hasGame && document.visibilityState === 'visible') refresh('checks');
}, gamePause);

render(html`<${Console} />`, document.body);
for (const name of ['room', 'checks', 'changes'] as const) refresh(name);
listen();
