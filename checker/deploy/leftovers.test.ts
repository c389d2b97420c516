import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test, vi } from 'vitest';
import type { Target } from '../aws/target.ts';
import { findLeftovers } from './leftovers.ts';

const named = (name: string) => Object.assign(new Error(`no ${name}`), { name });

/** An account with these tables, of which DescribeTable rejects with something, and where nothing else may be listed. */
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

test('what may not be asked for its tag is not told as gone, and what was found by its name is told all the same', async () => {
  const { found, unseen } = await findLeftovers(
    accountOf(['by-another-name', table], named('AccessDeniedException')),
    [lab],
    false,
  );
  expect(found.map(({ name }) => name)).toEqual([table]);
  expect(unseen.map(({ kind }) => kind)).toContain('tables');
});

test('what is deleted meanwhile is gone', async () => {
  const { found, unseen } = await findLeftovers(
    accountOf(['by-another-name'], named('ResourceNotFoundException')),
    [lab],
    false,
  );
  expect(found).toEqual([]);
  expect(unseen.map(({ kind }) => kind)).not.toContain('tables');
});
