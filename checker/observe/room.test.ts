import { GetStagesCommand, NotFoundException } from '@aws-sdk/client-apigatewayv2';
import { expect, test } from 'vitest';
import type { Target } from '../aws/target.ts';
import { findRoom } from './room.ts';

/** An account with some APIs, each with a stage called `room`. `unseen` are those that a call doesn't know yet. */
function account(
  RouteSelectionExpression?: string,
  unseen: { readonly GetApi?: readonly string[]; readonly GetStages?: readonly string[] } = {},
): Target {
  const send = async (command: { readonly input: { readonly ApiId: string } }) => {
    const { ApiId } = command.input;
    if (command instanceof GetStagesCommand)
      return { Items: unseen.GetStages?.includes(ApiId) ? [] : [{ StageName: 'room' }] };
    if (unseen.GetApi?.includes(ApiId)) throw new NotFoundException({ message: '', $metadata: {} });
    return { ApiEndpoint: `ws://127.0.0.1/${ApiId}`, RouteSelectionExpression };
  };
  return { clients: { apigateway: async () => ({ send }) } } as unknown as Target;
}

const resources = ['first', 'second'].map((physicalId) => {
  return { type: 'AWS::ApiGatewayV2::Api', physicalId, logicalId: `Api-${physicalId}` };
});

test.each([
  ['as GetApi gives it', 'ws://127.0.0.1/second/room'],
  ['as the CDK does', 'wss://second.execute-api.eu-central-1.amazonaws.com/room'],
])('the room is the API whose address the stack outputs, %s', async (_, RoomAddress) => {
  const room = await findRoom(account('$request.body.type'), resources, { RoomAddress });
  expect(room).toEqual({
    apiId: 'second',
    api: 'Api-second',
    stageName: 'room',
    address: 'ws://127.0.0.1/second/room',
    routeSelection: '$request.body.type',
  });
});

test('of several outputs, it is RoomAddress', async () => {
  const outputs = { Former: 'ws://127.0.0.1/first/room', RoomAddress: 'ws://127.0.0.1/second/room' };
  expect(await findRoom(account(), resources, outputs)).toMatchObject({ apiId: 'second' });
});

test('uses the first one if the stack outputs none of them', async () => {
  const outputs = { Other: 'wss://other.execute-api.eu-central-1.amazonaws.com/room' };
  expect(await findRoom(account(), resources, outputs)).toMatchObject({ apiId: 'first' });
});

test.each([
  ['API', { GetApi: ['second'] }],
  ['stage', { GetStages: ['second'] }],
])('says which address it stands in for if the account does not list that %s yet', async (_, unseen) => {
  const outputs = { Former: 'ws://127.0.0.1/first/room', RoomAddress: 'ws://127.0.0.1/second/room' };
  const room = await findRoom(account(undefined, unseen), resources, outputs);
  expect(room).toMatchObject({ apiId: 'first', insteadOf: outputs.RoomAddress });
});

test.each([
  ['the first', 'First', 'Second'],
  ['the second', 'Second', 'First'],
])('finds the stage of its own API if two are called the same, %s', async (_, own, other) => {
  const stages = [own, other].map((of) => ({
    type: 'AWS::ApiGatewayV2::Stage',
    physicalId: 'room',
    logicalId: `Stage${of}`,
  }));
  const apiOf = { StageFirst: 'Api-first', StageSecond: 'Api-second' };
  const Resources = Object.fromEntries(
    Object.entries(apiOf).map(([stage, Ref]) => [stage, { Properties: { ApiId: { Ref } } }]),
  );
  const outputs = { RoomAddress: `ws://127.0.0.1/${own.toLowerCase()}/room` };
  const find = (template?: string) => findRoom(account(), [...resources, ...stages], outputs, template);
  expect(await find(JSON.stringify({ Resources }))).toMatchObject({ stage: `Stage${own}` });
  // Which is which is unknown.
  expect(await find()).toHaveProperty('stage', undefined);
});

test("another API's stage of the same name is not the room's", async () => {
  const stage = { type: 'AWS::ApiGatewayV2::Stage', physicalId: 'room', logicalId: 'Stage' };
  const find = (Ref: string) =>
    findRoom(
      account(),
      [...resources, stage],
      {},
      JSON.stringify({ Resources: { Stage: { Properties: { ApiId: { Ref } } } } }),
    );
  expect(await find('Api-second')).toHaveProperty('stage', undefined);
  expect(await find('Api-first')).toHaveProperty('stage', 'Stage');
});
