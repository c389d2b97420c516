import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceTarget } from '../../checker/aws/open.ts';
import { unsupportedCalls } from '../../checker/aws/practice.ts';
import type { Target } from '../../checker/aws/target.ts';
import { observeUnsupported } from '../../checker/observe/unsupported.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { functionsOf, makeRole } from '../sandbox/lambda/functions.ts';

let account: TestAccount;
let target: Target;
let functions: ReturnType<typeof functionsOf>;

beforeAll(async () => {
  account = await startTestAccount();
  target = practiceTarget(account.identity, account.port, {
    allowPage: async () => {},
    unsupported: () => unsupportedCalls(account.folder),
    close: async () => {},
  });
  functions = functionsOf(account, await makeRole(account));
});
afterAll(async () => {
  await target.close();
  await account.close();
});

/** The source of a handler that calls what the practice account lacks. */
function calling(body: string): string {
  return `const { DynamoDBClient, ExecuteStatementCommand } = require('@aws-sdk/client-dynamodb');
    const call = () => new DynamoDBClient({}).send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM connections' }));
    const other = async () => {
      const answer = await fetch('https://sns.us-east-1.amazonaws.com/', { method: 'POST' });
      throw new Error(await answer.text());
    };
    exports.handler = async () => { ${body} };`;
}

const lacks = "The practice account doesn't support DynamoDB's ExecuteStatement";

test.each([
  ['threw it', 'await call();', 'Text', { lacks, isHandled: false }],
  ['threw it, with logs in JSON', 'await call();', 'JSON', { lacks, isHandled: false }],
  [
    'was ended by it',
    'call(); await new Promise((done) => setTimeout(done, 5000));',
    'Text',
    { lacks, isHandled: false },
  ],
  ['handled it', 'await call().catch(() => {});', 'Text', { lacks, isHandled: true }],
  ['called another service, and handled it', 'await other().catch(() => {});', 'Text', undefined],
  [
    'called another service',
    'await other();',
    'Text',
    { lacks: "The practice account doesn't support sns", isHandled: false },
  ],
] as const)('finds what the account lacks if a function %s', async (title, body, LogFormat, expected) => {
  const began = Date.now();
  const physicalId = title.replace(/\W/g, '');
  const settings = { Runtime: 'nodejs24.x', LoggingConfig: { LogFormat } } as const;
  await functions.create(physicalId, { 'index.js': calling(body) }, settings);
  await functions.invoke(physicalId);
  const resources = [{ type: 'AWS::Lambda::Function', physicalId, logicalId: 'Sender' }];
  expect(await observeUnsupported({ target, resources, began } as never)).toEqual(expected);
});
