import chalk from 'chalk';
import type { CallEvent, TracedDecision, TraceEvent } from '../aws/practice.ts';
import { Page } from '../report/page.ts';
import type { Path } from './paths.ts';

/** The names for a path's ids. */
export interface Names {
  /** `SendMessage` for a function's whole name. */
  readonly function: (name: string) => string;
  /** `Ada` for a connection's id. */
  readonly connection: (id: string) => string;
}

/** Returns the lines of a path as a tree: when, whether it was allowed, what happened, and how long it took. */
export function renderPath(path: Path, names: Names, columns: number): string[] {
  const page = new Page(columns);
  const [first] = path.events;
  if (first === undefined) return [];
  const last = Math.max(...path.events.map((event) => event.mono + durationOf(event)));
  page.text(titleOf(path, first, names), chalk.bold);
  page.text(`${timeOf(first.at)}, ${inMs(last - first.mono)}, request ${path.trace}`, chalk.dim);
  page.blank();
  for (const event of path.events) {
    const line = lineOf(event, names);
    if (line === undefined) continue;
    const { mark, text, ms } = line;
    const at = (event.mono - first.mono).toFixed(1).padStart(8);
    const depth = '│  '.repeat(depthOf(event));
    const took = ms === undefined ? '' : `  (${inMs(ms).replace(' ', TOGETHER)})`;
    page.text(`${at}  ${depth}${mark} ${text}${took}`, paints[mark] ?? plain, 0, 12 + 3 * depthOf(event));
  }
  return page.lines.map((line) => line.replaceAll(TOGETHER, ' '));
}

/** A no-break space while lines are broken: a number stays with its unit. */
const TOGETHER = '\u00a0';

const plain = (line: string) => line;
const paints: Readonly<Record<string, (line: string) => string>> = { '✗': chalk.red, '!': chalk.red };

function titleOf({ kind, events }: Path, first: TraceEvent, names: Names): string {
  const who = first.connectionId === undefined ? 'Somebody' : names.connection(first.connectionId);
  switch (kind) {
    case 'message': {
      const frame = events.find((event) => event.kind === 'frame');
      return `${who} sent ${frame?.kind === 'frame' ? frame.text : 'a message'}`;
    }
    case 'handshake':
      return `${who} connects`;
    case 'disconnect':
      return `${who} disconnects`;
    case 'invocation':
      return `${names.function(first.function ?? '')} is invoked`;
  }
}

interface Line {
  readonly mark: '→' | '·' | '✓' | '✗' | '!' | '←';
  readonly text: string;
  readonly ms?: number;
}

/** Describes an event in the tree; undefined for events that only the log shows. */
function lineOf(event: TraceEvent, names: Names): Line | undefined {
  const name = names.function(event.function ?? '');
  switch (event.kind) {
    case 'frame':
      return { mark: '→', text: `a frame of ${event.bytes} bytes` };
    case 'handshake':
      return { mark: '→', text: `a handshake; ${asked[event.asks]}` };
    case 'disconnect':
      return { mark: '→', text: `the connection ended with ${event.code} ${event.reason}`.trimEnd() };
    case 'route':
      return routeLine(event);
    case 'permission':
      return permissionLine(event, name);
    case 'authorizer': {
      const { outcome, principalId, ms, problem } = event;
      const whom = principalId === undefined ? '' : ` ${principalId}`;
      const why = problem === undefined ? '' : `: ${problem}`;
      return { mark: outcome === 'allowed' ? '✓' : '✗', text: `authorizer ${name}: ${outcome}${whom}${why}`, ms };
    }
    case 'invocation': {
      const start = event.cold ? `cold: ${inMs(event.waitedMs)} for a new process` : 'warm';
      return { mark: '·', text: `${name} starts, ${start}` };
    }
    case 'call':
      return callLine(event, names);
    case 'return':
      return event.status === 'success'
        ? { mark: '·', text: `${name} returns`, ms: event.ms }
        : { mark: '!', text: `${name} fails: ${event.errorType ?? event.status}`, ms: event.ms };
    case 'answer':
      return answerLine(event);
    case 'connected':
      return { mark: '✓', text: 'connected (101)' };
    case 'refused':
      return { mark: '✗', text: `rejected with ${event.status} ${event.message ?? ''}`.trimEnd() };
    case 'process':
    case 'stack':
    case 'log':
    case 'row':
      return undefined;
  }
}

const asked: Readonly<Record<Extract<TraceEvent, { kind: 'handshake' }>['asks'], string>> = {
  nobody: 'no authorization',
  authorizer: 'a Lambda authorizer decides',
  iam: 'IAM checks the signature',
  'no route': 'there is no route $connect',
};

function routeLine({ routeKey, key, expression, isThrottled }: Extract<TraceEvent, { kind: 'route' }>): Line {
  const by = key === undefined ? "the message isn't JSON" : `"${key}" by ${expression}`;
  if (isThrottled) return { mark: '✗', text: `route ${routeKey}: throttled by the stage` };
  if (routeKey === undefined) return { mark: '✗', text: `no route: ${by}, and there is no $default` };
  return { mark: '·', text: routeKey === key ? `route ${routeKey}, by ${expression}` : `route ${routeKey}: ${by}` };
}

function permissionLine(
  { allowed, decision, problem, role }: Extract<TraceEvent, { kind: 'permission' }>,
  name: string,
): Line {
  const who = role === undefined ? 'API Gateway' : `the role ${role.split('/').at(-1)}`;
  const why = problem ?? (decision === undefined ? '' : decidedBy(decision));
  return {
    mark: allowed ? '✓' : '✗',
    text: `${who} ${allowed ? 'is allowed to invoke' : 'is not allowed to invoke'} ${name}${why === '' ? '' : `: ${why}`}`,
  };
}

function callLine({ operation, service, to, status, error, count, ms, decisions }: CallEvent, names: Names): Line {
  const denied = decisions.find(({ decision }) => decision !== 'allowed');
  const whom = to === undefined ? '' : ` to ${names.connection(to)}`;
  const items = count === undefined ? '' : `, ${count} ${count === 1 ? 'item' : 'items'}`;
  const decision = denied ?? decisions[0];
  const what = `${service} ${operation}${whom}${items}`;
  if (denied !== undefined) return { mark: '✗', text: `${what}: ${denied.action}, ${decidedBy(denied)}`, ms };
  if (error !== undefined) return { mark: '!', text: `${what}: ${status} ${error}`, ms };
  return { mark: '✓', text: `${what}${decision === undefined ? '' : `: ${decidedBy(decision)}`}`, ms };
}

/** Says which statement of which policy decided, or that none did. */
export function decidedBy({ decision, by, statement, asked: policies }: TracedDecision): string {
  if (statement !== undefined) {
    const policy = statement.policy ?? `${kinds[statement.kind]}`;
    return `${policy}, statement ${statement.index + 1}${decision === 'explicitDeny' ? ' denies it' : ''}`;
  }
  if (decision === 'allowed') return 'the account owner is allowed to do everything';
  const count = policies.filter(({ kind }) => kind === by).length;
  return count === 0 ? `there is no ${kinds[by]}` : `no ${kinds[by]} allows it`;
}

const kinds: Readonly<Record<TracedDecision['by'], string>> = {
  identity: 'policy of the role',
  resource: 'resource policy',
  trust: 'trust policy',
  boundary: 'permissions boundary',
  session: 'session policy',
};

function answerLine({ what, message, statusCode, bytes }: Extract<TraceEvent, { kind: 'answer' }>): Line {
  switch (what) {
    case 'error':
      return { mark: '←', text: `the sender gets "${message}"` };
    case 'route response':
      return { mark: '←', text: `the sender gets the function's answer, ${bytes} bytes` };
    case 'nothing':
      return { mark: '←', text: `the sender gets no answer (the function returned ${statusCode})` };
  }
}

function depthOf({ kind }: TraceEvent): number {
  return kind === 'call' || kind === 'return' ? 1 : 0;
}

function durationOf(event: TraceEvent): number {
  return event.kind === 'call' || event.kind === 'authorizer' ? event.ms : 0;
}

function inMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

function timeOf(at: number): string {
  const date = new Date(at);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
