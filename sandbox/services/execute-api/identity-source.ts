/** Where an authorizer's caller identifies itself. */
export interface IdentitySource {
  readonly kind: 'header' | 'querystring' | 'stageVariables' | 'context';
  readonly name: string;
}

/** The parts of a request that an identity source can name. */
export interface IdentityParts {
  /** Names as received. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * Parses `route.request.header.Auth`, `route.request.querystring.token`, `stageVariables.x`, `context.x`
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html); undefined
 * for anything else.
 */
export function readIdentitySource(source: string): IdentitySource | undefined {
  const [, kind, name] = /^(?:route\.request\.)(header|querystring)\.([\w.~!#$%&'*+^`|-]+)$/.exec(source) ?? [];
  if (kind !== undefined && name !== undefined) return { kind: kind as IdentitySource['kind'], name };
  const [, other, member] = /^(stageVariables|context)\.([\w.]+)$/.exec(source) ?? [];
  if (other === undefined || member === undefined) return undefined;
  return { kind: other as IdentitySource['kind'], name: member };
}

/** Whether the request has all identity sources; if not, it is rejected without calling the authorizer. */
export function hasIdentity(sources: readonly string[], parts: IdentityParts): boolean {
  return sources.every((text) => {
    const source = readIdentitySource(text);
    return source !== undefined && isThere(source, parts);
  });
}

function isThere({ kind, name }: IdentitySource, parts: IdentityParts): boolean {
  switch (kind) {
    case 'header':
      return Object.entries(parts.headers).some(
        ([header, value]) => header.toLowerCase() === name.toLowerCase() && value !== '',
      );
    case 'querystring':
      return Object.hasOwn(parts.query, name) && parts.query[name] !== '';
    case 'stageVariables':
      return Object.hasOwn(parts.stageVariables, name) && parts.stageVariables[name] !== '';
    case 'context': {
      let value: unknown = parts.context;
      for (const step of name.split('.')) value = memberOf(value, step);
      return value !== undefined && value !== '';
    }
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
