import { operatorName, textsOf } from './conditions.ts';
import { arnProblem, legacyArn } from './validate-arn.ts';
import {
  isEmpty,
  policyIsWellFormed,
  type Statement,
  sidsRepeat,
  statementIsWellFormed,
  statementsOf,
} from './validate-syntax.ts';
import { instantOf } from './values.ts';

/**
 * Returns the first problem of an identity-based policy or a permissions boundary, in IAM's order. Inline policies can
 * omit the version, or have the older one.
 */
export function identityProblem(policy: Statement | undefined, kind: 'identity' | 'inline'): string | undefined {
  const statements = policy && statementsOf(policy);
  if (policy === undefined || statements === undefined || statements.length === 0) return 'Syntax errors in policy.';
  if (!policyIsWellFormed(policy) || !statements.every(statementIsWellFormed)) return 'Syntax errors in policy.';
  if (kind === 'identity' && policy.Version !== '2012-10-17')
    return 'Policy document must be version 2012-10-17 or greater.';
  if (statements.some(({ Principal, NotPrincipal }) => Principal !== undefined || NotPrincipal !== undefined)) {
    return 'Policy document should not specify a principal.';
  }
  const resources = statements.flatMap(({ Resource, NotResource }) => textsOf(Resource ?? NotResource ?? []));
  const malformedArn = resources.map(arnProblem).find((problem) => problem !== undefined);
  const legacy = statements.every(isLegacy) && (malformedArn !== undefined || resources.every(legacyArn));
  if (!legacy) return 'The policy failed legacy parsing';
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
  if (statements.some(({ Sid }) => !/^[0-9A-Za-z]*$/.test(String(Sid ?? '')))) {
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
  }
  if (sidsRepeat(statements)) return 'Statement IDs (SID) in a single policy must be unique.';
  if (statements.some(({ Action, NotAction }) => isEmpty(Action ?? NotAction))) {
    return 'Policy statement must contain actions.';
  }
  if (malformedArn !== undefined) return malformedArn;
  const actions = statements.flatMap(({ Action, NotAction }) => textsOf(Action ?? NotAction));
  const malformedAction = actions.map(actionProblem).find((problem) => problem !== undefined);
  if (malformedAction !== undefined) return malformedAction;
  if (statements.some(({ Resource, NotResource }) => isEmpty(Resource ?? NotResource))) {
    return 'Policy statement must contain resources.';
  }
  return undefined;
}

/** Whether IAM's older parser accepts a statement: it also requires the effect's case, and valid dates. */
function isLegacy({ Effect, Condition }: Statement): boolean {
  if (Effect !== 'Allow' && Effect !== 'Deny') return false;
  return Object.entries(Condition ?? {}).every(
    ([operator, block]) =>
      !operatorName(operator).base.startsWith('date') ||
      Object.values(block as object)
        .flatMap(textsOf)
        .every(isDate),
  );
}

function isDate(text: string): boolean {
  if (/^\d+$/.test(text)) return BigInt(text) < 2n ** 63n;
  // Years beyond JavaScript's dates are still years.
  return instantOf(text) !== undefined || /^-?\d{1,9}$/.test(text);
}

function actionProblem(action: string): string | undefined {
  if (action === '*') return undefined;
  const [vendor = '', name, ...more] = action.split(':');
  if (name === undefined) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (more.length > 0) return 'Actions/Condition can contain only one colon.';
  return vendor === '*' || /^[\w.-]*$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}
