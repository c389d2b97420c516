import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  ListPoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { policy } from '../iam-enforcement/callers.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

const trusting = (Principal: object) => policy({ Action: 'sts:AssumeRole', Principal });
const trust = trusting({ Service: 'lambda.amazonaws.com' });
const makeRole = (RoleName: string, more: object = {}) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more }));

test('names that differ only in case are the same', async () => {
  await makeRole('Sender');
  await expect(makeRole('SENDER')).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
  await iam.send(new CreateUserCommand({ UserName: 'Ann' }));
  await expect(iam.send(new CreateUserCommand({ UserName: 'ann' }))).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
  });
});

test('a role cannot trust somebody who does not exist', async () => {
  const arn = 'arn:aws:iam::111122223333:user/nobody';
  const nobody = trusting({ AWS: ['111122223333', arn] });
  const refused = { name: 'MalformedPolicyDocumentException', message: `Invalid principal in policy: "AWS":"${arn}"` };
  await expect(makeRole('trusting', { AssumeRolePolicyDocument: nobody })).rejects.toMatchObject(refused);
  await makeRole('trusting');
  const update = new UpdateAssumeRolePolicyCommand({ RoleName: 'trusting', PolicyDocument: nobody });
  await expect(iam.send(update)).rejects.toMatchObject(refused);
  await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
  await iam.send(update);
});

test('a role cannot trust a misspelled service', async () => {
  const typo = trusting({ Service: 'lamda.amazonaws.com' });
  const refused = {
    name: 'MalformedPolicyDocumentException',
    message: 'Invalid principal in policy: "SERVICE":"lamda.amazonaws.com"',
  };
  await expect(makeRole('typo', { AssumeRolePolicyDocument: typo })).rejects.toMatchObject(refused);
  await makeRole('typo');
  const update = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'typo', PolicyDocument }));
  await expect(update(typo)).rejects.toMatchObject(refused);
  await update(trusting({ Service: 'states.us-east-1.amazonaws.com' }));
});

test.each([
  ['roles', (PathPrefix: string) => iam.send(new ListRolesCommand({ PathPrefix }))],
  ['users', (PathPrefix: string) => iam.send(new ListUsersCommand({ PathPrefix }))],
  ['policies', (PathPrefix: string) => iam.send(new ListPoliciesCommand({ PathPrefix }))],
])('%s are listed under a path, which begins with a slash', async (_what, list) => {
  await list('/foo');
  await expect(list('foo')).rejects.toMatchObject({ name: 'ValidationError' });
});

test('descriptions and tags have maximum lengths', async () => {
  const refused = { name: 'ValidationError' };
  const Description = 'x'.repeat(1001);
  await expect(makeRole('long', { Description })).rejects.toMatchObject(refused);
  await makeRole('long', { Description: 'x'.repeat(1000) });
  await expect(iam.send(new UpdateRoleDescriptionCommand({ RoleName: 'long', Description }))).rejects.toMatchObject(
    refused,
  );
  const PolicyDocument = policy({ Action: 's3:*' });
  await expect(
    iam.send(new CreatePolicyCommand({ PolicyName: 'long', PolicyDocument, Description })),
  ).rejects.toMatchObject(refused);
  for (const tag of [
    { Key: '', Value: 'x' },
    { Key: 'x'.repeat(129), Value: 'x' },
    { Key: 'x', Value: 'x'.repeat(257) },
  ]) {
    await expect(iam.send(new TagRoleCommand({ RoleName: 'long', Tags: [tag] }))).rejects.toMatchObject(refused);
  }
});
