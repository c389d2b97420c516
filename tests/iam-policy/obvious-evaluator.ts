/**
 * A second policy evaluator, to compare the first one with: written only from the IAM User Guide, without regard to
 * speed. It shares nothing with `sandbox/iam-policy` and compiles nothing: every question reads the documents again.
 * The pages are under https://docs.aws.amazon.com/IAM/latest/UserGuide/.
 */
import { addressMatches } from './obvious-address.ts';
import {
  completed,
  list,
  partsOf,
  regExp,
  resourceMatches,
  tokens,
  type Values,
  valuesOf,
  type World,
} from './obvious-pattern.ts';

export interface PlainStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, Values>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, Values>>;
  readonly Action?: Values;
  readonly NotAction?: Values;
  readonly Resource?: Values;
  readonly NotResource?: Values;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

export interface PlainPolicy {
  readonly Version?: string;
  readonly Statement: readonly PlainStatement[];
}

export interface PlainRequest {
  readonly principal: {
    readonly type: 'user' | 'assumed-role' | 'federated-user' | 'root' | 'service' | 'anonymous';
    readonly arn: string;
    readonly accountId?: string;
    readonly roleArn?: string;
  };
  readonly action: string;
  readonly resource: string;
  readonly resourceAccountId: string;
  readonly context: Readonly<Record<string, Values>>;
  readonly identity: readonly PlainPolicy[];
  readonly resourcePolicy?: PlainPolicy;
  readonly trust?: PlainPolicy;
  readonly boundary?: PlainPolicy;
  readonly session?: readonly PlainPolicy[];
}

export type Outcome = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** reference_policies_evaluation-logic_policy-eval-denyallow.html and …-cross-account.html, from top to bottom. */
export function obviously(request: PlainRequest): Outcome {
  const { principal } = request;
  const attached = request.trust ?? request.resourcePolicy;
  const onResource = attached === undefined ? [] : [attached];
  const boundary = request.boundary === undefined ? undefined : [request.boundary];
  const session = request.session?.length ? request.session : undefined;

  // "An explicit deny in any of these policies overrides the allow."
  const own = [...request.identity, ...(boundary ?? []), ...(session ?? [])];
  if (own.some((policy) => ownSays(policy, 'Deny', request))) return 'explicitDeny';
  if (onResource.some((policy) => grants(policy, 'Deny', request).length > 0)) return 'explicitDeny';

  const named = onResource.flatMap((policy) => grants(policy, 'Allow', request));
  if (principal.type === 'service' || principal.type === 'anonymous') {
    return named.length > 0 ? 'allowed' : 'implicitDeny';
  }
  const identityAllows = principal.type === 'root' || request.identity.some((one) => ownSays(one, 'Allow', request));
  const boundaryAllows = boundary?.some((policy) => ownSays(policy, 'Allow', request)) ?? true;
  const sessionAllows = session?.some((policy) => ownSays(policy, 'Allow', request)) ?? true;
  const withinLimits = boundaryAllows && sessionAllows;

  if (request.resourceAccountId !== principal.accountId) {
    // "Both accounts must allow it."
    return identityAllows && withinLimits && named.length > 0 ? 'allowed' : 'implicitDeny';
  }
  // A grant to the user, to the session or to everybody is not limited by the boundary or the session policy.
  if (named.includes('caller')) return 'allowed';
  if (named.includes('role') && withinLimits) return 'allowed';
  const resourceAgrees = request.trust === undefined || named.length > 0;
  return identityAllows && withinLimits && resourceAgrees ? 'allowed' : 'implicitDeny';
}

function ownSays(policy: PlainPolicy, effect: 'Allow' | 'Deny', request: PlainRequest): boolean {
  return policy.Statement.some((statement) => statement.Effect === effect && covers(policy, statement, request));
}

/** How each statement of that effect names the caller. */
function grants(
  policy: PlainPolicy,
  effect: 'Allow' | 'Deny',
  request: PlainRequest,
): Array<'caller' | 'role' | 'account'> {
  return policy.Statement.filter((statement) => statement.Effect === effect && covers(policy, statement, request))
    .map((statement) => whoIsNamed(statement, request))
    .filter((named) => named !== undefined);
}

/** reference_policies_elements_principal.html and reference_policies_elements_notprincipal.html */
function whoIsNamed(
  { Effect, Principal, NotPrincipal }: PlainStatement,
  { principal, boundary }: PlainRequest,
): 'caller' | 'role' | 'account' | undefined {
  if (Principal !== undefined) return namedIn(Principal, principal);
  if (NotPrincipal === undefined) return undefined;
  const listed = namedIn(NotPrincipal, principal);
  if (Effect === 'Allow') return listed === undefined ? 'caller' : undefined;
  // access_policies_boundaries.html: such a Deny applies to everyone with a boundary. In an account that is listed, it
  // spares only the user or session that is also listed ("all principals are denied except for the user named Bob").
  return listed === 'caller' && boundary === undefined ? undefined : 'caller';
}

function namedIn(
  element: '*' | Readonly<Record<string, Values>>,
  { type, arn, accountId, roleArn }: PlainRequest['principal'],
): 'caller' | 'role' | 'account' | undefined {
  if (element === '*') return 'caller';
  const aws = list(element.AWS ?? []);
  if (aws.includes('*')) return 'caller';
  if (type === 'service') return list(element.Service ?? []).includes(arn) ? 'caller' : undefined;
  if (type === 'anonymous') return undefined;
  if (aws.includes(arn)) return 'caller';
  if (roleArn !== undefined && aws.includes(roleArn)) return 'role';
  const account = aws.some((name) => name === accountId || name === `arn:aws:iam::${accountId}:root`);
  if (!account) return undefined;
  return type === 'root' ? 'caller' : 'account';
}

function covers(policy: PlainPolicy, statement: PlainStatement, request: PlainRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const world = { context: request.context, variables: policy.Version === '2012-10-17' };
  // reference_policies_elements_action.html: names are not case-sensitive.
  const action = (pattern: string) => regExp(tokens(pattern, undefined), true).test(request.action);
  const isIdentity = statement.Principal === undefined && statement.NotPrincipal === undefined;
  const resource = (pattern: string) =>
    resourceMatches(pattern, request.resource, world) ||
    (isIdentity && resourceMatches(completed(pattern), request.resource, world));
  if (Action !== undefined && !list(Action).some(action)) return false;
  if (NotAction !== undefined && list(NotAction).some(action)) return false;
  if (Resource !== undefined && !list(Resource).some(resource)) return false;
  if (NotResource !== undefined && list(NotResource).some(resource)) return false;
  return Object.entries(Condition).every(([operator, block]) =>
    Object.entries(block).every(([key, values]) => conditionHolds(operator, key, list(values), world)),
  );
}

/**
 * reference_policies_elements_condition_operators.html; for sets of values
 * reference_policies_condition-single-vs-multi-valued-context-keys.html.
 */
function conditionHolds(operator: string, key: string, wanted: readonly string[], world: World): boolean {
  const [, set = '', name = '', ifExists = ''] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const given = valuesOf(key, world);
  if (name === 'Null') return wanted.includes(given.length === 0 ? 'true' : 'false');
  if (given.length === 0 && ifExists !== '') return true;
  const isNegated = /Not/.test(name);
  const positive = name.replace('Not', '');
  const matches = (value: string) => wanted.some((one) => valueMatches(positive, one, value, world));
  const holds = (value: string) => (isNegated ? !matches(value) : matches(value));
  if (set !== '' && given.every((value) => value === '')) return set === 'ForAllValues:';
  if (set === 'ForAllValues:') return given.every(holds);
  if (set === 'ForAnyValue:') return given.some(holds);
  // Negated operators are true if the key is missing and if none of the values matches.
  return isNegated ? !given.some(matches) : given.some(matches);
}

function valueMatches(operator: string, wanted: string, given: string, world: World): boolean {
  const [, family = '', order = ''] = /^(Numeric|Date)(.*)$/.exec(operator) ?? [];
  if (family !== '') return inOrder(order, instantOrNumber(family, given), instantOrNumber(family, wanted));
  switch (operator) {
    case 'StringEquals':
      return regExp(tokens(wanted, world), false, '\\*', '\\?').test(given);
    case 'StringEqualsIgnoreCase':
      return regExp(tokens(wanted, world), true, '\\*', '\\?').test(given);
    case 'StringLike':
      return regExp(tokens(wanted, world)).test(given);
    case 'ArnEquals':
    case 'ArnLike': {
      const parts = partsOf(given);
      const patterns = partsOf(wanted);
      if (parts.length !== 6 || parts[0] !== 'arn' || patterns.length !== 6) return false;
      return patterns.every((pattern, index) => regExp(tokens(pattern, world)).test(parts[index] ?? ''));
    }
    case 'Bool':
      return /^(true|false)$/i.test(given) && given.toLowerCase() === wanted.toLowerCase();
    case 'BinaryEquals':
      return given === wanted;
    case 'IpAddress':
      return addressMatches(wanted, given);
    default:
      throw new Error(`The obvious evaluator does not know ${operator}.`);
  }
}

/** NaN if it is neither: NaN compares with nothing. */
function instantOrNumber(family: string, text: string): number {
  if (/^-?[\d.]+$/.test(text)) return family === 'Date' ? Number(text) * 1000 : Number(text);
  return family === 'Date' ? Date.parse(text) : Number.NaN;
}

function inOrder(order: string, given: number, wanted: number): boolean {
  if (order === 'Equals') return given === wanted;
  if (order === 'LessThan') return given < wanted;
  if (order === 'LessThanEquals') return given <= wanted;
  return order === 'GreaterThan' ? given > wanted : given >= wanted;
}
