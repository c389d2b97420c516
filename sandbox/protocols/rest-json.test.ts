import { expect, it } from 'vitest';
import { lambda } from '../services/lambda/service.ts';

it('treats null as an absent member, at any depth', async () => {
  const body = { Description: null, Environment: { Variables: null }, Layers: [null] };
  const request = {
    method: 'PUT',
    path: '/2015-03-31/functions/room/configuration',
    query: new URLSearchParams(),
    rawQuery: '',
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
  };
  expect(await lambda.protocol.parse(request, lambda)).toEqual({
    operation: 'UpdateFunctionConfiguration',
    input: { FunctionName: 'room', Environment: {}, Layers: [null] },
  });
});
