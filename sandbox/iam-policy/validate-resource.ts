import { isObject, textsOf } from './conditions.ts';
import { isServicePrincipal } from './service-principals.ts';
import {
  areTexts,
  effectOf,
  isEmpty,
  type Statement,
  sidsRepeat,
  statementIsWellFormed,
  statementsOf,
  versions,
} from './validate-syntax.ts';

/** The first problem of a role's trust policy or of a policy on another resource. */
export function resourceProblem(policy: Statement | undefined, kind: 'trust' | 'resource'): string | undefined {
  if (policy === undefined) return 'This policy contains invalid Json';
  if (policy.Version !== undefined && !versions.includes(policy.Version)) {
    return 'The policy must contain a valid version string';
  }
  const foreign = Object.keys(policy).find((element) => !['Version', 'Id', 'Statement'].includes(element));
  if (foreign !== undefined) return 'Syntax errors in policy.';
  if (policy.Statement === undefined) return 'Missing required field Statement';
  const statements = statementsOf(policy);
  if (statements === undefined) return 'Syntax errors in policy.';
  if (statements.length === 0) return 'Could not parse the policy: Statement is empty!';
  for (const statement of statements) {
    const problem =
      statementProblem(statement, kind) ?? (kind === 'trust' ? trustProblem(statement) : attachedProblem(statement));
    if (problem !== undefined) return problem;
  }
  return sidsRepeat(statements) ? 'The Statement Ids in the policy are not unique' : undefined;
}

function statementProblem(statement: Statement, kind: 'trust' | 'resource'): string | undefined {
  const { Effect, Principal, NotPrincipal, Action, NotAction } = statement;
  if (Effect === undefined) return 'Missing required field Effect';
  if (typeof Effect !== 'string') return 'Syntax errors in policy.';
  // Only trust policies can have it in another case.
  const effect = kind === 'trust' ? effectOf(Effect) : Effect;
  if (effect !== 'Allow' && effect !== 'Deny') return `Invalid effect: ${Effect}`;
  if (!statementIsWellFormed(statement)) return 'Syntax errors in policy.';
  if (Principal === undefined && NotPrincipal === undefined) return 'Missing required field Principal';
  if (NotPrincipal !== undefined && effect === 'Allow') return 'Allow with NotPrincipal is not allowed.';
  if (isEmpty(Action ?? NotAction)) return 'Missing required field Action';
  return principalProblem(Principal ?? NotPrincipal);
}

function principalProblem(principal: unknown): string | undefined {
  if (principal === '*') return undefined;
  if (!isObject(principal)) return 'Invalid principal in policy';
  if (Object.keys(principal).length === 0) return 'Missing required field Principal cannot be empty!';
  for (const [kind, names] of Object.entries(principal)) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind))
      return `Invalid principal in policy: "${kind}"`;
    if (!areTexts(names)) return 'Syntax errors in policy.';
    const wrong = textsOf(names).find((name) => !isName(kind, name));
    if (wrong !== undefined) return `Invalid principal in policy: "${kind.toUpperCase()}":"${wrong}"`;
  }
  return undefined;
}

/** Only the format of a user's or role's name: whether it exists is up to IAM's own operations. */
function isName(kind: string, name: string): boolean {
  if (kind === 'Service') return isServicePrincipal(name);
  if (kind !== 'AWS') return name !== '';
  return name === '*' || /^\d{12}$/.test(name) || /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name) || isPrincipalArn(name);
}

function isPrincipalArn(name: string): boolean {
  return /^arn:aws(?:-[a-z-]+)?:(?:iam|sts)::\d{12}:(?:root|(?:user|role|assumed-role|federated-user)\/[^*?]+)$/.test(
    name,
  );
}

function trustProblem({
  Principal,
  NotPrincipal,
  Action,
  NotAction,
  Resource,
  NotResource,
}: Statement): string | undefined {
  if (NotPrincipal !== undefined) return 'AssumeRole policy must not contain NotPrincipal field.';
  if (Principal === '*') return 'AssumeRolepolicy contained an invalid principal: "STAR":"*".';
  if (Resource !== undefined) return 'Has prohibited field Resource';
  if (NotResource !== undefined) return 'AssumeRole policy must not contain resources.';
  if (!textsOf(Action ?? NotAction).every((action) => /^sts:/i.test(action))) {
    return 'AssumeRole policy may only specify STS AssumeRole actions.';
  }
  return undefined;
}

function attachedProblem({ Resource, NotResource }: Statement): string | undefined {
  return isEmpty(Resource ?? NotResource) ? 'Missing required field Resource' : undefined;
}
