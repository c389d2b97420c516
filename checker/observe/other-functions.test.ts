import { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { observeReached } from './other-functions.ts';

const roleArn = 'arn:aws:iam::111122223333:role/chat-Sender';
const sender = {
  functionName: 'chat-Send',
  functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:chat-Send',
  roleArn,
};
const admitting = JSON.stringify({
  Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Principal: { AWS: roleArn } }],
});
const failure = (name: string) => Object.assign(new Error(name), { name });

/** What the sender reaches in a stack with these functions, as Lambda answers about them. */
function reached(names: readonly string[], answer: (operation: string, name: string) => object | Error) {
  const send = async (command: { readonly input: { readonly FunctionName: string } }) => {
    const answered = answer(command.constructor.name.replace(/Command$/, ''), command.input.FunctionName);
    if (answered instanceof Error) throw answered;
    return answered;
  };
  // Paginators ask for an instance of the client's class.
  const client = Object.create(LambdaClient.prototype, { send: { value: send } });
  const target = { clients: { lambda: async () => client } } as unknown as Subject['target'];
  const resources = names.map((physicalId) => ({ logicalId: physicalId, physicalId, type: 'AWS::Lambda::Function' }));
  return observeReached({ target, resources }, sender, { identity: [] });
}

test('reads the policies of versions and aliases, too', async () => {
  const { functions, notAll } = await reached(['chat-Send', 'chat-Poster'], (operation, name) => {
    if (operation === 'ListAliases') return { Aliases: [{ Name: 'live' }] };
    if (operation === 'ListVersionsByFunction') return { Versions: [{ Version: '$LATEST' }, { Version: '1' }] };
    return name === 'chat-Poster:live' ? { Policy: admitting } : failure('ResourceNotFoundException');
  });
  expect(functions).toEqual([{ name: 'chat-Poster:live', action: 'lambda:InvokeFunction', byOwnPolicies: false }]);
  expect(notAll).toEqual([]);
});

test("reads a function's own policy if its versions and aliases can't be listed, and says so", async () => {
  const { functions, notAll } = await reached(['chat-Poster'], (operation) =>
    operation === 'GetPolicy' ? { Policy: admitting } : failure('AccessDeniedException'),
  );
  expect(functions).toMatchObject([{ name: 'chat-Poster' }]);
  expect(notAll).toEqual([expect.stringContaining('lambda:ListVersionsByFunction, lambda:ListAliases')]);
});

test('says that a stack has more functions, versions and aliases than are read', async () => {
  const names = Array.from({ length: 21 }, (_, index) => `chat-${index}`);
  const { notAll } = await reached(names, (operation) => {
    if (operation === 'ListAliases') return { Aliases: [] };
    if (operation === 'ListVersionsByFunction') return { Versions: ['1', '2', '3'].map((Version) => ({ Version })) };
    return failure('ResourceNotFoundException');
  });
  expect(notAll).toEqual([
    expect.stringContaining('more functions than the 20'),
    expect.stringContaining('more versions and aliases of functions than the 40'),
  ]);
});

test('skips a function that somebody deleted', async () => {
  expect(await reached(['chat-Gone'], () => failure('ResourceNotFoundException'))).toEqual({
    functions: [],
    notAll: [],
  });
});
