import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();
const iam = new IAMClient(account.client);

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const allow = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

test('a role is created, read, changed and deleted', async () => {
  const RoleName = 'sender';
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: '/room/',
      AssumeRolePolicyDocument: trust,
      Description: 'sends (all) the messages!',
      Tags: [{ Key: 'websocket-lab', Value: '01' }],
    }),
  );
  expect(Role?.Arn).toBe('arn:aws:iam::111122223333:role/room/sender');
  expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
  expect(Role?.AssumeRolePolicyDocument).toMatch(/^[\w.~%-]+$/);
  const again = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust });
  await expect(iam.send(again)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });

  await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust.replace('lambda', 'apigateway') }),
  );
  await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'a', Value: '' }] }));
  await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['websocket-lab'] }));
  const read = await iam.send(new GetRoleCommand({ RoleName }));
  expect(read.Role).toMatchObject({ MaxSessionDuration: 7200, Tags: [{ Key: 'a', Value: '' }] });
  expect(read.Role?.CreateDate).toBeInstanceOf(Date);
  expect(decodeURIComponent(read.Role?.AssumeRolePolicyDocument ?? '')).toContain('apigateway.amazonaws.com');
  expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toHaveLength(1);
  const listed = await iam.send(new ListRolesCommand({ PathPrefix: '/room/' }));
  expect(listed.Roles?.map((role) => role.RoleName)).toEqual([RoleName]);

  await iam.send(new DeleteRoleCommand({ RoleName }));
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role with name sender cannot be found.',
  });
});

test('a role with policies is not deleted', async () => {
  const RoleName = 'carrier';
  const PolicyName = 'inline';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: allow('dynamodb:Scan') }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: basicExecution }));
  const remove = () => iam.send(new DeleteRoleCommand({ RoleName }));
  await expect(remove()).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: expect.stringMatching(/detach all policies/),
  });
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(attached.AttachedPolicies).toEqual([{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basicExecution }]);
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: basicExecution }));
  await expect(remove()).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: expect.stringMatching(/delete policies first/),
  });
  const inline = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(allow('dynamodb:Scan'));
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([PolicyName]);
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await remove();
});

test('a managed policy has versions, holders and boundaries', async () => {
  const RoleName = 'bounded';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'reads', PolicyDocument: allow('s3:Get*') }));
  const PolicyArn = Policy?.Arn;
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow('s3:List*'), SetAsDefault: true }));
  await expect(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  expect(Versions).toMatchObject([{ VersionId: 'v2', IsDefaultVersion: true }]);

  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: PolicyArn }));
  expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 1,
    DefaultVersionId: 'v2',
  });
  const entities = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(entities.PolicyRoles).toMatchObject([{ RoleName }]);
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(PolicyArn);
  await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
});

test('the policies that AWS manages have their documents and cannot be changed', async () => {
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: basicExecution, VersionId: 'v1' }));
  expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')).Statement[0].Action).toContain(
    'logs:PutLogEvents',
  );
  const change = new CreatePolicyVersionCommand({ PolicyArn: basicExecution, PolicyDocument: allow('s3:*') });
  await expect(iam.send(change)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('distinguishes an unknown AWS managed policy from a policy that nobody created', async () => {
  const RoleName = 'reads-all';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const attach = (PolicyArn: string) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await expect(attach('arn:aws:iam::aws:policy/AmazonEC2FullAccess')).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: expect.stringMatching(/not attachable\. The practice account has only \d+ of/),
  });
  const own = `arn:aws:iam::111122223333:policy/none`;
  await expect(attach(own)).rejects.toMatchObject({ message: `Policy ${own} does not exist or is not attachable.` });
  await iam.send(new DeleteRoleCommand({ RoleName }));
});

test('lists are paginated', async () => {
  const names: Array<string | undefined> = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker }));
    expect(page.Roles?.length).toBeLessThanOrEqual(2);
    names.push(...(page.Roles ?? []).map(({ RoleName }) => RoleName));
    Marker = page.IsTruncated ? page.Marker : undefined;
  } while (Marker !== undefined);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(5);
});

test('the attached policies of a path', async () => {
  const RoleName = 'pathfinder';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  for (const PolicyArn of [basicExecution, 'arn:aws:iam::aws:policy/AdministratorAccess']) {
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  const attached = async (PathPrefix?: string) => {
    const list = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName, PathPrefix }));
    return list.AttachedPolicies?.map(({ PolicyName }) => PolicyName);
  };
  expect(await attached()).toEqual(['AWSLambdaBasicExecutionRole', 'AdministratorAccess']);
  expect(await attached('/')).toEqual(['AWSLambdaBasicExecutionRole', 'AdministratorAccess']);
  expect(await attached('/service-role/')).toEqual(['AWSLambdaBasicExecutionRole']);
});

test.each([
  ['no JSON', 'allow everything'],
  ['no statement', '{"Version":"2012-10-17"}'],
  ['another version', allow('s3:*').replace('2012-10-17', '2020-01-01')],
  ['a principal', JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' } })],
  ['no resource', JSON.stringify({ Statement: { Effect: 'Allow', Action: '*' } })],
  ['a resource that is no ARN', JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: 'room' } })],
  ['an action without a service', JSON.stringify({ Statement: { Effect: 'Allow', Action: 'Scan', Resource: '*' } })],
  ['a misspelt member', JSON.stringify({ Statement: { Effect: 'Allow', Actions: '*', Resource: '*' } })],
])('a policy with %s is malformed', async (_what, PolicyDocument) => {
  const create = new CreatePolicyCommand({ PolicyName: 'malformed', PolicyDocument });
  await expect(iam.send(create)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
});
