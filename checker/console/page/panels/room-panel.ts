import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { GateAnswer } from '../path/gates.ts';
import { nameOf } from '../path/people.ts';
import { Picture } from '../picture/picture.ts';
import { documents, isUnavailable } from '../state/documents.ts';
import { link } from '../state/stream.ts';
import { activity, answers, layout, lit, showEvent, shownRoom, traffic } from '../state/view.ts';
import { Card, Missing } from './pieces.ts';
import { RoomList } from './room-list.ts';

/** The room as a picture and as a list. */
export function RoomPanel(): VNode {
  const answer = documents.room.value;
  const held = shownRoom.value;
  const placed = layout.value;
  const why = isUnavailable(answer) ? answer.unavailable : held?.stack.missing;
  const isEmpty = held?.functions.length === 0 && held.api === undefined;
  return html`<${Card} id="room" title="The room, live" more="Every ring is an IAM decision.">
    ${why !== undefined && html`<${Missing} why=${why} />`}
    ${held?.unread.map((each) => html`<${Missing} key=${each} why=${each} />`)}
    ${link.value.unavailable !== undefined && html`<${Missing} why=${link.value.unavailable} />`}
    ${
      held !== undefined &&
      placed !== undefined &&
      !isEmpty &&
      html`
      <div class="scroller" tabindex="0" role="region" aria-label="Picture of the room">
        <${Picture} room=${held} layout=${placed} lit=${lit.value} answers=${answers.value} activity=${activity.value}
          traffic=${traffic.value} names=${nameOf} onGate=${showAnswer} />
      </div>
      <p class="legend" aria-hidden="true">${legend(held.account.kind === 'aws')}</p>
      <details class="as-list" open=${isNarrow}><summary>The same as a list</summary><${RoomList} room=${held} layout=${placed} /></details>`
    }
    ${held === undefined && answer === undefined && html`<p class="quiet">Reading the account…</p>`}
  <//>`;
}

/** On narrow screens, a list is easier to read than a picture that is wider than the screen. */
const isNarrow = matchMedia('(max-width: 40rem)').matches;

function legend(isAws: boolean): VNode {
  if (isAws) {
    return html`<span class="key allowed">✓ a policy allows it</span><span class="key open">? only the practice account shows IAM’s decisions</span>`;
  }
  return html`<span class="key allowed">✓ IAM allowed it</span><span class="key refused">✗ IAM denied it</span><span class="key open">? not asked since the last deployment</span>`;
}

function showAnswer({ sent }: GateAnswer): void {
  showEvent(sent.event.trace, sent.id);
}
