// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are policy variables.
import { describe, expect, test } from 'vitest';
import { account, ask, docs, policy, type Statement, short, user } from './asked.ts';
import type { RequestPrincipal } from './principal.ts';

const other = '444455556666';

const session: RequestPrincipal = {
  type: 'assumed-role',
  accountId: account,
  arn: `arn:aws:sts::${account}:assumed-role/sender/one`,
  roleArn: `arn:aws:iam::${account}:role/sender`,
};
const root: RequestPrincipal = { type: 'root', accountId: account, arn: `arn:aws:iam::${account}:root` };
const federated: RequestPrincipal = {
  type: 'federated-user',
  accountId: account,
  arn: `arn:aws:sts::${account}:federated-user/bob`,
  roleArn: user.arn,
};
const apigateway: RequestPrincipal = {
  type: 'service',
  arn: 'apigateway.amazonaws.com',
  services: ['apigateway.amazonaws.com'],
};
const stranger: RequestPrincipal = { type: 'anonymous', arn: '*' };

describe('whose policies apply, and how they combine', () => {
  const allow: Statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const deny: Statement = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
  const nothing: Statement = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
  const to = (Principal: unknown, Effect = 'Allow'): Statement => ({
    Effect,
    Principal,
    Action: 's3:*',
    Resource: '*',
  });
  const except = (NotPrincipal: unknown): Statement => ({
    Effect: 'Deny',
    NotPrincipal,
    Action: 's3:*',
    Resource: '*',
  });
  const aws = (...names: readonly string[]) => ({ AWS: names });
  const rootArn = `arn:aws:iam::${account}:root`;
  const role = session.roleArn as string;
  const logic = `${docs}reference_policies_evaluation-logic_policy-eval-denyallow.html`;
  const cross = `${docs}reference_policies_evaluation-logic-cross-account.html`;
  const boundaries = `${docs}access_policies_boundaries.html`;
  const principals = `${docs}reference_policies_elements_principal.html`;
  const notPrincipals = `${docs}reference_policies_elements_notprincipal.html`;
  interface Case {
    readonly who?: RequestPrincipal;
    readonly identity?: Statement;
    readonly resource?: Statement;
    readonly boundary?: Statement;
    readonly session?: Statement;
    readonly owner?: string;
  }
  const rows: ReadonlyArray<readonly [string, string, Case, `${'allowed' | 'deny' | 'none'} ${string}`]> = [
    [logic, 'the identity alone', { identity: allow }, 'allowed identity'],
    [logic, 'the resource alone, naming the role', { resource: to(aws(role)) }, 'allowed resource'],
    [logic, 'the resource alone, naming the session', { resource: to(aws(session.arn)) }, 'allowed resource'],
    [logic, 'the resource alone, naming the user', { who: user, resource: to(aws(user.arn)) }, 'allowed resource'],
    [logic, 'neither', { resource: to(aws(other)) }, 'none identity'],
    [principals, 'an account hands on to its own policies', { resource: to(aws(account)) }, 'none identity'],
    [principals, 'and they may allow', { identity: allow, resource: to(aws(rootArn)) }, 'allowed identity'],
    [principals, 'everybody', { resource: to('*') }, 'allowed resource'],
    [principals, 'everybody, the other way', { resource: to({ AWS: '*' }) }, 'allowed resource'],
    [principals, 'no wildcard in names', { resource: to(aws(`arn:aws:iam::${account}:role/*`)) }, 'none identity'],
    [principals, 'another session of the role', { resource: to(aws(`${session.arn}2`)) }, 'none identity'],
    [principals, 'a list at the top is no principal', { resource: to(['*']) }, 'none identity'],
    [
      `${docs}reference-arns.html`,
      'only an identity-based policy may leave parts of an ARN out',
      { resource: { ...to('*'), Resource: 'arn:aws:s3' } },
      'none identity',
    ],
    [principals, 'no principal at all', { resource: allow }, 'none identity'],
    [principals, 'anybody without a signature', { who: stranger, resource: to('*') }, 'allowed resource'],
    [principals, 'a stranger has no identity', { who: stranger, identity: allow }, 'none resource'],
    [
      principals,
      'a service',
      { who: apigateway, resource: to({ Service: 'apigateway.amazonaws.com' }) },
      'allowed resource',
    ],
    [
      principals,
      'another service',
      { who: apigateway, resource: to({ Service: 'lambda.amazonaws.com' }) },
      'none resource',
    ],
    [principals, 'a service is no account', { who: apigateway, resource: to(aws(account)) }, 'none resource'],
    [principals, 'a service is denied with everybody', { who: apigateway, resource: to('*', 'Deny') }, 'deny resource'],
    [principals, 'a role is no service', { resource: to({ Service: 'apigateway.amazonaws.com' }) }, 'none identity'],
    [
      principals,
      'an identity provider',
      {
        who: { type: 'web-identity', arn: 'x', federated: 'cognito-identity.amazonaws.com' },
        resource: to({ Federated: 'cognito-identity.amazonaws.com' }),
      },
      'allowed resource',
    ],
    [logic, 'the root user may', { who: root }, 'allowed identity'],
    [logic, 'unless the resource denies', { who: root, resource: to('*', 'Deny') }, 'deny resource'],
    [
      logic,
      'a Deny for the account hits its roles',
      { identity: allow, resource: to(aws(account), 'Deny') },
      'deny resource',
    ],
    [
      logic,
      'a Deny for the role hits its sessions',
      { identity: allow, resource: to(aws(role), 'Deny') },
      'deny resource',
    ],
    [logic, 'a Deny for another', { identity: allow, resource: to(aws(other), 'Deny') }, 'allowed identity'],
    [
      logic,
      'a Deny of the identity wins over the resource',
      { identity: deny, resource: to(aws(session.arn)) },
      'deny identity',
    ],
    [boundaries, 'a boundary that allows', { identity: allow, boundary: allow }, 'allowed identity'],
    [boundaries, 'a boundary that is silent', { identity: allow, boundary: nothing }, 'none boundary'],
    [boundaries, 'a boundary that denies', { identity: allow, boundary: deny }, 'deny boundary'],
    [boundaries, 'a boundary grants nothing', { boundary: allow }, 'none identity'],
    [boundaries, 'it limits a grant to the role', { resource: to(aws(role)), boundary: nothing }, 'none boundary'],
    [
      boundaries,
      'not a grant to the session',
      { resource: to(aws(session.arn)), boundary: nothing },
      'allowed resource',
    ],
    [boundaries, 'nor to the user', { who: user, resource: to(aws(user.arn)), boundary: nothing }, 'allowed resource'],
    [boundaries, 'nor to everybody', { resource: to('*'), boundary: nothing }, 'allowed resource'],
    [boundaries, 'but its Deny does', { resource: to(aws(session.arn)), boundary: deny }, 'deny boundary'],
    [logic, 'a session policy that allows', { identity: allow, session: allow }, 'allowed identity'],
    [logic, 'a session policy that is silent', { identity: allow, session: nothing }, 'none session'],
    [logic, 'a session policy that denies', { identity: allow, session: deny }, 'deny session'],
    [logic, 'a session policy grants nothing', { session: allow }, 'none identity'],
    [logic, 'it limits a grant to the role', { resource: to(aws(role)), session: nothing }, 'none session'],
    [logic, 'not a grant to the session', { resource: to(aws(session.arn)), session: nothing }, 'allowed resource'],
    [
      logic,
      'a federated user by name',
      { who: federated, resource: to(aws(federated.arn)), session: nothing },
      'allowed resource',
    ],
    [
      logic,
      'a federated user by who federated',
      { who: federated, resource: to(aws(user.arn)), session: nothing },
      'none session',
    ],
    [cross, 'both allow', { owner: other, identity: allow, resource: to(aws(role)) }, 'allowed identity'],
    [cross, 'both, by account', { owner: other, identity: allow, resource: to(aws(account)) }, 'allowed identity'],
    [cross, 'the resource only', { owner: other, resource: to(aws(session.arn)) }, 'none identity'],
    [cross, 'the identity only', { owner: other, identity: allow }, 'none resource'],
    [
      cross,
      'the boundary still limits',
      { owner: other, identity: allow, resource: to(aws(session.arn)), boundary: nothing },
      'none boundary',
    ],
    [cross, 'the other account denies', { owner: other, identity: allow, resource: to('*', 'Deny') }, 'deny resource'],
    [notPrincipals, 'everybody else is denied', { identity: allow, resource: except(aws(user.arn)) }, 'deny resource'],
    [
      notPrincipals,
      'the listed is not',
      { identity: allow, resource: except(aws(rootArn, role, session.arn)) },
      'allowed identity',
    ],
    [
      notPrincipals,
      'another user of a listed account is denied',
      { who: user, identity: allow, resource: except(aws(rootArn, `${user.arn}a`)) },
      'deny resource',
    ],
    [
      notPrincipals,
      'a session is, if only its role is listed',
      { identity: allow, resource: except(aws(rootArn, role)) },
      'deny resource',
    ],
    [
      notPrincipals,
      'unless it has a boundary',
      { identity: allow, boundary: allow, resource: except(aws(rootArn, role, session.arn)) },
      'deny resource',
    ],
  ];
  test.each(rows)('%s: %s', (_source, _title, given, expected) => {
    const decision = ask({
      principal: given.who ?? session,
      resourceAccountId: given.owner ?? account,
      identityPolicies: given.identity ? [policy(given.identity)] : [],
      ...(given.resource && { resourcePolicies: [policy(given.resource)] }),
      ...(given.boundary && { permissionsBoundary: policy(given.boundary) }),
      ...(given.session && { sessionPolicies: [policy(given.session)] }),
    });
    expect(`${short[decision.decision]} ${decision.by}`).toBe(expected);
  });
});

describe("a role's trust policy", () => {
  const source = `${docs}reference_policies_evaluation-logic_policy-eval-denyallow.html`;
  const assume = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/x` };
  const may = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' });
  const trusts = (Principal: unknown) => policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
  test.each([
    ['names the user: enough', user, [], { AWS: user.arn }, account, 'allowed trust'],
    ['names the account: the user must be allowed', user, [], { AWS: account }, account, 'none identity'],
    ['names the account, and the user is', user, [may], { AWS: account }, account, 'allowed identity'],
    ['names nobody: it must', user, [may], { AWS: other }, account, 'none trust'],
    ['does not name the root user either', root, [], { AWS: other }, account, 'none trust'],
    ['of another account', user, [may], { AWS: user.arn }, other, 'allowed identity'],
    ['of another account, alone', user, [], { AWS: user.arn }, other, 'none identity'],
    ['names a service', apigateway, [], { Service: 'apigateway.amazonaws.com' }, account, 'allowed trust'],
  ] as const)(`${source}: %s`, (_title, principal, identityPolicies, named, resourceAccountId, expected) => {
    const decision = ask({ ...assume, principal, identityPolicies, resourceAccountId, trustPolicy: trusts(named) });
    expect(`${short[decision.decision]} ${decision.by}`).toBe(expected);
  });
});
