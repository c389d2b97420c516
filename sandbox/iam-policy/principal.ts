import { isObject, textsOf } from './conditions.ts';

/** The caller of a request, as policies can name it. */
export interface RequestPrincipal {
  /** From GetCallerIdentity; for a service its name, `apigateway.amazonaws.com`. */
  readonly arn: string;
  /** Twelve digits; a service and an anonymous caller belong to no account. */
  readonly accountId?: string;
  readonly type: 'user' | 'assumed-role' | 'federated-user' | 'root' | 'service' | 'web-identity' | 'anonymous';
  /** The role behind a session; for a federated user, the user who requested the token. */
  readonly roleArn?: string;
  /** The names of a calling service: `apigateway.amazonaws.com`. */
  readonly services?: readonly string[];
  /** The identity provider behind a web identity: its ARN, or `cognito-identity.amazonaws.com`. */
  readonly federated?: string;
}

/**
 * How a Principal element names the caller, which decides what limits the grant within an account:
 * - `direct`: the user, the session or everyone: not limited by what other policies leave out;
 * - `role`: the role behind the session: limited by permissions boundary and session policies;
 * - `account`: the account as a whole: its own policies must allow, too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Naming = 'direct' | 'role' | 'account';

/** How the caller is named, or nothing if it isn't. */
export type PrincipalMatcher = (principal: RequestPrincipal, bounded: boolean) => Naming | undefined;

/** Compiles `Principal` or `NotPrincipal`; a statement with neither has none. */
export function principalOf(statement: Readonly<Record<string, unknown>>): PrincipalMatcher | undefined {
  const { Principal: named, NotPrincipal: excepted } = statement;
  if (named !== undefined && excepted !== undefined) return () => undefined;
  if (named !== undefined) return matcherOf(named);
  if (excepted === undefined) return undefined;
  const match = matcherOf(excepted);
  if (statement.Effect !== 'Deny') {
    return (principal, bounded) => (match(principal, bounded) === undefined ? 'direct' : undefined);
  }
  // A Deny spares only the listed user or session, not others of a listed account or role:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  // AWS warns that it applies to every principal with a permissions boundary:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  return (principal, bounded) => (bounded || match(principal, bounded) !== 'direct' ? 'direct' : undefined);
}

function matcherOf(element: unknown): PrincipalMatcher {
  if (element === '*') return () => 'direct';
  if (!isObject(element)) return () => undefined;
  const aws = new Set(textsOf(element.AWS).map(accountId));
  const services = new Set(textsOf(element.Service));
  const providers = new Set(textsOf(element.Federated));
  return (principal) => {
    if (aws.has('*')) return 'direct';
    switch (principal.type) {
      case 'anonymous':
        return undefined;
      case 'service':
        return principal.services?.some((name) => services.has(name)) || services.has(principal.arn)
          ? 'direct'
          : undefined;
      case 'web-identity':
        return principal.federated !== undefined && providers.has(principal.federated) ? 'direct' : undefined;
      default:
        return inAccount(principal, aws);
    }
  };
}

function inAccount(principal: RequestPrincipal, aws: ReadonlySet<string>): Naming | undefined {
  if (aws.has(principal.arn)) return 'direct';
  if (principal.roleArn !== undefined && aws.has(principal.roleArn)) return 'role';
  if (principal.accountId === undefined || !aws.has(principal.accountId)) return undefined;
  return principal.type === 'root' ? 'direct' : 'account';
}

/** `arn:aws:iam::111122223333:root` and `111122223333` mean the same. */
function accountId(value: string): string {
  return /^arn:[^:]+:iam::(\d{12}):root$/.exec(value)?.[1] ?? value;
}
