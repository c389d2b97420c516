import type { Clients } from './target.ts';

/** What every client is made with; without an endpoint, the SDK takes AWS's own. */
export interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How often an SDK client tries a request. */
  readonly maxAttempts?: number;
  /** How far AWS's clock is from the machine's at first, in milliseconds. */
  readonly systemClockOffset?: number;
  /** The longest that one try may take, in milliseconds: a connection that is half open never ends by itself. */
  readonly requestTimeout?: number;
}

/** With three tries it stays below the longest that a check may look. */
const patience = 20_000;

/** The SDK's clients, each loaded and made when it is first asked for. `close` ends the connections they hold open. */
export function createClients({ requestTimeout = patience, ...given }: ClientOptions): {
  readonly clients: Clients;
  close(): void;
} {
  const options = {
    ...given,
    requestHandler: {
      connectionTimeout: Math.min(10_000, requestTimeout),
      requestTimeout,
      throwOnRequestTimeout: true,
    },
  };
  const opened: Array<{ destroy(): void }> = [];
  const once = <T extends Client>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => {
      made ??= make().then((client) => {
        opened.push(client);
        nameOperations(client);
        refuseWebPages(client);
        return client;
      });
      return made;
    };
  };
  const connections = new Map<string, () => ReturnType<Clients['connections']>>();
  const clients: Clients = {
    sts: once(async () => new (await import('@aws-sdk/client-sts')).STSClient(options)),
    iam: once(async () => new (await import('@aws-sdk/client-iam')).IAMClient(options)),
    lambda: once(async () => new (await import('@aws-sdk/client-lambda')).LambdaClient(options)),
    dynamodb: once(async () => new (await import('@aws-sdk/client-dynamodb')).DynamoDBClient(options)),
    cloudformation: once(
      async () => new (await import('@aws-sdk/client-cloudformation')).CloudFormationClient(options),
    ),
    apigateway: once(async () => new (await import('@aws-sdk/client-apigatewayv2')).ApiGatewayV2Client(options)),
    logs: once(async () => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(options)),
    cognito: once(
      async () =>
        new (await import('@aws-sdk/client-cognito-identity-provider')).CognitoIdentityProviderClient(options),
    ),
    s3: once(async () => new (await import('@aws-sdk/client-s3')).S3Client(options)),
    ssm: once(async () => new (await import('@aws-sdk/client-ssm')).SSMClient(options)),
    connections(endpoint) {
      let get = connections.get(endpoint);
      if (get === undefined) {
        get = once(async () => {
          const { ApiGatewayManagementApiClient } = await import('@aws-sdk/client-apigatewaymanagementapi');
          return new ApiGatewayManagementApiClient({ ...options, endpoint });
        });
        connections.set(endpoint, get);
      }
      return get();
    },
  };
  return { clients, close: () => opened.forEach((client) => void client.destroy()) };
}

interface Client {
  destroy(): void;
  readonly middlewareStack: object;
}

/** As much of an SDK's stack of middleware as is used here: each client types its own by its inputs and outputs. */
interface Stack {
  add(
    middleware: Middleware,
    options: { readonly step: 'initialize' | 'deserialize'; readonly name: string; readonly priority?: 'low' },
  ): void;
}

type Middleware = (
  next: (request: object) => Promise<object>,
  context: { readonly commandName?: string },
) => (request: object) => Promise<object>;

/** What a call of the SDK rejects with says which one it was: `$operation` is `DescribeStacks`. */
function nameOperations({ middlewareStack }: Client): void {
  const named: Middleware = (next, context) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      const $operation = context.commandName?.replace(/Command$/, '');
      throw error instanceof Error ? Object.assign(error, { $operation }) : error;
    }
  };
  (middlewareStack as Stack).add(named, { step: 'initialize', name: 'nameOperations' });
}

/** A web page in the place of an answer, as of a hotel or a proxy: some of the SDK's protocols take it for an empty one. */
function refuseWebPages({ middlewareStack }: Client): void {
  const refusing: Middleware = (next) => async (request) => {
    const answer = await next(request);
    const { statusCode = 0, headers = {} } = (answer as { response?: Answer }).response ?? {};
    // The SDK tries again after a fault, whatever it looks like.
    if (statusCode >= 500 || !/^text\/html/i.test(headers['content-type'] ?? '')) return answer;
    throw Object.assign(new Error(`a web page came, with the status ${statusCode}`), { name: 'NotFromAwsError' });
  };
  // Nearest to the wire: before the answer is read.
  (middlewareStack as Stack).add(refusing, { step: 'deserialize', name: 'refuseWebPages', priority: 'low' });
}

interface Answer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
