import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyWebsocketEventV2WithRequestContext, APIGatewayEventWebsocketRequestContextV2 } from 'aws-lambda';
import { type Answer, done } from './answer.ts';
import { connectionsTable, dynamodb, LONGEST_NAME } from './room.ts';
