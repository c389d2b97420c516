import type { CallEvent, PermissionEvent, TracedDecision, TraceEvent } from '../../../aws/practice.ts';
import { code, counted, fitted, type Piece, short } from '../words.ts';
import type { Sent } from '../state/stream.ts';
import { connectionsTarget, gateOf, targetOf } from './gates.ts';
import { denialOf, type Path } from './paths.ts';

/** One line of the waterfall. */
export interface Step {
  readonly key: string;
  /** Milliseconds since the path began. */
  readonly at: number;
  readonly took: number;
  /** How far inside: 0 is the client's side, 1 API Gateway, 2 a function. */
  readonly depth: 0 | 1 | 2 | 3;
  readonly tone: 'plain' | 'allowed' | 'refused' | 'failed' | 'waiting' | 'own code';
  readonly what: readonly Piece[];
  readonly note?: string;
  /** Where in the picture it happens: keys of places, the best first. */
  readonly places: readonly string[];
  /** The event, if it is one. */
  readonly sent?: Sent;
}

type AuthorizerEvent = Extract<TraceEvent, { kind: 'authorizer' }>;

/** What steps call things. */
export interface Names {
  person(connectionId: string): string;
  function(name: string): string;
}

/** Error messages can be long, and are in the log. */
const longestNote = 110;

/** The shortest time of a function's own code that is a step, in milliseconds, and as a part of the whole path. */
const shortest = 2;
const leastPart = 0.03;

/** Returns the steps of a path, from the client's frame to the answer. */
export function stepsOf(path: Path, names: Names): Step[] {
  const [first] = path.sent;
  if (first === undefined) return [];
  const start = Math.min(...path.sent.map(({ event }) => beginOf(event)));
  const sayer = names.person(path.connectionId);
  const steps = path.sent.flatMap((sent) => {
    const said = lineOf(sent.event, sayer, names);
    if (said === undefined) return [];
    const began = beginOf(sent.event);
    return [{ key: sent.id, at: began - start, took: tookOf(sent.event), sent, ...said }];
  });
  return withOwnCode(steps.toSorted((a, b) => a.at - b.at), names).map(spaced);
}

/** Returns how long a path took, as far as it is known. */
export function lengthOf(steps: readonly Step[]): number {
  return Math.max(0.1, ...steps.map(({ at, took }) => at + took));
}

function beginOf(event: TraceEvent): number {
  return event.kind === 'invocation' ? event.mono - event.waitedMs : event.mono;
}

function tookOf(event: TraceEvent): number {
  if (event.kind === 'call' || event.kind === 'authorizer') return event.ms;
  return event.kind === 'invocation' ? event.waitedMs : 0;
}

type Line = Pick<Step, 'depth' | 'tone' | 'what' | 'note' | 'places'>;

function lineOf(event: TraceEvent, sayer: string, names: Names): Line | undefined {
  const person = `person ${event.connectionId}`;
  const gateway = 'gateway';
  switch (event.kind) {
    case 'frame':
      return { depth: 0, tone: 'plain', what: [`${sayer} sends `, code(event.text)], note: counted(event.bytes, 'byte'), places: [person] };
    case 'handshake':
      return {
        depth: 0,
        tone: 'plain',
        what: [`${sayer} asks to connect`, ...(event.query.length === 0 ? [] : [' with ', code(`?${event.query.join('&')}`)])],
        note: asksInWords[event.asks],
        places: [person],
      };
    case 'disconnect':
      return {
        depth: 0,
        tone: 'plain',
        what: [`${sayer} is gone, `, code(String(event.code))],
        note: event.hasRoute ? event.reason : 'no $disconnect route',
        places: [person],
      };
    case 'route':
      return routeLine(event);
    case 'permission':
      return permissionLine(event, names);
    case 'authorizer':
      return authorizerLine(event, names);
    case 'invocation':
      return {
        depth: 2,
        tone: event.cold ? 'waiting' : 'plain',
        what: [event.cold ? `${names.function(event.function ?? '')} starts` : `${names.function(event.function ?? '')} runs`],
        note: event.cold ? 'cold start: a new process' : 'warm: its process was there',
        places: [`function ${event.function}`, gateway],
      };
    case 'call':
      return callLine(event, names);
    case 'row':
      return {
        depth: 3,
        tone: 'plain',
        what: [event.change === 'put' ? 'the row is written: ' : 'the row is deleted: ', code(Object.values(event.key).join(', '))],
        places: [`target ${event.table}`],
      };
    case 'return': {
      const name = names.function(event.function ?? '');
      const places = [`function ${event.function}`, gateway];
      if (event.status === 'success') return { depth: 2, tone: 'plain', what: [`${name} returns`], places };
      if (event.status === 'timeout') return { depth: 2, tone: 'failed', what: [`${name} times out`], ...note(event.errorMessage), places };
      return { depth: 2, tone: 'failed', what: [`${name} throws `, code(event.errorType ?? 'an error')], ...note(event.errorMessage), places };
    }
    case 'answer':
      if (event.what === 'error') return { depth: 0, tone: 'failed', what: [`${sayer} gets `, code(event.message ?? '')], note: 'from API Gateway', places: [person] };
      if (event.what === 'route response') return { depth: 0, tone: 'plain', what: [`${sayer} gets the function’s answer`], note: counted(event.bytes ?? 0, 'byte'), places: [person] };
      return {
        depth: 0,
        tone: isSuccess(event.statusCode) ? 'plain' : 'failed',
        what: [`${sayer} gets no answer`],
        ...note(event.statusCode === undefined ? undefined : `the function’s status is ${event.statusCode}`),
        places: [person],
      };
    case 'connected':
      return { depth: 0, tone: 'allowed', what: [`${sayer} is connected, `, code('101')], ...note(event.principalId && `as ${event.principalId}`), places: [person] };
    case 'refused':
      return { depth: 0, tone: 'failed', what: [`${sayer} is refused, `, code(String(event.status))], ...note(event.message ?? 'as $connect answered'), places: [person] };
    default:
      return undefined;
  }
}

const asksInWords = {
  nobody: 'nobody is asked who it is',
  authorizer: 'an authorizer decides',
  iam: 'IAM decides by the signature',
  'no route': 'no $connect route: everybody gets in',
} as const;

function note(text: string | undefined): { note?: string } {
  return text === undefined || text === '' ? {} : { note: fitted(text, longestNote) };
}

function isSuccess(statusCode = 200): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function routeLine(event: Extract<TraceEvent, { kind: 'route' }>): Line {
  const { expression, key, routeKey, isThrottled } = event;
  const asked = key === undefined ? 'the message is not JSON' : `${expression} is “${key}”`;
  if (routeKey === undefined) return { depth: 1, tone: 'refused', what: ['no route takes it'], note: `${asked}, and there is no $default`, places: ['gateway'] };
  const places = [`route ${routeKey}`, 'gateway'];
  if (isThrottled) return { depth: 1, tone: 'refused', what: ['throttled at ', code(routeKey)], note: 'more messages than the stage takes', places };
  const isDefault = routeKey === '$default';
  return { depth: 1, tone: 'plain', what: ['route ', code(routeKey)], note: isDefault ? `${asked}: no route of that name` : asked, places };
}

function permissionLine(event: PermissionEvent & TraceEvent, names: Names): Line {
  const name = names.function(event.function ?? '');
  const places = [`gate ${gateOf(event)}`, `route ${event.routeKey}`];
  if (event.problem !== undefined) {
    const problem = event.problem === 'no such function' ? `there is no function ${name}` : `there is no such role: ${event.role}`;
    return { depth: 1, tone: 'refused', what: [`API Gateway can’t invoke ${name}`], note: problem, places };
  }
  if (!event.allowed) return { depth: 1, tone: 'refused', what: [`API Gateway isn’t allowed to invoke ${name}`], ...note(decidedBy(event.decision)), places };
  return { depth: 1, tone: 'allowed', what: [`API Gateway is allowed to invoke ${name}`], ...note(decidedBy(event.decision)), places };
}

function authorizerLine(event: AuthorizerEvent, names: Names): Line {
  const name = names.function(event.function ?? '') || event.name;
  const places = [`authorizer ${event.function}`, `function ${event.function}`, 'gateway'];
  if (event.outcome === 'allowed') {
    return { depth: 1, tone: 'allowed', what: [`${name} lets it in`], ...note(event.principalId && `as ${event.principalId}`), places };
  }
  return { depth: 1, tone: 'refused', what: [authorizerInWords(event, name)], ...note(event.problem), places };
}

/** Says what became of asking an authorizer. */
export function authorizerInWords({ outcome, identitySource }: AuthorizerEvent, name: string): string {
  switch (outcome) {
    case 'allowed':
      return `${name} lets it in`;
    case 'missing identity':
      return `${name} isn’t asked: the request has no ${sourcesInWords(identitySource)}`;
    case 'unauthorized':
      return `${name} answers “Unauthorized”`;
    case 'denied':
      return `${name} denies it`;
    case 'malformed':
      return `${name} answers something that is no policy`;
    default:
      return `${name} fails`;
  }
}

/** Says where an authorizer looks: `query parameter “token”`. */
export function sourcesInWords(identitySource: readonly string[]): string {
  return identitySource
    .map((source) => {
      const [, kind, name] = /^route\.request\.(querystring|header)\.(.+)$/.exec(source) ?? [];
      return kind === undefined ? source : `${kind === 'header' ? 'header' : 'query parameter'} “${name}”`;
    })
    .join(' and ');
}

function callLine(event: CallEvent & TraceEvent, names: Names): Line {
  const { service, operation, to, status, error, count } = event;
  const denial = denialOf(event);
  const target = targetOf(event);
  const gate = gateOf(event);
  const places = [...(gate === undefined ? [] : [`gate ${gate}`]), `target ${target}`, `function ${event.function}`];
  const call = code(target === connectionsTarget ? 'PostToConnection' : `${service}:${operation}`);
  const shownCall = service === 'execute-api' ? code(operation) : call;
  const whom = to === undefined ? [] : [` to ${names.person(to)}`];
  if (denial !== undefined) {
    return { depth: 2, tone: 'refused', what: [shownCall, ...whom, ': ', denialInWords(denial)], note: denial.action, places };
  }
  const said = decidedBy(event.decisions.at(-1));
  const found = count === undefined ? [] : [counted(count, 'row')];
  if (status >= 400) {
    const why = status === 410 ? 'the connection is gone' : (error ?? `status ${status}`);
    return { depth: 2, tone: status === 410 ? 'plain' : 'failed', what: [shownCall, ...whom, `: ${why}`], ...note(said), places };
  }
  return { depth: 2, tone: 'allowed', what: [shownCall, ...whom], ...note([...found, said].filter(Boolean).join(' · ')), places };
}

/** Says in a few words why IAM denied something. */
export function denialInWords({ decision, by }: TracedDecision): string {
  if (decision === 'explicitDeny') return 'a statement denies it';
  if (by === 'identity') return 'no statement allows it';
  if (by === 'resource' || by === 'trust') return 'no statement of the resource policy allows it';
  return by === 'boundary' ? 'the permissions boundary doesn’t allow it' : 'the session policy doesn’t allow it';
}

function decidedBy(decision: TracedDecision | undefined): string | undefined {
  if (decision === undefined) return undefined;
  const { statement } = decision;
  if (statement === undefined) return denialInWords(decision);
  const policy = statement.policy ?? (statement.kind === 'resource' ? 'resource policy' : statement.kind);
  return `${nameOfPolicy(policy)}, statement ${statement.index}`;
}

/** Policies that the CDK made have long names, of which the end tells them apart. */
function nameOfPolicy(name: string): string {
  return name.length > 34 ? `…${name.slice(-30)}` : name;
}

/** Time that a function spends between its calls is its own, or the SDK's. */
function withOwnCode(steps: readonly Step[], names: Names): Step[] {
  const total = lengthOf(steps);
  const made: Step[] = [];
  /** Until when each invocation was busy with something that is shown. */
  const busyUntil = new Map<string, number>();
  for (const step of steps) {
    const { event } = step.sent ?? {};
    const id = event?.requestId;
    if (event !== undefined && id !== undefined && (event.kind === 'call' || event.kind === 'return')) {
      const since = busyUntil.get(id);
      const gap = since === undefined ? 0 : step.at - since;
      if (since !== undefined && gap > Math.max(shortest, total * leastPart)) {
        const name = names.function(event.function ?? '');
        made.push({
          key: `own ${step.key}`,
          at: since,
          took: gap,
          depth: 2,
          tone: 'own code',
          what: [`${name}’s own code`],
          places: [`function ${event.function}`],
        });
      }
    }
    if (id !== undefined && (event?.kind === 'call' || event?.kind === 'invocation')) {
      busyUntil.set(id, Math.max(busyUntil.get(id) ?? 0, step.at + step.took));
    }
    made.push(step);
  }
  return made.toSorted((a, b) => a.at - b.at);
}

/** A step without a duration of its own is drawn as a moment. */
function spaced(step: Step): Step {
  return step.took < 0 ? { ...step, took: 0 } : step;
}

/** Returns what a path is called. */
export function titleOf(path: Path, names: Names): string {
  const name = names.person(path.connectionId);
  const [first] = path.sent;
  if (path.kind === 'handshake') return `${name} connects`;
  if (path.kind === 'disconnect') return `${name} leaves`;
  return first?.event.kind === 'frame' ? `${name}: “${textIn(first.event.text)}”` : name;
}

/** What somebody said, in the frame that it came in. */
function textIn(frame: string): string {
  try {
    const { text } = JSON.parse(frame) as { text?: unknown };
    if (typeof text === 'string') return short(text, 60);
  } catch {
    // It is shown as it came.
  }
  return short(frame, 60);
}
