import { expect, test } from 'vitest';
import type { Clients } from '../aws/target.ts';
import type { StackResource, Subject } from '../checking/check.ts';
import { goneOf, observeLooked } from './gone.ts';

const stack: StackResource[] = [
  { logicalId: 'Api', physicalId: 'abc123', type: 'AWS::ApiGatewayV2::Api' },
  { logicalId: 'Route', physicalId: 'abc123|r1', type: 'AWS::ApiGatewayV2::Route' },
  { logicalId: 'Other', physicalId: 'abc123|r2', type: 'AWS::ApiGatewayV2::Route' },
  { logicalId: 'Response', physicalId: 'abc123|r1|s1', type: 'AWS::ApiGatewayV2::RouteResponse' },
];

const template = JSON.stringify({
  Resources: {
    Api: { Properties: {} },
    Route: { Properties: { ApiId: { Ref: 'Api' } } },
    Other: { Properties: { ApiId: { Ref: 'Api' } } },
    Response: { Properties: { ApiId: { Ref: 'Api' }, RouteId: { Ref: 'Route' } } },
  },
});

interface Account {
  /** The ids of the API's routes; undefined if there is no API. */
  readonly routes?: readonly string[];
  /** The responses' ids, by the route's. */
  readonly responses?: Readonly<Record<string, readonly string[]>>;
}

/** Returns the logical ids of the resources that such an account no longer has. */
async function gone({ routes, responses = {} }: Account): Promise<string[]> {
  const send = async ({ constructor: { name }, input }: { constructor: { name: string }; input: Input }) => {
    const known = routes !== undefined && input.ApiId === 'abc123';
    if (!known) throw Object.assign(new Error('Invalid API identifier'), { name: 'NotFoundException' });
    if (name === 'GetApiCommand') return { ApiId: input.ApiId };
    if (name === 'GetRoutesCommand') return { Items: routes.map((RouteId) => ({ RouteId })) };
    return { Items: responses[input.RouteId ?? '']?.map((RouteResponseId) => ({ RouteResponseId })) };
  };
  const target = { clients: { apigateway: async () => ({ send }) } as unknown as Clients };
  const looked = await observeLooked({ target, resources: stack } as unknown as Subject, template);
  return goneOf(looked).map(({ logicalId }) => logicalId);
}

interface Input {
  readonly ApiId?: string;
  readonly RouteId?: string;
}

test('finds children by their own ids if CloudFormation joins these with their parents', async () => {
  expect(await gone({ routes: ['r1', 'r2'], responses: { r1: ['s1'] } })).toEqual([]);
  expect(await gone({ routes: ['r1', 'r2'], responses: { r1: [], r2: ['s1'] } })).toEqual(['Response']);
});

test('reports a deleted parent without its children', async () => {
  expect(await gone({ routes: ['r2'] })).toEqual(['Route']);
  expect(await gone({})).toEqual(['Api']);
});

test('assumes that ids differ from CloudFormation if none of a type is found, but others are', async () => {
  expect(await gone({ routes: ['x1', 'x2'], responses: { r1: ['s1'] } })).toEqual([]);
});
