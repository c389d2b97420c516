import { AwsError } from '../../../calls/errors.ts';
import type { Protocol } from '../../../calls/operation.ts';
import { readApiAddress } from '../address.ts';
import { masked } from '../masked.ts';
import type { ConnectionRequest } from './request.ts';

const operations: Readonly<Record<string, string>> = {
  POST: 'PostToConnection',
  GET: 'GetConnection',
  DELETE: 'DeleteConnection',
};

/**
 * HTTP at a deployed API's address. Anything but `@connections` is rejected as API Gateway does
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html).
 */
export const protocol: Protocol = {
  parse(request) {
    const address = readApiAddress(request.path, request.headers.host);
    if (address === undefined) throw new AwsError('ForbiddenException', 'Forbidden', 403);
    const [stage = '', connections, connectionId, ...rest] = address.steps;
    if (connections === undefined && request.method === 'GET') {
      throw new AwsError('UpgradeRequired', 'Upgrade Required', 426);
    }
    const operation = operations[request.method];
    if (connections !== '@connections' || connectionId === undefined || rest.length > 0 || operation === undefined) {
      throw new AwsError('ForbiddenException', 'Forbidden', 403);
    }
    const Data = operation === 'PostToConnection' ? request.body : undefined;
    const input: ConnectionRequest & { readonly Data: Buffer | undefined } = {
      ApiId: address.apiId,
      Stage: stage,
      ConnectionId: connectionId,
      Data,
    };
    return { operation, input };
  },
  respond(output, { operation, requestId }) {
    const headers = { 'x-amzn-requestid': requestId };
    if (operation === 'PostToConnection') return { status: 200, headers, body: '' };
    if (operation === 'DeleteConnection') return { status: 204, headers, body: '' };
    return { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(output) };
  },
  fail({ code, message, status, details }, { requestId }) {
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
      body: JSON.stringify(bodyOf(code, message, details)),
    };
  },
};

/** Here, the members of error bodies differ between errors. */
function bodyOf(code: string, message: string, details: Readonly<Record<string, unknown>>): object {
  switch (code) {
    case 'MissingAuthenticationTokenException':
      return { message: 'Missing Authentication Token' };
    case 'AccessDeniedException':
      return { Message: masked(message) };
    // AWS sends nothing more: the SDKs show `UnknownError`.
    case 'GoneException':
      return {};
    default:
      return { message, ...details };
  }
}
