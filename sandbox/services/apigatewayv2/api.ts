import type { Api, CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import { executeApiPath } from '../../calls/addresses.ts';
import type { Address } from '../../calls/context.ts';
import { isSelectionExpression } from '../execute-api/select-route.ts';
import { BadRequestException } from './errors.ts';
import { honour } from './honour.ts';
import type { ApiRecord } from './records.ts';

/** An API as operations return it. Its endpoint is an address of the running account, so it is computed on demand. */
export function apiView({ CreatedDate, ...record }: ApiRecord, address: Address): Api {
  return {
    ...record,
    ApiEndpoint: `${address.ws()}${executeApiPath}${record.ApiId}`,
    ApiKeySelectionExpression: '$request.header.x-api-key',
    CreatedDate: new Date(CreatedDate),
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'ipv4',
    ProtocolType: 'WEBSOCKET',
    Tags: { ...record.Tags },
  };
}

/** Rejects unsupported properties of an API, at creation or later. */
export function honourApi(operation: string, input: Partial<CreateApiRequest>): void {
  honour(operation, input, {
    ApiKeySelectionExpression: ['$request.header.x-api-key'],
    CorsConfiguration: [],
    CredentialsArn: [],
    DisableExecuteApiEndpoint: [false],
    DisableSchemaValidation: [false],
    IpAddressType: ['ipv4'],
    RouteKey: [],
    Target: [],
  });
}

/** An API's name: at most 128 characters (https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html). */
export function apiName(given: string): string {
  if (given.length >= 1 && given.length <= 128) return given;
  throw new BadRequestException('Invalid name specified: it must have from 1 to 128 characters');
}

/** The route selection expression, which must use the message's body. */
export function selectionExpression(given: string): string {
  if (isSelectionExpression(given)) return given;
  throw new BadRequestException(`Invalid routeSelectionExpression specified: ${given}`);
}
