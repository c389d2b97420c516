import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestAccount, type TestAccount } from '../account.ts';
import { functionsOf, makeRole } from './lambda/functions.ts';

const leaking = `
const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
exports.handler = async ({ endpoint, clients }) => {
  for (let made = 0; made < clients; made += 1) {
    const client = new DynamoDBClient({ endpoint, maxAttempts: 1 });
    await client.send(new ListTablesCommand({})).catch((error) => {
      if (error.name !== 'AccessDeniedException') throw error;
    });
  }
  // The sockets that this process has left open.
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
};`;

async function start(): Promise<TestAccount> {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  return account;
}

describe('connections that clients leave open', () => {
  it('are limited for a function that creates a client per call, which is named in the log', async () => {
    const account = await start();
    const functions = functionsOf(account, await makeRole(account));
    await functions.create('leaking', { 'index.js': leaking }, { Timeout: 60, MemorySize: 512 });
    const { result, error } = await functions.invoke('leaking', { endpoint: account.url, clients: 600 });
    expect(error).toBeUndefined();
    expect(result).toBeLessThan(300);
    expect(
      account.said.filter((line) => line.startsWith('The function leaking keeps 256 connections open.')),
    ).toHaveLength(1);
  });

  it('are kept for other clients in the meantime', async () => {
    const account = await start();
    const leaked = Array.from({ length: 260 }, () => new DynamoDBClient(account.client));
    onTestFinished(() => {
      for (const client of leaked) client.destroy();
    });
    for (const client of leaked) await client.send(new ListTablesCommand({}));
    const answer = await fetch(`${account.url}/nothing`);
    expect(answer.headers.get('connection')).toBe('keep-alive');
    expect(answer.headers.get('keep-alive')).toBe('timeout=60');
  });
});
