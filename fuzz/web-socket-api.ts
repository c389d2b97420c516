import type { Ask } from './ledger.ts';

/** Creates a WebSocket API whose routes answer themselves, with the stage `live`, and returns its id. */
export async function makeWebSocketApi(ask: Ask): Promise<string> {
  const make = async (path: string, input: object): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json' };
    const { status, body } = await ask('apigateway', { method: 'POST', path, headers, body: JSON.stringify(input) });
    if (status !== 201) throw new Error(`${path} was answered ${status}: ${body}`);
    return JSON.parse(body);
  };
  const { apiId = '' } = await make('/v2/apis', {
    name: 'talked-to',
    protocolType: 'WEBSOCKET',
    routeSelectionExpression: '$request.body.action',
  });
  const api = `/v2/apis/${apiId}`;
  const { integrationId } = await make(`${api}/integrations`, { integrationType: 'MOCK' });
  for (const routeKey of ['$connect', '$disconnect', '$default', 'say']) {
    await make(`${api}/routes`, { routeKey, target: `integrations/${integrationId}` });
  }
  await make(`${api}/stages`, { stageName: 'live', autoDeploy: true });
  return apiId;
}
