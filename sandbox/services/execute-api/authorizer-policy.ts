/** What an authorizer's policy says of a connection. */
export type Decision = 'allowed' | 'denied' | 'malformed' | 'conditional';

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

/**
 * Whether a policy that an authorizer returned lets the caller invoke `methodArn`. A deny outweighs every allow, and
 * what no statement matches is denied. `conditional`: a statement has conditions, which are not served here
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-output.html).
 */
export function decide(policy: unknown, methodArn: string): Decision {
  if (typeof policy !== 'object' || policy === null || !('Statement' in policy)) return 'malformed';
  const statements = list(policy.Statement);
  let decision: Decision = 'denied';
  for (const item of statements) {
    if (typeof item !== 'object' || item === null) return 'malformed';
    const statement = item as Statement;
    if (!isWhole(statement)) return 'malformed';
    if (statement.Condition !== undefined) return 'conditional';
    if (!isAbout(statement, methodArn)) continue;
    if (statement.Effect === 'Deny') return 'denied';
    decision = 'allowed';
  }
  return decision;
}

function isWhole({ Effect, Action, NotAction, Resource, NotResource }: Statement): boolean {
  const texts = [Action ?? NotAction, Resource ?? NotResource];
  return (
    (Effect === 'Allow' || Effect === 'Deny') &&
    texts.every((text) => text !== undefined && list(text).every((item) => typeof item === 'string'))
  );
}

function isAbout({ Action, NotAction, Resource, NotResource }: Statement, methodArn: string): boolean {
  const action = Action === undefined ? !matchesAny(NotAction, invoke, 'i') : matchesAny(Action, invoke, 'i');
  const resource = Resource === undefined ? !matchesAny(NotResource, methodArn) : matchesAny(Resource, methodArn);
  return action && resource;
}

const invoke = 'execute-api:Invoke';

function matchesAny(patterns: unknown, text: string, flags = ''): boolean {
  return list(patterns).some((pattern) => {
    const escaped = String(pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${escaped}$`, `s${flags}`).test(text);
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
