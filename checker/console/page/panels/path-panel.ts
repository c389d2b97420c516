import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { Outcome, Path } from '../path/paths.ts';
import type { Step } from '../path/step.ts';
import { lengthOf, titleOf } from '../path/steps.ts';
import { link, missed } from '../state/stream.ts';
import {
  choosePath,
  chooseStep,
  follow,
  goBy,
  hasProbes,
  isFollowing,
  isPlaying,
  isShowingProbes,
  names,
  path,
  paths,
  place,
  play,
  step,
  steps,
  stop,
} from '../state/view.ts';
import { counted, duration, timeOfDay } from '../words.ts';
import { Card, Missing, Pieces } from './pieces.ts';

/** The path of one message, handshake or disconnect. */
export function PathPanel(): VNode {
  const shown = path.value;
  if (shown === undefined) {
    const why = link.value.unavailable;
    return html`<${Card} id="path" title="One message’s path">
      ${why === undefined ? html`<p class="quiet">Nothing has happened yet. Open the chat page, join, and send a message.</p><${Probes} />` : html`<${Missing} why=${why} />`}
    <//>`;
  }
  const total = lengthOf(steps.value);
  const more = html`${timeOfDay(shown.at, true)} · <code title="The request id of API Gateway">${shown.trace}</code> · ${duration(total)} · <span class=${toneOf(shown.outcome)}>${outcomeInWords(shown)}</span>`;
  return html`<${Card} id="path" title=${titleOf(shown, names.value)} more=${more}>
    <${Controls} shown=${shown} />
    <ol class="steps" aria-label="Steps of the path" onKeyDown=${onKeyDown}>
      ${steps.value.map((each, index) => html`<${StepLine} key=${each.key} of=${each} index=${index} total=${total} />`)}
    </ol>
    ${missed.value > 0 && html`<p class="quiet">${counted(missed.value, 'event')} came too fast to show.</p>`}
  <//>`;
}

const kindsInWords = { message: 'Message', handshake: 'Handshake', disconnect: 'Disconnect' } as const;

function Controls({ shown }: { readonly shown: Path }): VNode {
  const last = steps.value.length - 1;
  const at = place.value;
  return html`<div class="controls">
    <div class="group" role="group" aria-label="Paths">
      <button type="button" class="plain" aria-label="Older path" disabled=${at <= 0} onClick=${() => goBy(-1)}>◀</button>
      <select aria-label="Path" value=${shown.trace} onChange=${(event: Event) => choosePath((event.target as HTMLSelectElement).value)}>
        ${paths.value.slice(-60).map((each) => html`<option key=${each.trace} value=${each.trace}>${`${timeOfDay(each.at)} ${marks[each.outcome]} ${titleOf(each, names.value)}`}</option>`)}
      </select>
      <button type="button" class="plain" aria-label="Newer path" disabled=${at >= paths.value.length - 1} onClick=${() => goBy(1)}>▶</button>
    </div>
    <div class="group" role="group" aria-label=${`${kindsInWords[shown.kind]}, step by step`}>
      <button type="button" class="plain" aria-pressed=${isPlaying.value} onClick=${play}>${isPlaying.value ? 'Stop' : 'Play slowly'}</button>
      <button type="button" class="plain" aria-label="One step back" disabled=${step.value <= 0} onClick=${() => goStep(-1)}>←</button>
      <button type="button" class="plain" aria-label="One step forward" disabled=${step.value >= last} onClick=${() => goStep(1)}>→</button>
    </div>
    <input type="range" min="0" max=${last} value=${step.value} aria-label="Step" aria-valuetext=${`${step.value + 1} of ${last + 1}`}
      onInput=${(event: Event) => {
        stop();
        chooseStep(Number((event.target as HTMLInputElement).value));
      }} />
    <label class="follow"><input type="checkbox" checked=${isFollowing.value} onChange=${(event: Event) => follow((event.target as HTMLInputElement).checked)} /> follow the newest</label>
    <${Probes} />
  </div>`;
}

function Probes(): VNode | null {
  if (!hasProbes.value) return null;
  const onChange = (event: Event) => {
    isShowingProbes.value = (event.target as HTMLInputElement).checked;
  };
  return html`<label class="follow"><input type="checkbox" checked=${isShowingProbes.value} onChange=${onChange} /> show and count the checker’s visitors, too</label>`;
}

function goStep(by: number): void {
  stop();
  chooseStep(step.value + by);
}

function onKeyDown(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const to = by === undefined ? { Home: 0, End: steps.value.length - 1 }[event.key] : step.value + by;
  if (to === undefined) return;
  event.preventDefault();
  stop();
  chooseStep(to);
  const list = event.currentTarget as HTMLElement;
  list.querySelectorAll<HTMLElement>('button')[step.value]?.focus();
}

const marks: Readonly<Record<Outcome, string>> = {
  'under way': '…',
  fine: '✓',
  partly: '!',
  refused: '✗',
  failed: '✗',
};
const icons: Readonly<Record<Step['tone'], string>> = {
  plain: '·',
  allowed: '✓',
  refused: '✗',
  failed: '!',
  waiting: '◔',
  'own code': '·',
};
const tonesInWords: Readonly<Record<Step['tone'], string>> = {
  plain: '',
  allowed: 'allowed: ',
  refused: 'refused: ',
  failed: 'failed: ',
  waiting: '',
  'own code': '',
};

function StepLine({ of, index, total }: { readonly of: Step; readonly index: number; readonly total: number }): VNode {
  const { at, took, tone, depth, what, note } = of;
  const isCurrent = index === step.value;
  const choose = () => {
    stop();
    chooseStep(index);
  };
  return html`<li class=${`step ${tone.replace(' ', '-')} ${index > step.value ? 'later' : ''}`}>
    <button type="button" aria-current=${isCurrent ? 'step' : undefined} tabindex=${isCurrent ? 0 : -1} onClick=${choose}>
      <span class="at">${at.toFixed(1)}<span class="visually-hidden"> ms</span></span>
      <span class="icon" aria-hidden="true">${icons[tone]}</span>
      <span class=${`what depth-${depth}`}><span class="visually-hidden">${tonesInWords[tone]}</span><${Pieces} of=${what} />${note !== undefined && html` <span class="note">${note}</span>`}</span>
      <${Bar} at=${at} took=${took} total=${total} />
      <span class="took">${took > 0 ? duration(took) : ''}</span>
    </button>
  </li>`;
}

/** Attributes of a drawing, because the page's policy forbids styles in markup. */
function Bar({ at, took, total }: { readonly at: number; readonly took: number; readonly total: number }): VNode {
  const x = Math.min(98.8, (at / total) * 100);
  const width = Math.min(100 - x, Math.max(1.2, (took / total) * 100));
  return html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="track" x="0" y="0" width="100%" height="100%" rx="4" /><rect class="span" x=${`${x}%`} y="0" width=${`${width}%`} height="100%" rx="2" /></svg>`;
}

function toneOf(outcome: Outcome): string {
  if (outcome === 'fine') return 'good';
  return outcome === 'refused' || outcome === 'failed' ? 'bad' : '';
}

/** Says how a path ended, and for a message, who got it. */
export function outcomeInWords({ kind, outcome, sent }: Path): string {
  if (outcome === 'under way') return 'under way';
  const posts = sent.flatMap(({ event }) =>
    event.kind === 'call' && event.operation === 'PostToConnection' ? event : [],
  );
  const heard = new Set(posts.flatMap(({ status, to }) => (status < 300 && to !== undefined ? to : []))).size;
  if (kind === 'message' && posts.length > 0)
    return heard === 0 ? 'nobody got it' : `${counted(heard, 'person', 'people')} got it`;
  return { fine: 'done', partly: 'done, with errors', refused: 'refused', failed: 'failed' }[outcome];
}
