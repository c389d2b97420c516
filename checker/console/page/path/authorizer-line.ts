import type { TraceEvent } from '../../../aws/practice.ts';
import { note } from './note.ts';
import type { Line, Names } from './step.ts';

type AuthorizerEvent = Extract<TraceEvent, { kind: 'authorizer' }>;

/** Describes an authorizer's decision. */
export function authorizerLine(event: AuthorizerEvent & TraceEvent, names: Names): Line {
  const name = names.function(event.function ?? '') || event.name;
  const places = [`authorizer ${event.function}`, `function ${event.function}`, 'gateway'];
  if (event.outcome === 'allowed') {
    return {
      depth: 1,
      tone: 'allowed',
      what: [`${name} admits it`],
      ...note(event.principalId && `as ${event.principalId}`),
      places,
    };
  }
  return { depth: 1, tone: 'refused', what: [authorizerInWords(event, name)], ...note(event.problem), places };
}

/** Describes the call of an authorizer, which answers later; undefined if it isn't invoked. */
export function askedLine(event: TraceEvent, names: Names): Line | undefined {
  if (event.kind !== 'authorizer' || event.outcome === 'missing identity') return undefined;
  const name = names.function(event.function ?? '') || event.name;
  const what = [`API Gateway asks ${name} about the ${sourcesInWords(event.identitySource) || 'request'}`];
  return { depth: 1, tone: 'plain', what, places: [`authorizer ${event.function}`, 'gateway'] };
}

/** Describes the result of calling an authorizer. */
export function authorizerInWords({ outcome, identitySource }: AuthorizerEvent, name: string): string {
  switch (outcome) {
    case 'allowed':
      return `${name} admits it`;
    case 'missing identity':
      return `${name} isn’t invoked: the request has no ${sourcesInWords(identitySource)}`;
    case 'unauthorized':
      return `${name} answers “Unauthorized”`;
    case 'denied':
      return `${name} denies it`;
    case 'malformed':
      return `${name} returns an invalid policy`;
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
