import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { decideFor } from '../../sandbox/authorization/authorize.ts';
import { CallerPolicies } from '../../sandbox/authorization/caller-policies.ts';
import type { Caller } from '../../sandbox/calls/caller.ts';
import { randomIds } from '../../sandbox/calls/ids.ts';
import type { HttpRequest } from '../../sandbox/calls/operation.ts';
import { executeApi } from '../../sandbox/services/execute-api/management/service.ts';
import { type RoleRecord, roles } from '../../sandbox/services/iam/records.ts';
import { assumedRole } from '../../sandbox/services/sts/assumed-role.ts';
import { authenticateHead } from '../../sandbox/sigv4/authenticate.ts';
import { Sessions } from '../../sandbox/sigv4/session.ts';
import { Store } from '../../sandbox/state/store.ts';
import type { Line, Measurement } from '../measurement.ts';
import { median } from '../statistics.ts';

const calls = 20_000;
const connection = 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3/prod/POST/@connections/L0SM9cOFvHcCIhw=';
const clock = { now: () => new Date() };

/** How much authentication and authorization add to a call: a post to a connection by a room's function. */
export const measureDecide: Measurement = async ({ progress }) => {
  progress('authenticating and authorizing');
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  const store = await Store.open(folder);
  try {
    await store.commit([roles.put('111122223333/global', sender.RoleName, sender)]);
    return await measure(store);
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
};

async function measure(store: Store): Promise<Line[]> {
  const callerPolicies = new CallerPolicies(store);
  const sessions = new Sessions(randomIds.bytes(32));
  const caller = assumedRole(sender, 'SendMessage');
  const request = await signedPost(caller, sessions);
  const decide = (by: Caller) =>
    decideFor(
      by,
      { action: 'execute-api:ManageConnections', resource: connection },
      { callerPolicies, clock, region: 'us-east-1' },
    );
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const began = performance.now();
    const signed = authenticateHead(request, executeApi, { clock, sessions, accessKey: () => undefined });
    const decision = decide(signed?.caller ?? caller);
    times.push(performance.now() - began);
    if (decision?.decision !== 'allowed') throw new Error("The sender isn't allowed to post, but should be.");
  }
  const began = performance.now();
  for (let call = 0; call < calls; call += 1) decide(caller);
  const rate = (calls / (performance.now() - began)) * 1000;
  return [
    {
      what: 'authentication and authorization of a call, p50',
      measured: `${Math.round(median(times) * 1000)} µs`,
    },
    { what: 'decisions a second', measured: `${Math.round(rate)}/s` },
  ];
}

/** The role of a room's sending function, as the CDK creates it. */
const sender: RoleRecord = {
  RoleName: 'sender',
  RoleId: 'AROASENDER',
  Arn: 'arn:aws:iam::111122223333:role/sender',
  Path: '/',
  CreateDate: '2026-11-23T00:00:00.000Z',
  AssumeRolePolicyDocument: '{}',
  MaxSessionDuration: 3600,
  Tags: [],
  attached: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
  inline: {
    default: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
          Resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/connections',
        },
        {
          Effect: 'Allow',
          Action: 'execute-api:ManageConnections',
          Resource: 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3/*/*/@connections/*',
        },
      ],
    }),
  },
};

/** A request as the SDK signs it, captured before it is sent. */
async function signedPost(caller: Caller, sessions: Sessions): Promise<HttpRequest> {
  const issued = clock.now();
  const given = sessions.issue(caller, { issued, expires: new Date(issued.getTime() + 3_600_000) }, randomIds);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = given;
  let caught: HttpRequest | undefined;
  const client = new ApiGatewayManagementApiClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1/prod',
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    maxAttempts: 1,
  });
  client.config.requestHandler.handle = async ({ method, path, headers, body }) => {
    caught = {
      method,
      path,
      headers,
      rawQuery: '',
      query: new URLSearchParams(),
      body: Buffer.from(body as Uint8Array),
    };
    throw new Error('caught');
  };
  const Data = JSON.stringify({ from: 'Ida', text: 'Has anybody seen my unicorn?' });
  await client.send(new PostToConnectionCommand({ ConnectionId: 'L0SM9cOFvHcCIhw=', Data })).catch(() => {});
  if (caught === undefined) throw new Error('The SDK sent nothing.');
  return caught;
}
