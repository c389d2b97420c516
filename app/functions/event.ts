import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from 'aws-lambda';

/**
 * What API Gateway passes to the room's functions: one event for each person who connects, sends a message or leaves.
 * `authorizer` exists once the room authorizes connections: it is the context that the authorizer returned.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
 */
export type RoomEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { readonly authorizer?: { readonly username?: string } }
>;
