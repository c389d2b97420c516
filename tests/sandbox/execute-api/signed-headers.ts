import { ApiGatewayManagementApiClient, GetConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import type { TestAccount } from '../../account.ts';

type Next = (args: { request: unknown }) => unknown;

/** The headers that sign a GET of this address, made by an SDK client that would send it. */
export async function signedHeaders(url: string, as: TestAccount['client']): Promise<Record<string, string>> {
  const client = new ApiGatewayManagementApiClient(as);
  let signed: Record<string, string> = {};
  const aim = (next: Next) => (args: { request: unknown }) => {
    (args.request as { path: string }).path = new URL(url).pathname;
    return next(args);
  };
  const catchIt = () => async (args: { request: unknown }) => {
    signed = (args.request as { headers: Record<string, string> }).headers;
    throw new Error('caught');
  };
  client.middlewareStack.add(aim as never, { step: 'build' });
  client.middlewareStack.add(catchIt as never, { step: 'finalizeRequest', priority: 'low' });
  await client.send(new GetConnectionCommand({ ConnectionId: 'x' })).catch(() => {});
  const { authorization = '', ...rest } = signed;
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  return { authorization, ...Object.fromEntries(Object.entries(rest).filter(([name]) => names.includes(name))) };
}
