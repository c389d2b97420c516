import { CreateRoleCommand, GetRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type Credentials,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { type TestAccount, testAccount } from '../../account.ts';
import { assume, makeRole, makeUser, policy, withCredentials } from '../iam-enforcement/callers.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

const all = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
const everybody = { Principal: { AWS: '111122223333' } };
const team = (Value: string) => [{ Key: 'Team', Value }];

/** Whether a caller may read a role, which the roles here allow only to sessions of one team. */
async function mayRead(client: TestAccount['client']): Promise<boolean> {
  const read = new IAMClient(client).send(new GetRoleCommand({ RoleName: 'tagged' }));
  return read.then(
    () => true,
    () => false,
  );
}

test("a session's tags are those of its principal, before those of the role", async () => {
  const PolicyDocument = { Action: 'iam:GetRole', Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'blue' } } };
  const RoleArn = await makeRole(account, 'tagged', [PolicyDocument], { trust: { ...everybody, Action: all } });
  expect(await mayRead(await assume(account.client, RoleArn))).toBe(false);
  expect(await mayRead(await assume(account.client, RoleArn, { Tags: team('blue') }))).toBe(true);
  expect(await mayRead(await assume(account.client, RoleArn, { Tags: team('red') }))).toBe(false);

  const AssumeRolePolicyDocument = policy({ ...everybody, Action: all });
  const blue = { RoleName: 'born-blue', AssumeRolePolicyDocument, Tags: [{ Key: 'team', Value: 'blue' }] };
  const { Role: { Arn: born = '' } = {} } = await iam.send(new CreateRoleCommand(blue));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'born-blue',
      PolicyName: 'permissions',
      PolicyDocument: policy(PolicyDocument),
    }),
  );
  expect(await mayRead(await assume(account.client, born))).toBe(true);
  expect(await mayRead(await assume(account.client, born, { Tags: team('red') }))).toBe(false);

  const next = await makeRole(account, 'next', [PolicyDocument, { Action: 'sts:*' }], {
    trust: { Principal: { AWS: '111122223333' }, Action: all },
  });
  // In a chain of sessions, the next one has only the tags that the previous one marked as transitive.
  const passing = await assume(account.client, next, { Tags: team('blue'), TransitiveTagKeys: ['Team'] });
  expect(await mayRead(await assume(passing, RoleArn))).toBe(true);
  expect(await mayRead(await assume(await assume(account.client, next, { Tags: team('blue') }), RoleArn))).toBe(false);
  await expect(assume(passing, RoleArn, { Tags: team('red') })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: expect.stringContaining('conflicts with a transitive tag key from the calling session'),
  });
});

test('both sides must allow tagging a session', async () => {
  const closed = await makeRole(account, 'closed', [], { trust: everybody });
  await expect(assume(account.client, closed, { Tags: team('blue') })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: sts:TagSession on resource: ${closed}`,
  });
  const open = await makeRole(account, 'open', [], {
    trust: {
      ...everybody,
      Action: all,
      Condition: { StringLikeIfExists: { 'aws:RequestTag/Team': 'bl*', 'sts:SourceIdentity': 'ann' } },
    },
  });
  const user = await makeUser(account, 'untagging', [{ Action: 'sts:AssumeRole' }]);
  await assume(user, open);
  await expect(assume(user, open, { Tags: team('blue') })).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume(user, open, { SourceIdentity: 'ann' })).rejects.toMatchObject({ name: 'AccessDenied' });
  await assume(account.client, open, { Tags: team('blue'), SourceIdentity: 'ann' });
  await expect(assume(account.client, open, { Tags: team('red') })).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume(account.client, open, { SourceIdentity: 'bob' })).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('transitive tags need the same permission', async () => {
  const first = await makeRole(account, 'handing-on', [{ Action: 'sts:*' }], { trust: { ...everybody, Action: all } });
  const next = await makeRole(account, 'untaggable', [], { trust: everybody });
  const kept = await assume(account.client, first, { Tags: team('blue') });
  await assume(kept, next);
  const passing = await assume(account.client, first, { Tags: team('blue'), TransitiveTagKeys: ['Team'] });
  await expect(assume(passing, next)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`is not authorized to perform: sts:TagSession on resource: ${next}`),
  });
});

test("tags that don't fit into the token are too many", async () => {
  const long = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ Key: `${n}`.padEnd(100, 'k'), Value: 'v'.repeat(200) }));
  const roomy = await makeRole(account, 'roomy', [{ Action: 'sts:*' }], { trust: { ...everybody, Action: all } });
  const TransitiveTagKeys = long(9).map(({ Key }) => Key);
  const full = await assume(account.client, roomy, { Tags: long(9), TransitiveTagKeys });
  await new STSClient(full).send(new GetCallerIdentityCommand({}));
  const tooMany = { name: 'PackedPolicyTooLargeException', message: expect.stringMatching(/^Packed size of .*tags/) };
  await expect(assume(account.client, roomy, { Tags: long(50) })).rejects.toMatchObject(tooMany);
  // Tags that are passed on take up space in the next token too.
  const more = long(18).slice(9);
  await expect(assume(full, roomy, { Tags: more })).rejects.toMatchObject(tooMany);
});

test('the person behind a session is kept, also through other roles', async () => {
  const trust = { ...everybody, Action: all };
  const isAnn = { Action: 'iam:GetRole', Condition: { StringEquals: { 'aws:SourceIdentity': 'ann' } } };
  const first = await makeRole(account, 'identified', [{ Action: 'sts:*' }], { trust });
  const second = await makeRole(account, 'identified-next', [isAnn], { trust });
  const sts = new STSClient(account.client);
  const answer = await sts.send(
    new AssumeRoleCommand({ RoleArn: first, RoleSessionName: 'me', SourceIdentity: 'ann', Tags: team('blue') }),
  );
  expect(answer).toMatchObject({ SourceIdentity: 'ann', PackedPolicySize: expect.any(Number) });
  const session = withCredentials(account.client, answer.Credentials as Credentials);
  expect(await mayRead(await assume(session, second))).toBe(true);
  await expect(assume(session, second, { SourceIdentity: 'bob' })).rejects.toMatchObject({ name: 'AccessDenied' });
});

test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
  ['one key twice', { Tags: [...team('a'), { Key: 'team', Value: 'b' }] }, 'InvalidParameterValue'],
  ['a transitive key that is no tag', { Tags: team('a'), TransitiveTagKeys: ['x'] }, 'InvalidParameterValue'],
  ['more than fifty', { Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })) }, 'ValidationError'],
  ['too long a value', { Tags: team('a'.repeat(257)) }, 'ValidationError'],
  ['a key of other characters', { Tags: [{ Key: 'team*', Value: 'a' }] }, 'ValidationError'],
  ['a value of other characters', { Tags: team('<a>') }, 'ValidationError'],
  ['a source identity with spaces', { SourceIdentity: 'a b' }, 'ValidationError'],
  ['an ARN in its policy that is not whole', { Policy: policy({ Resource: 'arn:aws:s3' }) }, 'MalformedPolicyDocument'],
])('a session with %s: %s', async (_what, options, name) => {
  const RoleArn = 'arn:aws:iam::111122223333:role/refusing';
  await makeRole(account, 'refusing', [], { trust: { ...everybody, Action: all } }).catch(() => {});
  await expect(assume(account.client, RoleArn, options)).rejects.toMatchObject({
    name: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)),
  });
});
