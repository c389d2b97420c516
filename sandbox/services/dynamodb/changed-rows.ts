import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import type { Correlation } from '../../trace/correlation.ts';
import { publish } from '../../trace/publish.ts';
import { cut, withoutSecrets } from '../../trace/secrets.ts';

type Item = Readonly<Record<string, AttributeValue | undefined>>;

/** The members of a writing request that identify items. */
interface WriteRequest {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly RequestItems?: Readonly<
    Record<
      string,
      ReadonlyArray<{
        readonly PutRequest?: { readonly Item?: Item };
        readonly DeleteRequest?: { readonly Key?: Item };
      }>
    >
  >;
}

/** Publishes which items a request has written or deleted: only their keys. */
export async function publishRows(
  operation: string,
  { TableName = '', Item, Key, RequestItems }: WriteRequest,
  call: Call<'tables' | 'clock'>,
): Promise<void> {
  if (RequestItems === undefined) {
    await publishItems(TableName, [[operation === 'DeleteItem' ? 'delete' : 'put', Item ?? Key ?? {}]], call);
    return;
  }
  for (const [table, writes] of Object.entries(RequestItems)) {
    const items = writes.map(
      ({ PutRequest, DeleteRequest }): Change =>
        DeleteRequest === undefined ? ['put', PutRequest?.Item ?? {}] : ['delete', DeleteRequest.Key ?? {}],
    );
    await publishItems(table, items, call);
  }
}

type Change = readonly ['put' | 'delete', Item];

async function publishItems(table: string, changes: readonly Change[], call: Call<'tables' | 'clock'>): Promise<void> {
  const name = table.split('table/').at(-1) ?? table;
  const keys = await keyOf(name, call);
  for (const [change, item] of changes) {
    publish(call.clock, () => ({
      account: call.accountId,
      region: call.region,
      ...byFunction(call),
      kind: 'row',
      table: name,
      change,
      key: Object.fromEntries(keys.map((key) => [key, textOf(item[key])])),
    }));
  }
}

/** Names the function that made a call, and the call: the recorder knows its path. */
function byFunction({ caller, requestId }: Pick<Call, 'caller' | 'requestId'>): Correlation {
  const name = caller.session?.functionArn?.split(':')[6];
  return name === undefined ? {} : { function: name, requestId };
}

async function keyOf(TableName: string, call: Call<'tables'>): Promise<readonly string[]> {
  try {
    const described = await call.tables.perform(call, 'DescribeTable', { TableName });
    const { Table } = described as { Table: { KeySchema: ReadonlyArray<{ AttributeName: string }> } };
    return Table.KeySchema.map(({ AttributeName }) => AttributeName);
  } catch (error) {
    // It was deleted meanwhile.
    if (error instanceof AwsError) return [];
    throw error;
  }
}

function textOf(value: AttributeValue | undefined): string {
  const [text = ''] = Object.values(value ?? {});
  return cut(withoutSecrets(String(text)));
}
