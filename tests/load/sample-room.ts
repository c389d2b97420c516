import {
  ApiGatewayV2Client,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { TestAccount } from '../account.ts';
import { createWebSocketApi } from '../sandbox/apigatewayv2/websocket-api.ts';
import { integrationUri } from '../sandbox/execute-api/deployed-api.ts';
import { makeRole, zip } from '../sandbox/lambda/functions.ts';

/**
 * As in AWS's own sample (aws-samples/simple-websockets-chat-app), the handler creates clients and abandons them. They
 * call the account at its own address, so each of them has its own agent and connections.
 */
const functions: Readonly<Record<string, string>> = {
  $connect: `
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
exports.handler = async (event) => {
  const Item = { connectionId: { S: event.requestContext.connectionId } };
  await new DynamoDBClient({ endpoint: process.env.ENDPOINT }).send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item }));
  return { statusCode: 200, body: 'Connected.' };
};`,
  $disconnect: `
const { DynamoDBClient, DeleteItemCommand } = require('@aws-sdk/client-dynamodb');
exports.handler = async (event) => {
  const Key = { connectionId: { S: event.requestContext.connectionId } };
  await new DynamoDBClient({ endpoint: process.env.ENDPOINT }).send(new DeleteItemCommand({ TableName: process.env.TABLE_NAME, Key }));
  return { statusCode: 200, body: 'Disconnected.' };
};`,
  sendmessage: `
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
export const handler = async (event) => {
  const { domainName, stage } = event.requestContext;
  const dynamodb = new DynamoDBClient({ endpoint: process.env.ENDPOINT });
  const { Items } = await dynamodb.send(new ScanCommand({ TableName: process.env.TABLE_NAME }));
  const [apiId] = domainName.split('.');
  const endpoint = process.env.ENDPOINT + '/_aws/execute-api/' + apiId + '/' + stage;
  const management = new ApiGatewayManagementApiClient({ endpoint });
  const Data = JSON.parse(event.body).data;
  await Promise.all(
    Items.map(({ connectionId }) =>
      management.send(new PostToConnectionCommand({ ConnectionId: connectionId.S, Data })),
    ),
  );
  return { statusCode: 200, body: 'Data sent.' };
};`,
};

/** Deploys the sample as the room `name` and returns its address. Its stage has no message limit. */
export async function deploySampleRoom(
  account: Pick<TestAccount, 'client' | 'port'>,
  name = 'sample',
): Promise<string> {
  const TableName = `${name}-connections`;
  await new DynamoDBClient(account.client).send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const Role = await makeRole(account, `${name}-functions`);
  await new IAMClient(account.client).send(
    new PutRolePolicyCommand({
      RoleName: `${name}-functions`,
      PolicyName: 'room',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: ['dynamodb:*', 'execute-api:ManageConnections'], Resource: '*' },
      }),
    }),
  );
  const apigateway = new ApiGatewayV2Client(account.client);
  const lambda = new LambdaClient(account.client);
  const ApiId = await createWebSocketApi(apigateway, name);
  for (const [RouteKey, source] of Object.entries(functions)) {
    const FunctionName = `${name}-${RouteKey.replace('$', '')}`;
    const { FunctionArn = '' } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        MemorySize: 256,
        Timeout: 30,
        Environment: { Variables: { TABLE_NAME: TableName, ENDPOINT: account.client.endpoint } },
        Code: { ZipFile: zip({ [source.includes('import ') ? 'index.mjs' : 'index.js']: source }) },
      }),
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'apigateway',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    const { IntegrationId } = await apigateway.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationMethod: 'POST',
        IntegrationUri: integrationUri(FunctionArn),
      }),
    );
    await apigateway.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }));
  }
  await apigateway.send(new CreateStageCommand({ ApiId, StageName: 'room', AutoDeploy: true }));
  return `ws://127.0.0.1:${account.port}/_aws/execute-api/${ApiId}/room`;
}
