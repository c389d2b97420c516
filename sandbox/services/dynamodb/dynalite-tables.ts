import { existsSync } from 'node:fs';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { UnsupportedError } from '../../calls/errors.ts';
import { pathIn } from '../../state/file-name.ts';
import { DynaliteInstance } from './dynalite-instance.ts';
import type { Tables } from './tables.ts';

type Scope = Parameters<Tables['perform']>[0];

/** Tables stored by dynalite: one database per account and region, opened on first use. */
export class DynaliteTables implements Tables {
  readonly #folder: string;
  readonly #say: (message: string) => void;
  readonly #hasConflicts: boolean;
  readonly #instances = new Map<string, Promise<DynaliteInstance>>();

  /** `hasConflicts`: operations that meet a transaction on an item are rejected. Otherwise they wait. */
  constructor(folder: string, say: (message: string) => void, { hasConflicts = false } = {}) {
    this.#folder = folder;
    this.#say = say;
    this.#hasConflicts = hasConflicts;
  }

  async perform(scope: Scope, operation: string, input: object): Promise<object> {
    const instance = await this.#instance(scope);
    refuseUnknown(operation, input, instance.members(operation));
    const output = await instance.perform(operation, input);
    if (operation !== 'CreateTable' && operation !== 'DeleteTable' && operation !== 'UpdateTable') return output;
    // The response shows the current state, like AWS's; but what it promises is done by the time it is sent.
    const answer = structuredClone(output);
    await this.#settled(instance, operation, (input as { TableName: string }).TableName);
    return answer;
  }

  prepare(scope: Scope): void {
    const path = pathIn(this.#folder, scope.accountId, scope.region);
    if (this.#instances.has(path) || !existsSync(path)) return;
    // A call reports why it can't be opened.
    this.#open(path, scope)
      .then((instance) => instance.prepare())
      .catch(() => {});
  }

  async close(): Promise<void> {
    const instances = await Promise.allSettled(this.#instances.values());
    this.#instances.clear();
    await Promise.all(instances.map((opened) => (opened.status === 'fulfilled' ? opened.value.close() : undefined)));
  }

  async #instance(scope: Scope): Promise<DynaliteInstance> {
    const path = pathIn(this.#folder, scope.accountId, scope.region);
    const current = this.#instances.get(path);
    if (current === undefined) return this.#open(path, scope);
    const instance = await current;
    if (!instance.hasFailed) return instance;
    // Of several waiters, the first opens another and the rest find it.
    if (this.#instances.get(path) !== current) return this.#instance(scope);
    return this.#open(path, scope, instance);
  }

  #open(path: string, scope: Scope, failed?: DynaliteInstance): Promise<DynaliteInstance> {
    const { accountId, region } = scope;
    const options = { accountId, region, say: this.#say, hasConflicts: this.#hasConflicts };
    const opening = Promise.resolve(failed?.close()).then(() => DynaliteInstance.open(path, options));
    this.#instances.set(path, opening);
    // A table that can't be opened now may work later.
    opening.catch(() => this.#instances.delete(path));
    return opening;
  }

  /** Resolves when a table has reached an operation's final state. */
  async #settled(instance: DynaliteInstance, operation: string, TableName: string): Promise<void> {
    const deadline = Date.now() + 5000;
    while (Date.now() < deadline) {
      const isDone = await instance.perform('DescribeTable', { TableName }).then(
        (output) => operation !== 'DeleteTable' && isActive((output as { Table: TableDescription }).Table),
        () => true,
      );
      if (isDone) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Rejects unknown members, which dynalite silently ignores. */
function refuseUnknown(operation: string, input: object, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(input)) {
    const asksNothing = value === undefined || value === null || value === 'NONE';
    if (asksNothing || Object.hasOwn(members, name)) continue;
    throw new UnsupportedError(`${name} of DynamoDB's ${operation}`);
  }
}

function isActive({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  return TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE');
}
