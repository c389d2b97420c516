import type { Room, Subject } from '../../checking/check.ts';
import { couldCall, observeRolePolicies } from '../../observe/role-policies.ts';
import { observeRoutes } from '../../observe/routes.ts';
import type { RecoverableTable } from './recoverable-tables.ts';

const READS = ['Query', 'Scan', 'GetItem', 'BatchGetItem', 'PartiQLSelect'].map((call) => `dynamodb:${call}`);

/**
 * Returns those of these tables that the function behind `history` is allowed to read; all of them if it can't read any. A
 * room can store messages elsewhere, too, such as in the outbox of a mail service: nobody needs to restore that.
 */
export async function readByHistory(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
  tables: readonly RecoverableTable[],
): Promise<readonly RecoverableTable[]> {
  if (tables.length < 2) return tables;
  const routes = await observeRoutes(subject, room);
  const name = routes.find(({ routeKey }) => routeKey === 'history')?.integration?.functionName;
  if (name === undefined) return tables;
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    subject.target.clients.lambda(),
    import('../../aws/sdk/lambda.ts'),
  ]);
  const { Role = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  const policies = await observeRolePolicies(subject, Role.split('/').at(-1) ?? '');
  const read = tables.filter(({ arns }) =>
    READS.some((action) => arns.some((arn) => couldCall(policies, Role, action, arn))),
  );
  return read.length === 0 ? tables : read;
}
