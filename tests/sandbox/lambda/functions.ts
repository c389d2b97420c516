import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  type FunctionConfiguration,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';

/** A zip of text files. */
export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

/** A role that Lambda may assume; its ARN. */
export async function makeRole(account: Pick<TestAccount, 'client'>, name = 'function-role'): Promise<string> {
  const iam = new IAMClient(account.client);
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
  return Role?.Arn ?? '';
}

/** Functions of one account, through the SDK. */
export function functionsOf(account: Pick<TestAccount, 'client'>, role: string) {
  const lambda = new LambdaClient({ ...account.client, maxAttempts: 1 });
  return {
    lambda,
    create(
      name: string,
      files: Readonly<Record<string, string>>,
      settings: Partial<CreateFunctionCommandInput> = {},
    ): Promise<FunctionConfiguration> {
      return lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Role: role,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: zip(files) },
          ...settings,
        }),
      );
    },
    async invoke(name: string, event: unknown = {}, settings: Partial<InvokeCommandInput> = {}) {
      const answer = await lambda.send(
        new InvokeCommand({ FunctionName: name, Payload: strToU8(JSON.stringify(event)), ...settings }),
      );
      const text = answer.Payload?.transformToString() ?? '';
      return {
        error: answer.FunctionError,
        version: answer.ExecutedVersion,
        log: Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'),
        result: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
    },
  };
}

type Functions = ReturnType<typeof functionsOf>;

/** An account and its functions for all tests of a file, or of a group in it. It exists while they run. */
export function sharedFunctions() {
  let account: TestAccount;
  let functions: Functions;
  beforeAll(async () => {
    account = await startTestAccount();
    functions = functionsOf(account, await makeRole(account));
  });
  afterAll(() => account.close());
  return {
    account: () => account,
    create: (...given: Parameters<Functions['create']>) => functions.create(...given),
    invoke: (...given: Parameters<Functions['invoke']>) => functions.invoke(...given),
  };
}
