import type { CallEvent, TraceEvent } from '../../../aws/practice.ts';
import { code, counted } from '../words.ts';
import { authorizerLine } from './authorizer-line.ts';
import { decidedBy, denialInWords } from './decision-words.ts';
import { connectionsTarget, gateOf, targetOf } from './gates.ts';
import { note } from './note.ts';
import { denialOf } from './paths.ts';
import type { Line, Names } from './step.ts';

/** Describes an event; undefined if it is not a step. */
export function lineOf(event: TraceEvent, sayer: string, names: Names): Line | undefined {
  const person = `person ${event.connectionId}`;
  const gateway = 'gateway';
  switch (event.kind) {
    case 'frame':
      return {
        depth: 0,
        tone: 'plain',
        what: [`${sayer} sends `, code(event.text)],
        note: counted(event.bytes, 'byte'),
        places: [person],
      };
    case 'handshake':
      return {
        depth: 0,
        tone: 'plain',
        what: [
          `${sayer} asks to connect`,
          ...(event.query.length === 0 ? [] : [' with ', code(`?${event.query.join('&')}`)]),
        ],
        note: asksInWords[event.asks],
        places: [person],
      };
    case 'disconnect':
      return {
        depth: 0,
        tone: 'plain',
        what: [`${sayer} disconnects, `, code(String(event.code))],
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
        what: [
          event.cold
            ? `${names.function(event.function ?? '')} starts`
            : `${names.function(event.function ?? '')} runs`,
        ],
        note: event.cold ? 'cold start: a new process' : 'warm: reuses a process',
        places: [`function ${event.function}`, gateway],
      };
    case 'call':
      return callLine(event, names);
    case 'row':
      return {
        depth: 3,
        tone: 'plain',
        what: [
          event.change === 'put' ? 'writes the row: ' : 'deletes the row: ',
          code(Object.values(event.key).join(', ')),
        ],
        places: [`target ${event.table}`],
      };
    case 'return': {
      const name = names.function(event.function ?? '');
      const places = [`function ${event.function}`, gateway];
      if (event.status === 'success') return { depth: 2, tone: 'plain', what: [`${name} returns`], places };
      if (event.status === 'timeout')
        return { depth: 2, tone: 'failed', what: [`${name} times out`], ...note(event.errorMessage), places };
      return {
        depth: 2,
        tone: 'failed',
        what: [`${name} throws `, code(event.errorType ?? 'an error')],
        ...note(event.errorMessage),
        places,
      };
    }
    case 'answer':
      if (event.what === 'error')
        return {
          depth: 0,
          tone: 'failed',
          what: [`${sayer} gets `, code(event.message ?? '')],
          note: 'from API Gateway',
          places: [person],
        };
      if (event.what === 'route response')
        return {
          depth: 0,
          tone: 'plain',
          what: [`${sayer} gets the function’s answer`],
          note: counted(event.bytes ?? 0, 'byte'),
          places: [person],
        };
      return {
        depth: 0,
        tone: isSuccess(event.statusCode) ? 'plain' : 'failed',
        what: [`no answer goes to ${sayer}`],
        ...note(event.statusCode === undefined ? undefined : `the function returned ${event.statusCode}`),
        places: [person],
      };
    case 'connected':
      return {
        depth: 0,
        tone: 'allowed',
        what: [`${sayer} is connected, `, code('101')],
        ...note(event.principalId && `as ${event.principalId}`),
        places: [person],
      };
    case 'refused':
      return {
        depth: 0,
        tone: 'failed',
        what: [`${sayer} is rejected, `, code(String(event.status))],
        ...note(event.message ?? 'as $connect answered'),
        places: [person],
      };
    default:
      return undefined;
  }
}

const asksInWords = {
  nobody: 'no authorization',
  authorizer: 'an authorizer decides',
  iam: 'IAM checks the signature',
  'no route': 'no $connect route: everyone gets in',
} as const;

function isSuccess(statusCode = 200): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function routeLine(event: Extract<TraceEvent, { kind: 'route' }>): Line {
  const { expression, key, routeKey, isThrottled } = event;
  const asked = key === undefined ? 'the message isn’t JSON' : `${expression} is “${key}”`;
  if (routeKey === undefined)
    return {
      depth: 1,
      tone: 'refused',
      what: ['no route matches'],
      note: `${asked}, and there is no $default`,
      places: ['gateway'],
    };
  const places = [`route ${routeKey}`, 'gateway'];
  if (isThrottled)
    return {
      depth: 1,
      tone: 'refused',
      what: ['throttled at ', code(routeKey)],
      note: 'more messages than the stage admits',
      places,
    };
  const isDefault = routeKey === '$default';
  return {
    depth: 1,
    tone: 'plain',
    what: ['route ', code(routeKey)],
    note: isDefault ? `${asked}: no such route` : asked,
    places,
  };
}

function permissionLine(event: Extract<TraceEvent, { kind: 'permission' }>, names: Names): Line {
  const name = names.function(event.function ?? '');
  const places = [`gate ${gateOf(event)}`, `route ${event.routeKey}`];
  if (event.problem !== undefined) {
    const problem =
      event.problem === 'no such function' ? `there is no function ${name}` : `there is no such role: ${event.role}`;
    return { depth: 1, tone: 'refused', what: [`API Gateway can’t invoke ${name}`], note: problem, places };
  }
  if (!event.allowed)
    return {
      depth: 1,
      tone: 'refused',
      what: [`API Gateway isn’t allowed to invoke ${name}`],
      ...note(decidedBy(event.decision)),
      places,
    };
  return {
    depth: 1,
    tone: 'allowed',
    what: [`API Gateway is allowed to invoke ${name}`],
    ...note(decidedBy(event.decision)),
    places,
  };
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
    return {
      depth: 2,
      tone: 'refused',
      what: [shownCall, ...whom, ': ', denialInWords(denial)],
      note: denial.action,
      places,
    };
  }
  const said = decidedBy(event.decisions.at(-1));
  const found = count === undefined ? [] : [counted(count, 'row')];
  if (status >= 400) {
    const why = status === 410 ? 'the connection is gone' : (error ?? `status ${status}`);
    return {
      depth: 2,
      tone: status === 410 ? 'plain' : 'failed',
      what: [shownCall, ...whom, `: ${why}`],
      ...note(said),
      places,
    };
  }
  return {
    depth: 2,
    tone: 'allowed',
    what: [shownCall, ...whom],
    ...note([...found, said].filter(Boolean).join(' · ')),
    places,
  };
}
