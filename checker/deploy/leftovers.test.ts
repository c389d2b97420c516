import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test, vi } from 'vitest';
import type { Target } from '../aws/target.ts';
import { findLeftovers } from './leftovers.ts';

const named = (name: string) => Object.assign(new Error(`no ${name}`), { name });

/** An account with these tables: DescribeTable fails with the given error, and nothing else can be listed. */
function accountOf(tables: readonly string[], refusal: Error): Target {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  vi.spyOn(client, 'send').mockImplementation(async (command: unknown) => {
    if (command instanceof ListTablesCommand) return { TableNames: tables };
    throw command instanceof DescribeTableCommand ? refusal : named('Unexpected');
  });
  const nobody = () => Promise.reject(named('AccessDeniedException'));
  const clients = new Proxy({ dynamodb: async () => client }, { get: (own, name) => Reflect.get(own, name) ?? nobody });
  return { kind: 'aws', title: 'AWS', region: 'us-east-1', clients } as unknown as Target;
}

const lab = '01-missing-route';
const table = 'chat-01-missing-route-Connections';

test('a table whose tags cannot be read is not reported as deleted, and a table found by name is reported anyway', async () => {
  const { found, unseen } = await findLeftovers(
    accountOf(['by-another-name', table], named('AccessDeniedException')),
    [lab],
    false,
  );
  expect(found.map(({ name }) => name)).toEqual([table]);
  expect(unseen.map(({ kind }) => kind)).toContain('tables');
});

test('a resource deleted in the meantime is gone', async () => {
  const { found, unseen } = await findLeftovers(
    accountOf(['by-another-name'], named('ResourceNotFoundException')),
    [lab],
    false,
  );
  expect(found).toEqual([]);
  expect(unseen.map(({ kind }) => kind)).not.toContain('tables');
});
