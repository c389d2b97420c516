// Compiles the SDK for functions: makes the calls of the room's functions, and saves all compiled code.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Where the packages are now, and where they will be: Node.js 20 takes the name in stack traces from compiled code.
const [, , packages, folder] = process.argv;
const script = new Script(readFileSync(join(packages, 'clients.js'), 'latin1'), {
  filename: join(folder, 'clients.js'),
});
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(import.meta.url), module);
const load = module.exports;
const database = load['@aws-sdk/client-dynamodb']();
const { DynamoDBDocumentClient } = load['@aws-sdk/lib-dynamodb']();
const api = load['@aws-sdk/client-apigatewaymanagementapi']();
load['@aws-sdk/util-dynamodb']();

const server = createServer((request, response) => {
  const isGone = request.url.endsWith('gone');
  response.writeHead(isGone ? 410 : 200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end('{}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const options = {
  region: 'us-east-1',
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' },
};
const client = new database.DynamoDBClient(options);
DynamoDBDocumentClient.from(client);
const sender = new api.ApiGatewayManagementApiClient(options);
const Key = { id: { S: 'id' } };
await client.send(new database.PutItemCommand({ TableName: 'table', Item: Key }));
await client.send(new database.DeleteItemCommand({ TableName: 'table', Key }));
await client.send(new database.QueryCommand({ TableName: 'table' }));
for await (const _ of database.paginateScan({ client }, { TableName: 'table' }));
await sender.send(new api.PostToConnectionCommand({ ConnectionId: 'here', Data: 'text' }));
await sender.send(new api.PostToConnectionCommand({ ConnectionId: 'gone', Data: 'text' })).catch(() => {});

writeFileSync(join(packages, `clients.js.${process.version}`), script.createCachedData());
process.exit();
