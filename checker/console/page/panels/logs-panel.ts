import type { VNode } from 'preact';
import { html } from '../html.ts';
import { titleOf } from '../path/steps.ts';
import { documents, isUnavailable } from '../state/documents.ts';
import { groupsOfDocument, groupsOfEvents, isError, type LogGroup } from '../state/log-groups.ts';
import { events, link } from '../state/stream.ts';
import { choosePath, names, path, paths, shownEvents } from '../state/view.ts';
import { timeOfDay } from '../words.ts';
import { Card, Missing } from './pieces.ts';

/** The functions' log lines, by message. */
export function LogsPanel(): VNode {
  const read = documents.logs.value;
  const isLive = link.value.state !== 'aws';
  const groups = isLive
    ? groupsOfEvents(shownEvents.value)
    : read === undefined || isUnavailable(read)
      ? []
      : groupsOfDocument(read);
  return html`<${Card} id="logs" title="Logs" more=${isLive ? 'live, by message' : 'read every few seconds, by invocation'}>
    ${!isLive && isUnavailable(read) && html`<${Missing} why=${read.unavailable} />`}
    ${
      groups.length === 0
        ? html`<p class="quiet">The functions have logged nothing yet${events.value.some(({ event }) => event.kind === 'log') ? ', except for the checker’s visitors' : ''}.</p>`
        : html`
      <div class="logs" tabindex="0" role="region" aria-label="Log lines">${groups.map((group) => html`<${Group} key=${group.key} group=${group} />`)}</div>`
    }
  <//>`;
}

function Group({ group }: { readonly group: LogGroup }): VNode {
  const { trace, lines } = group;
  const own = paths.value.find((each) => each.trace === trace);
  const isShown = own !== undefined && own === path.value;
  return html`<section class=${`log-group ${isShown ? 'shown' : ''}`}>
    ${own === undefined ? html`<h3><code>${group.key}</code></h3>` : html`<h3><button type="button" class="link" aria-pressed=${isShown} onClick=${() => choosePath(own.trace)}>${titleOf(own, names.value)}</button></h3>`}
    <ul>${lines.map(
      ({ at, function: name, text, isLost }, index) => html`<li key=${index} class=${isError(text) ? 'error' : ''}>
      <span class="when">${timeOfDay(at, true)}</span><span class="who">${names.value.function(name)}</span><span class="text">${text}${isLost && html` <em>(not in CloudWatch Logs: the role isn’t allowed to write them)</em>`}</span></li>`,
    )}</ul>
  </section>`;
}
