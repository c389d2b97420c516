import type { EvaluationResult } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { answerOf, simulate } from './simulate.ts';

const resource = 'arn:aws:execute-api:us-east-1:111122223333:api1/room/POST/@connections/x';
const result = (more: Partial<EvaluationResult>): EvaluationResult => ({
  EvalActionName: 'execute-api:ManageConnections',
  EvalResourceName: resource,
  EvalDecision: 'implicitDeny',
  ...more,
});
const specific = (more: object) =>
  result({ ResourceSpecificResults: [{ EvalResourceName: resource, EvalResourceDecision: 'implicitDeny', ...more }] });

test.each<[string, EvaluationResult, object]>([
  [
    'allowed, by a policy',
    specific({
      EvalResourceDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'p' }, { SourcePolicyId: 'p' }],
    }),
    { decision: 'allowed', by: ['p'] },
  ],
  ['denied, since nothing allows it', result({}), { decision: 'denied' }],
  [
    'denied by a statement',
    result({ EvalDecision: 'explicitDeny', MatchedStatements: [{ SourcePolicyId: 'p' }] }),
    { decision: 'denied', why: 'denied by p' },
  ],
  [
    'denied by the boundary',
    specific({ PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } }),
    { decision: 'denied', why: "not allowed by the role's permissions boundary" },
  ],
  [
    'undecided, for the organization denies it',
    result({ OrganizationsDecisionDetail: { AllowedByOrganizations: false } }),
    { decision: 'unknown' },
  ],
  [
    'undecided without the context',
    specific({ MissingContextValues: ['aws:SourceIp'] }),
    { decision: 'unknown', why: expect.stringContaining('aws:SourceIp') },
  ],
  [
    'decided if only context is missing that no call has',
    specific({ MissingContextValues: ['aws:SourceVpce'] }),
    { decision: 'denied' },
  ],
  [
    "decided if another service's key is missing",
    specific({ MissingContextValues: ['dynamodb:Select'] }),
    { decision: 'denied' },
  ],
])('%s', (_, given, expected) => {
  expect(answerOf(resource, given)).toMatchObject(expected);
});

test('a checker without the permission says what to ask for', async () => {
  const refused = Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
  const client = { send: () => Promise.reject(refused) };
  const target = { region: 'us-east-1', clients: { iam: async () => client } } as unknown as Subject['target'];
  const roleArn = 'arn:aws:iam::111122223333:role/chat-Sender';
  const sender = { functionName: 'f', functionArn: 'arn', roleArn, roleName: 'chat-Sender', keysIn: [] };
  const asked = simulate({ target }, sender, []);
  await expect(asked).rejects.toBeInstanceOf(LabError);
  await expect(asked).rejects.toHaveProperty(
    'next',
    expect.stringMatching(/"Action":\["iam:SimulatePrincipalPolicy",.*"Resource":"arn:aws:iam/),
  );
});
