import { encode, type Plain } from './sign.ts';
import type { Answer } from './wire.ts';

/** Signs and sends a valid request. */
export type Ask = (service: string, request: Plain) => Promise<Answer>;

type Kind = 'parameter' | 'item' | 'role' | 'object';

const kinds: readonly Kind[] = ['parameter', 'item', 'role', 'object'];
const table = 'kept';
const bucket = 'kept-objects';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** Records what the account acknowledged, one thing per service in turn, and checks whether it still has it. */
export class Ledger {
  readonly #ask: Ask;
  readonly #kept: Array<{ readonly kind: Kind; readonly name: string }> = [];
  #written = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** How many writes were acknowledged. */
  get size(): number {
    return this.#kept.length;
  }

  /** Creates the table and the bucket. */
  async prepare(): Promise<void> {
    await this.#must(
      'dynamodb',
      json('DynamoDB_20120810.CreateTable', {
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    await this.#must('s3', object('PUT', '', ''));
  }

  /** Writes the next thing; it is in the ledger once the account has acknowledged it. */
  async write(): Promise<void> {
    const kind = kinds[this.#written % kinds.length] ?? 'item';
    const name = `kept-${this.#written}`;
    this.#written += 1;
    await this.#must(...writing(kind, name));
    this.#kept.push({ kind, name });
  }

  /** Returns the acknowledged things that are missing or changed. */
  async missing(): Promise<string[]> {
    const lost: string[] = [];
    const left = [...this.#kept];
    const look = async () => {
      for (let entry = left.pop(); entry !== undefined; entry = left.pop()) {
        const { kind, name } = entry;
        const { status, body } = await this.#ask(...reading(kind, name));
        if (status !== 200 || !body.includes(`value of ${name}`))
          lost.push(`${kind} ${name}: ${status} ${body.slice(0, 200)}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, look));
    return lost;
  }

  async #must(service: string, request: Plain): Promise<void> {
    const { status, body } = await this.#ask(service, request);
    if (status !== 200) throw new Error(`A ledger write returned ${status}: ${body.slice(0, 300)}`);
  }
}

function writing(kind: Kind, name: string): [service: string, request: Plain] {
  const value = `value of ${name}`;
  if (kind === 'parameter')
    return ['ssm', json('AmazonSSM.PutParameter', { Name: name, Value: value, Type: 'String' })];
  if (kind === 'item') {
    const Item = { id: { S: name }, value: { S: value } };
    return ['dynamodb', json('DynamoDB_20120810.PutItem', { TableName: table, Item })];
  }
  if (kind === 'object') return ['s3', object('PUT', name, value)];
  return ['iam', form({ Action: 'CreateRole', RoleName: name, Description: value, AssumeRolePolicyDocument: trust })];
}

function reading(kind: Kind, name: string): [service: string, request: Plain] {
  if (kind === 'parameter') return ['ssm', json('AmazonSSM.GetParameter', { Name: name })];
  if (kind === 'item') {
    return [
      'dynamodb',
      json('DynamoDB_20120810.GetItem', { TableName: table, Key: { id: { S: name } }, ConsistentRead: true }),
    ];
  }
  if (kind === 'object') return ['s3', object('GET', name, '')];
  return ['iam', form({ Action: 'GetRole', RoleName: name })];
}

function json(target: string, input: object): Plain {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  return { method: 'POST', path: '/', headers, body: JSON.stringify(input) };
}

/** A call of the query protocol. */
export function form(fields: Readonly<Record<string, string>>): Plain {
  const body = Object.entries(fields).map(([name, value]) => `${name}=${encode(value)}`);
  return {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.join('&'),
  };
}

function object(method: string, key: string, body: string): Plain {
  return { method, path: key === '' ? `/${bucket}` : `/${bucket}/${key}`, headers: {}, body };
}
