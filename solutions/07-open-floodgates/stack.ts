import { join } from 'node:path';
import { App, CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';

const functions = join(import.meta.dirname, '../../app/functions');

const app = new App();
const stack = new Stack(app, 'chat-07-open-floodgates');
Tags.of(stack).add('websocket-lab', '07-open-floodgates');

// Who is in the room: one row per connection.
const connections = new Table(stack, 'Connections', {
  partitionKey: { name: 'connectionId', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});

// Who gets in: everyone who signed up and confirmed their email address. A long password beats a complicated one.
const users = new UserPool(stack, 'Users', {
  userPoolName: stack.stackName,
  selfSignUpEnabled: true,
  signInAliases: { username: true },
  standardAttributes: { email: { required: true } },
  autoVerify: { email: true },
  accountRecovery: AccountRecovery.EMAIL_ONLY,
  passwordPolicy: {
    minLength: 12,
    requireLowercase: false,
    requireUppercase: false,
    requireDigits: false,
    requireSymbols: false,
  },
  removalPolicy: RemovalPolicy.DESTROY,
});

// The page is public, so its client has no secret. Its tokens expire after five minutes; for a day it can get new ones.
const page = users.addClient('Page', {
  authFlows: { userPassword: true, userSrp: true },
  disableOAuth: true,
  generateSecret: false,
  preventUserExistenceErrors: true,
  idTokenValidity: Duration.minutes(5),
  accessTokenValidity: Duration.minutes(5),
  refreshTokenValidity: Duration.days(1),
});

// The functions. Each gets only the table permissions it needs.
const connect = roomFunction('Connect', 'connect.ts');
connections.grants.actions(connect, 'dynamodb:PutItem');

const disconnect = roomFunction('Disconnect', 'disconnect.ts');
connections.grants.actions(disconnect, 'dynamodb:DeleteItem');

const sendMessage = roomFunction('SendMessage', 'send-message.ts');
connections.grants.actions(sendMessage, 'dynamodb:Scan', 'dynamodb:DeleteItem');

const unknownAction = roomFunction('UnknownAction', 'default.ts');

// Verifies the ID token in the address of a handshake. It fetches the pool's public keys, and calls nothing else in AWS.
const authorizer = roomFunction('Authorizer', 'authorizer.ts', {
  USER_POOL_ID: users.userPoolId,
  USER_POOL_CLIENT_ID: page.userPoolClientId,
});

// The API. The field `action` of a message selects its route; messages that match no route go to $default.
const api = new WebSocketApi(stack, 'Api', {
  apiName: stack.stackName,
  routeSelectionExpression: '$request.body.action',
  connectRouteOptions: {
    integration: new WebSocketLambdaIntegration('ConnectIntegration', connect),
    authorizer: new WebSocketLambdaAuthorizer('ConnectAuthorizer', authorizer, {
      identitySource: ['route.request.querystring.token'],
    }),
  },
  disconnectRouteOptions: { integration: new WebSocketLambdaIntegration('DisconnectIntegration', disconnect) },
  defaultRouteOptions: {
    integration: new WebSocketLambdaIntegration('UnknownActionIntegration', unknownAction),
    returnResponse: true,
  },
});

api.addRoute('sendmessage', {
  integration: new WebSocketLambdaIntegration('SendMessageIntegration', sendMessage),
  returnResponse: true,
});

// Where the API is live. Changes are deployed to the stage automatically. The address of a handshake has a token in it, so
// the stage writes no access log. Each route takes this many requests a second and at once, from all clients together.
const stage = new WebSocketStage(stack, 'Stage', {
  webSocketApi: api,
  stageName: 'room',
  autoDeploy: true,
  throttle: { rateLimit: 50, burstLimit: 100 },
});

// Everyone gets messages because the sending function is allowed to post to the connections of this stage.
stage.grantManagementApiAccess(sendMessage);

new CfnOutput(stack, 'RoomAddress', { value: `${api.apiEndpoint}/${stage.stageName}` });
new CfnOutput(stack, 'UserPoolId', { value: users.userPoolId });
new CfnOutput(stack, 'UserPoolClientId', { value: page.userPoolClientId });

app.synth();

function roomFunction(
  id: string,
  file: string,
  environment: Record<string, string> = { CONNECTIONS_TABLE: connections.tableName },
): NodejsFunction {
  return new NodejsFunction(stack, id, {
    entry: join(functions, file),
    runtime: Runtime.NODEJS_24_X,
    memorySize: 256,
    timeout: Duration.seconds(10),
    environment,
    bundling: { logLevel: LogLevel.WARNING },
    logGroup: new LogGroup(stack, `${id}Log`, {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
}
