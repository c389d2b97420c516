import { signal, useComputed, useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import type { TraceEvent } from '../../../aws/practice.ts';
import type { Unavailable } from '../../deployed-room.ts';
import type { RefusalDocument } from '../../refusal.ts';
import { html } from '../html.ts';
import { authorizerInWords, sourcesInWords } from '../path/authorizer-line.ts';
import { decidedBy } from '../path/decision-words.ts';
import { denialOf } from '../path/paths.ts';
import { explain, isUnavailable } from '../state/documents.ts';
import type { Sent } from '../state/stream.ts';
import { names, path, step, steps } from '../state/view.ts';
import { counted } from '../words.ts';
import { Card, Missing } from './pieces.ts';
import { PlaceInFile } from './place.ts';
import { PolicyList } from './policy-list.ts';

/** IAM's answers, by the events that asked for them. */
const explained = signal<ReadonlyMap<string, RefusalDocument | Unavailable>>(new Map());

/** Why a path went wrong, or that nothing in it was denied. */
export function WhyPanel(): VNode | null {
  const refused = useComputed(refusedNow);
  useSignalEffect(() => {
    const id = refused.value?.id;
    if (id !== undefined && !explained.peek().has(id)) load(id);
  });
  if (path.value === undefined) return null;
  if (refused.value !== undefined) return html`<${Refused} sent=${refused.value} />`;
  const other = otherReason();
  if (other !== undefined) return other;
  return html`<${Granted} />`;
}

/** The denial in the selected step, or else the first in the path. */
function refusedNow(): Sent | undefined {
  const isDenied = (sent: Sent | undefined) => sent !== undefined && denialOf(sent.event) !== undefined;
  const current = steps.value[step.value]?.sent;
  if (isDenied(current)) return current;
  return path.value?.sent.find(isDenied);
}

function load(id: string): void {
  const keep = (answer: RefusalDocument | Unavailable) => {
    explained.value = new Map([...[...explained.peek()].slice(-200), [id, answer]]);
  };
  explain(id).then(keep, () => keep({ unavailable: 'The page’s server doesn’t answer.' }));
}

function Refused({ sent }: { readonly sent: Sent }): VNode {
  const answer = explained.value.get(sent.id);
  const denial = denialOf(sent.event);
  const label = names.value.function(sent.event.function ?? '');
  const document = answer === undefined || isUnavailable(answer) ? undefined : answer;
  const isInvoking = sent.event.kind === 'permission';
  return html`<${Card} id="why" title="Denied by IAM" tone="refused-card">
    <dl class="facts">
      <dt>Who</dt><dd>${isInvoking ? html`API Gateway <code>${denial?.principal}</code>` : html`the role of <b>${label}</b>${document?.who.role !== undefined && html` <code>${document.who.role}</code>`}`}</dd>
      <dt>What</dt><dd><code>${denial?.action}</code>${document?.operation !== undefined && html` <span class="quiet">(${document.operation})</span>`}</dd>
      <dt>On what</dt><dd><code>${denial?.resource}</code></dd>
    </dl>
    ${answer === undefined && html`<p class="quiet">Reading the policies…</p>`}
    ${isUnavailable(answer) && html`<${Missing} why=${answer.unavailable} />`}
    ${
      document !== undefined &&
      html`
      <${PolicyList} document=${document} />
      <p class="decided"><b>${document.decision === 'explicitDeny' ? 'A statement denies it.' : 'No statement allows it.'}</b> ${document.verdict}</p>
      ${document.missingContext.length > 0 && html`<p class="quiet">Conditions require ${document.missingContext.join(', ')}, which the request doesn’t have.</p>`}
      ${document.place !== undefined && html`<${PlaceInFile} said=${isInvoking ? 'The function is created at' : 'The role is created with the function at'} place=${document.place} />`}
      ${document.caller !== undefined && html`<${PlaceInFile} said="The call is made at" place=${document.caller} />`}`
    }
  <//>`;
}

/** Explains what stopped a message, if it wasn't IAM; undefined if nothing did. */
function otherReason(): VNode | undefined {
  for (const { event } of path.value?.sent ?? []) {
    const said = reasonIn(event);
    if (said !== undefined) {
      const [title, ...sentences] = said;
      return html`<${Card} id="why" title=${title} tone="refused-card">${sentences.map((sentence) => html`<p>${sentence}</p>`)}<//>`;
    }
  }
  return undefined;
}

function reasonIn(event: TraceEvent): readonly string[] | undefined {
  const label = names.value.function(event.function ?? '');
  switch (event.kind) {
    case 'route':
      if (event.routeKey === undefined) {
        const key =
          event.key === undefined
            ? 'The message isn’t JSON, so it names no route.'
            : `${event.expression} is “${event.key}”, and no route has that key.`;
        return [
          'No route matches',
          key,
          'There is no $default route either: API Gateway answers “Forbidden”, and no function runs.',
        ];
      }
      return event.isThrottled
        ? ['Throttled', `${event.routeKey} got more messages than the stage admits. No function ran.`]
        : undefined;
    case 'authorizer':
      return event.outcome === 'allowed' ? undefined : authorizerReason(event, label);
    case 'permission':
      if (event.problem === undefined) return undefined;
      return [
        'API Gateway can’t invoke it',
        event.problem === 'no such function'
          ? `The route ${event.routeKey} names the function ${label}, which isn’t in the account.`
          : `The role ${event.role} isn’t in the account.`,
      ];
    case 'return':
      if (event.status === 'success') return undefined;
      return [
        `${label} failed`,
        event.status === 'timeout' ? `It timed out.` : `It threw ${event.errorType ?? 'an error'}.`,
        event.errorMessage ?? '',
      ];
    case 'refused':
      return [
        'The handshake was rejected',
        `The client got status ${event.status}${event.message === undefined ? ', as the function behind $connect answered' : `, “${event.message}”`}.`,
      ];
    default:
      return undefined;
  }
}

const statusOf = { 'missing identity': 401, unauthorized: 401, denied: 403, failed: 500, malformed: 500 } as const;

function authorizerReason(event: Extract<TraceEvent, { kind: 'authorizer' }>, label: string): readonly string[] {
  if (event.outcome === 'allowed') return [];
  const status = statusOf[event.outcome];
  const sources = sourcesInWords(event.identitySource);
  const explanation = {
    'missing identity': `$connect uses the authorizer ${label}, which reads ${sources}. The request doesn’t have that, so API Gateway answers 401 and never invokes the function.`,
    unauthorized: `The function read ${sources} and threw “Unauthorized”: it couldn’t identify the user. API Gateway answers 401.`,
    denied: `The function returned a policy that doesn’t allow execute-api:Invoke on this route. API Gateway answers 403.`,
    failed: `The function threw, timed out, or couldn’t be invoked. API Gateway answers 500; see the function’s log.`,
    malformed: `API Gateway can’t use what the function returned${event.problem === undefined ? '' : `: ${event.problem}`}. It answers 500.`,
  }[event.outcome];
  return [
    'Rejected by the authorizer',
    `${authorizerInWords(event, label)}.`,
    explanation,
    `The client sees a handshake that failed with ${status}; $connect didn’t run, and no row was written.`,
  ];
}

/** Everything that IAM allowed on the path. */
function Granted(): VNode {
  const asked = (path.value?.sent ?? []).flatMap(({ id, event }) => {
    if (event.kind === 'permission')
      return event.decision === undefined ? [] : [{ id, decision: event.decision, who: 'API Gateway' }];
    if (event.kind !== 'call') return [];
    return event.decisions.map((decision, index) => ({
      id: `${id} ${index}`,
      decision,
      who: names.value.function(event.function ?? ''),
    }));
  });
  return html`<${Card} id="why" title="IAM decisions" more=${asked.length === 0 ? 'nothing on this path' : `${counted(asked.length, 'decision')}, all allowed`}>
    <ul class="granted">${asked.map(
      ({ id, decision, who }) => html`<li key=${id}><span class="good" aria-hidden="true">✓</span>
      <span>${who}: <code>${decision.action}</code> <span class="quiet">${decidedBy(decision)}</span></span></li>`,
    )}</ul>
  <//>`;
}
