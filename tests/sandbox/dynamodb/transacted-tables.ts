import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { createTable } from '../create-table.ts';

export const messages = 'messages';
export const counters = 'counters';

/** Tables with messages and with counters of them, for tests of transactions. */
export class TransactedTables {
  readonly #folder: string;
  account: TestAccount;
  dynamodb: DynamoDBClient;

  private constructor(folder: string, account: TestAccount) {
    this.#folder = folder;
    this.account = account;
    this.dynamodb = new DynamoDBClient(account.client);
  }

  static async create(): Promise<TransactedTables> {
    const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
    const tables = new TransactedTables(folder, await startTestAccount({ folder }));
    const KeySchema = [{ AttributeName: 'from', KeyType: 'HASH' as const }];
    const GlobalSecondaryIndexes = [
      { IndexName: 'bySender', KeySchema, Projection: { ProjectionType: 'ALL' as const } },
    ];
    await createTable(tables.dynamodb, messages, ['channel', 'at'], { GlobalSecondaryIndexes });
    await createTable(tables.dynamodb, counters);
    return tables;
  }

  async restart(): Promise<void> {
    await this.account.close();
    this.account = await startTestAccount({ folder: this.#folder });
    this.dynamodb = new DynamoDBClient(this.account.client);
  }

  async close(): Promise<void> {
    await this.account.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  write(TransactItems: TransactWriteItem[], more: Partial<TransactWriteItemsCommandInput> = {}) {
    return this.dynamodb.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
  }

  /** Returns a counter. */
  async said(id = 'release'): Promise<string | undefined> {
    const read = new GetItemCommand({ TableName: counters, Key: { id: { S: id } }, ConsistentRead: true });
    return (await this.dynamodb.send(read)).Item?.said?.N;
  }

  /** Returns the times of all messages. */
  async times(): Promise<Array<string | undefined>> {
    return (await this.#itemsOf(messages)).map(({ at }) => at?.S).sort();
  }

  /** Deletes all items. */
  async empty(): Promise<void> {
    for (const [TableName, names] of [
      [messages, ['channel', 'at']],
      [counters, ['id']],
    ] as const) {
      const deletions = (await this.#itemsOf(TableName)).map((item) => {
        const Key = Object.fromEntries(names.map((name) => [name, item[name] as AttributeValue]));
        return { Delete: { TableName, Key } };
      });
      if (deletions.length > 0) await this.write(deletions);
    }
  }

  async #itemsOf(TableName: string): Promise<Array<Record<string, AttributeValue>>> {
    return (await this.dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];
  }
}

export const message = (at: string) => ({ channel: { S: 'release' }, at: { S: at }, from: { S: 'ada' } });

export const put = (at: string, ConditionExpression?: string): TransactWriteItem => ({
  Put: { TableName: messages, Item: message(at), ConditionExpression },
});

export const count = (id = 'release'): TransactWriteItem => ({
  Update: {
    TableName: counters,
    Key: { id: { S: id } },
    UpdateExpression: 'ADD said :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
});

export const check = (id: string, ConditionExpression = 'attribute_exists(id)'): TransactWriteItem => ({
  ConditionCheck: { TableName: counters, Key: { id: { S: id } }, ConditionExpression },
});

/** The failure of a transaction with an item in two of its parts. */
export const oneItem = /^ValidationException: Transaction request cannot include multiple operations on one item$/;

/** Returns the name and the message of the error that a call ends with. */
export async function failure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    ({ name, message }: Error) => `${name}: ${message}`,
  );
}
