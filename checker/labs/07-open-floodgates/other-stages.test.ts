import { expect, test } from 'vitest';
import { withResources } from './other-stages.ts';

test('other stages have the resource that created them, of their own API, if one did', () => {
  const api = (name: string) => ({ type: 'AWS::ApiGatewayV2::Api', physicalId: name, logicalId: `Api-${name}` });
  const stage = (logicalId: string) => ({ type: 'AWS::ApiGatewayV2::Stage', physicalId: 'dev', logicalId });
  const resources = [api('first'), api('second'), stage('Dev'), stage('DevOfSecond')];
  const ofApi = (Ref: string) => ({ Properties: { ApiId: { Ref } } });
  const Resources = { Dev: ofApi('Api-first'), DevOfSecond: ofApi('Api-second') };
  const other = { apiId: 'first', api: 'Api-first', stageName: 'dev', settings: {}, routes: [] };
  const others = [other, { ...other, apiId: 'second', api: 'Api-second' }, { ...other, stageName: 'by-hand' }];
  const found = withResources(others, resources, JSON.stringify({ Resources }));
  expect(found.map((each) => each.stage)).toEqual(['Dev', 'DevOfSecond', undefined]);
});
