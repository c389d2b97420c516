import {
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  SignUpCommand,
  type SignUpCommandInput,
  type SignUpCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { createRole } from '../execute-api/deployed-api.ts';
import { cognito, createPool, password, type TestPool } from './pool.ts';

/** Shows its event in an error, or answers as instructed by the validation data. */
const obedient = `
exports.handler = async (event) => {
  const { show, refuse, response, output, exit } = event.request.validationData ?? {};
  if (show) throw new Error(JSON.stringify(event));
  if (refuse) throw new Error(refuse);
  if (exit) process.exit(1);
  if (output) return JSON.parse(output);
  return { ...event, response: { ...event.response, ...JSON.parse(response ?? '{}') } };
};`;

/** An account whose pool has a trigger that obeys the validation data. */
export interface TriggeredPool {
  readonly account: TestAccount;
  readonly idp: CognitoIdentityProviderClient;
  readonly lambda: LambdaClient;
  readonly room: TestPool;
  /** The function `obedient`. */
  readonly functionArn: string;
  /** Creates another such function, and returns its ARN. */
  createObedient(FunctionName: string): Promise<string>;
  /** Allows Cognito to invoke a function on behalf of a pool. */
  permit(FunctionName: string, pool: TestPool): Promise<void>;
  /** Signs up through a pool's client, telling the trigger what to do. */
  signUp(
    Username: string,
    told?: Readonly<Record<string, string>>,
    more?: Partial<SignUpCommandInput>,
    pool?: TestPool,
  ): Promise<SignUpCommandOutput>;
  /** The names of a pool's users. */
  namesIn(pool: TestPool): Promise<ReadonlyArray<string | undefined>>;
}

/** Starts an account with such a pool. */
export async function openTriggeredPool(): Promise<TriggeredPool> {
  const account = await startTestAccount();
  const idp = cognito(account);
  const lambda = new LambdaClient(account.client);
  const roleArn = await createRole(account, 'triggers');
  const createObedient = async (FunctionName: string) => {
    const { FunctionArn = '' } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: roleArn,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipSync({ 'index.js': strToU8(obedient) }) },
      }),
    );
    return FunctionArn;
  };
  const permit = async (FunctionName: string, { poolId }: TestPool) => {
    const SourceArn = `arn:aws:cognito-idp:us-east-1:${account.identity.accountId}:userpool/${poolId}`;
    const Principal = 'cognito-idp.amazonaws.com';
    const StatementId = `for-${poolId}`;
    await lambda.send(
      new AddPermissionCommand({ FunctionName, StatementId, Action: 'lambda:InvokeFunction', Principal, SourceArn }),
    );
  };
  const functionArn = await createObedient('obedient');
  const room = await createPool(idp, { pool: { LambdaConfig: { PreSignUp: functionArn } } });
  await permit('obedient', room);
  return {
    account,
    idp,
    lambda,
    room,
    functionArn,
    createObedient,
    permit,
    signUp: (Username, told = {}, more = {}, pool = room) =>
      idp.send(
        new SignUpCommand({
          ClientId: pool.clientId,
          Username,
          Password: password,
          UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
          ValidationData: Object.entries(told).map(([Name, Value]) => ({ Name, Value })),
          ...more,
        }),
      ),
    async namesIn({ poolId: UserPoolId }) {
      const { Users = [] } = await idp.send(new ListUsersCommand({ UserPoolId }));
      return Users.map(({ Username }) => Username);
    },
  };
}
