import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();
const ssm = new SSMClient(account.client);

test('a parameter keeps its versions and is found by name, version and ARN', async () => {
  const Name = '/room/title';
  await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: 'Stables', Description: 'where we meet' }));
  await expect(ssm.send(new PutParameterCommand({ Name, Value: 'Meadow' }))).rejects.toMatchObject({
    name: 'ParameterAlreadyExists',
  });
  expect((await ssm.send(new PutParameterCommand({ Name, Value: 'Meadow', Overwrite: true }))).Version).toBe(2);
  const ARN = 'arn:aws:ssm:us-east-1:111122223333:parameter/room/title';
  for (const [given, Value] of [
    [Name, 'Meadow'],
    [`${Name}:1`, 'Stables'],
    [ARN, 'Meadow'],
  ]) {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: given }));
    expect(Parameter).toMatchObject({ Name, Value, ARN, Type: 'String', DataType: 'text' });
    expect(Parameter?.LastModifiedDate).toBeInstanceOf(Date);
  }
  await expect(ssm.send(new GetParameterCommand({ Name: `${Name}:9` }))).rejects.toMatchObject({
    name: 'ParameterVersionNotFound',
  });
  const { Parameters, InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: [Name, 'absent'] }));
  expect([Parameters?.length, InvalidParameters]).toEqual([1, ['absent']]);
  const described = await ssm.send(
    new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Values: [Name] }] }),
  );
  expect(described.Parameters).toMatchObject([{ Name, Version: 2, Description: 'where we meet' }]);
  await ssm.send(new DeleteParameterCommand({ Name }));
  await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('parameters are found by path and page', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `/tree/${String(index).padStart(2, '0')}`);
  for (const Name of [...names, '/tree/deep/leaf']) {
    await ssm.send(new PutParameterCommand({ Name, Type: 'StringList', Value: 'a,b' }));
  }
  const found: Array<string | undefined> = [];
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(new GetParametersByPathCommand({ Path: '/tree', NextToken }));
    found.push(...(page.Parameters ?? []).map(({ Name }) => Name));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(found).toEqual(names);
  const deep = await ssm.send(new GetParametersByPathCommand({ Path: '/tree/deep', Recursive: true }));
  expect(deep.Parameters).toHaveLength(1);
  const gone = await ssm.send(new DeleteParametersCommand({ Names: ['/tree/00', '/tree/none'] }));
  expect(gone).toMatchObject({ DeletedParameters: ['/tree/00'], InvalidParameters: ['/tree/none'] });
});

test('tags are added and removed', async () => {
  const resource = { ResourceType: 'Parameter' as const, ResourceId: 'tagged' };
  await ssm.send(
    new PutParameterCommand({ Name: 'tagged', Type: 'String', Value: '1', Tags: [{ Key: 'a', Value: '1' }] }),
  );
  await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'b', Value: '2' }] }));
  await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['a'] }));
  const { TagList } = await ssm.send(new ListTagsForResourceCommand(resource));
  expect(TagList).toEqual([{ Key: 'b', Value: '2' }]);
});

test('a name has at most 15 levels', async () => {
  const put = (levels: number) =>
    ssm.send(new PutParameterCommand({ Name: '/a'.repeat(levels), Type: 'String', Value: '1' }));
  await put(15);
  await expect(put(16)).rejects.toMatchObject({ name: 'HierarchyLevelLimitExceededException' });
});

test('secrets are not supported, and the answer says so', async () => {
  const put = new PutParameterCommand({ Name: 'secret', Type: 'SecureString', Value: '1' });
  await expect(ssm.send(put)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringMatching(/SecureString/),
  });
});

test.each([
  ['no pattern', '(', 'InvalidAllowedPatternException'],
  ['a pattern that takes for ever', '^(a+)+$', 'InvalidAllowedPatternException'],
])('%s is refused as an allowed pattern', async (_title, AllowedPattern, name) => {
  const Value = `${'a'.repeat(60)}!`;
  const put = ssm.send(new PutParameterCommand({ Name: '/patterned', Type: 'String', Value, AllowedPattern }));
  await expect(put).rejects.toMatchObject({ name });
});
