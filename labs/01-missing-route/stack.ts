import { join } from 'node:path';
import { App, CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';

const functions = join(import.meta.dirname, '../../app/functions');

const app = new App();
const stack = new Stack(app, 'chat-01-missing-route');
Tags.of(stack).add('websocket-lab', '01-missing-route');

// Who is in the room: one row per connection.
const connections = new Table(stack, 'Connections', {
  partitionKey: { name: 'connectionId', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});

// The functions. Each gets only the table permissions it needs.
const connect = roomFunction('Connect', 'connect.ts');
connections.grants.actions(connect, 'dynamodb:PutItem');

const disconnect = roomFunction('Disconnect', 'disconnect.ts');
connections.grants.actions(disconnect, 'dynamodb:DeleteItem');

const sendMessage = roomFunction('SendMessage', 'send-message.ts');
connections.grants.actions(sendMessage, 'dynamodb:Scan', 'dynamodb:DeleteItem');

const unknownAction = roomFunction('UnknownAction', 'default.ts');

// The API. The field `action` of a message selects its route; messages that match no route go to $default.
const api = new WebSocketApi(stack, 'Api', {
  apiName: stack.stackName,
  routeSelectionExpression: '$request.body.action',
  connectRouteOptions: { integration: new WebSocketLambdaIntegration('ConnectIntegration', connect) },
  disconnectRouteOptions: { integration: new WebSocketLambdaIntegration('DisconnectIntegration', disconnect) },
  defaultRouteOptions: {
    integration: new WebSocketLambdaIntegration('UnknownActionIntegration', unknownAction),
    returnResponse: true,
  },
});

// Where the API is live. The stage deploys changes automatically.
const stage = new WebSocketStage(stack, 'Stage', {
  webSocketApi: api,
  stageName: 'room',
  autoDeploy: true,
  throttle: { rateLimit: 50, burstLimit: 100 },
});

// Everyone gets messages because the sending function is allowed to post to the connections of this stage.
stage.grantManagementApiAccess(sendMessage);

new CfnOutput(stack, 'RoomAddress', { value: `${api.apiEndpoint}/${stage.stageName}` });

app.synth();

function roomFunction(id: string, file: string): NodejsFunction {
  return new NodejsFunction(stack, id, {
    entry: join(functions, file),
    runtime: Runtime.NODEJS_24_X,
    memorySize: 256,
    timeout: Duration.seconds(10),
    environment: { CONNECTIONS_TABLE: connections.tableName },
    bundling: { logLevel: LogLevel.WARNING },
    logGroup: new LogGroup(stack, `${id}Log`, {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
}
