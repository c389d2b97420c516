import type { VNode } from 'preact';
import { html } from '../html.ts';
import type { GateAnswer } from '../path/gates.ts';
import type { Gate } from './wires.ts';

interface RingProps {
  readonly gate: Gate;
  /** IAM's answer in the selected path. */
  readonly now: GateAnswer | undefined;
  /** IAM's latest answer. */
  readonly before: GateAnswer | undefined;
  readonly isAws: boolean;
  readonly onGate: (answer: GateAnswer) => void;
}

/** The states of a ring: `granted` if no request was seen, but a policy allows it. */
export type Said = 'allowed' | 'refused' | 'granted' | 'open';

/** Returns what a ring shows, and its description. */
export function saidAt(
  { isGranted }: Gate,
  answer: GateAnswer | undefined,
  isAws: boolean,
): { readonly said: Said; readonly words: string } {
  if (answer !== undefined) {
    const said = answer.isAllowed ? 'allowed' : 'refused';
    return { said, words: `${answer.isAllowed ? 'Yes' : 'No'}, for ${answer.action}.` };
  }
  if (!isAws) return { said: 'open', words: 'There was no request since the last deployment.' };
  if (isGranted) return { said: 'granted', words: 'One of its role’s policies allows it.' };
  return { said: 'open', words: 'Only the practice account shows IAM’s decisions.' };
}

const marks: Readonly<Record<Said, string>> = {
  allowed: 'M-4 0-1 3.5 4.5-3.5',
  granted: 'M-4 0-1 3.5 4.5-3.5',
  refused: 'M-4-4 4 4M4-4-4 4',
  open: 'M-1.8-1.6a1.9 1.9 0 1 1 2.7 1.9c-.7.3-.9.7-.9 1.3M0 4v.1',
};

/** An IAM decision, and its result. */
export function Ring({ gate, now, before, isAws, onGate }: RingProps): VNode {
  const answer = now ?? before;
  const { said, words } = saidAt(gate, answer, isAws);
  const label = `${gate.asks} ${words}`;
  const isRefusedNow = now?.isAllowed === false;
  const inner = html`<title>${label}</title>
    ${isRefusedNow && html`<circle class="halo" r="13" />`}
    <circle class="disc" r=${isRefusedNow ? 10.5 : 9} />
    <path d=${marks[said]} />`;
  const [x, y] = gate.at;
  const shared = {
    class: `gate ${said} ${now === undefined ? 'before' : 'now'}`,
    transform: `translate(${x} ${y})`,
    'data-gate': gate.key,
    'data-said': said,
  };
  if (answer === undefined) return html`<g ...${shared}>${inner}</g>`;
  const open = () => onGate(answer);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open();
  };
  return html`<g ...${shared} role="button" tabindex="0" aria-label=${label} onClick=${open} onKeyDown=${onKeyDown}>${inner}</g>`;
}
