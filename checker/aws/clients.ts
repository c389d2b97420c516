import { requireAwsAnswers } from './aws-answer.ts';
import { markAsProbe } from './mark-as-probe.ts';
import type { Clients } from './target.ts';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For temporary credentials. */
  readonly sessionToken?: string;
}

/** The options of every client; without an endpoint, the SDK uses AWS's own. */
export interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials?: Keys | (() => Promise<Keys & { readonly expiration: Date }>);
  /** How often an SDK client tries a request. */
  readonly maxAttempts?: number;
  /** How far AWS's clock is from the machine's initially, in milliseconds. */
  readonly systemClockOffset?: number;
  /** How long one try can take, in milliseconds: a half-open connection never ends on its own. */
  readonly requestTimeout?: number;
  /** Whether the clients of Cognito, which invokes triggers, mark their calls as the checker's. */
  readonly marksProbes?: boolean;
}

/** With three tries, this stays below the limit for one check. */
const patience = 20_000;

/**
 * How long a client keeps an idle connection, in milliseconds. With a limit of its own, Node.js's agent also respects a
 * shorter time that the service announces; otherwise, a request could be sent while the service closes its connection.
 */
const agent = { timeout: 60_000 };

/** The SDK's clients, each loaded and created on first use. `close` closes their connections. */
export function createClients({ requestTimeout = patience, marksProbes = false, ...given }: ClientOptions): {
  readonly clients: Clients;
  close(): void;
} {
  const options = {
    ...given,
    requestHandler: {
      connectionTimeout: Math.min(10_000, requestTimeout),
      requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  };
  const opened: Array<{ destroy(): void }> = [];
  const seen = new Set<string>();
  const once = <T extends Client>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => {
      made ??= make().then((client) => {
        opened.push(client);
        requireAwsAnswers(client, seen);
        return client;
      });
      return made;
    };
  };
  const connections = new Map<string, () => ReturnType<Clients['connections']>>();
  const clients: Clients = {
    sts: once(async () => new (await import('./sdk/sts.ts')).STSClient(options)),
    iam: once(async () => new (await import('./sdk/iam.ts')).IAMClient(options)),
    lambda: once(async () => new (await import('./sdk/lambda.ts')).LambdaClient(options)),
    dynamodb: once(async () => new (await import('./sdk/dynamodb.ts')).DynamoDBClient(options)),
    cloudformation: once(async () => new (await import('./sdk/cloudformation.ts')).CloudFormationClient(options)),
    apigateway: once(async () => new (await import('./sdk/apigateway.ts')).ApiGatewayV2Client(options)),
    logs: once(async () => new (await import('./sdk/logs.ts')).CloudWatchLogsClient(options)),
    cognito: once(async () => {
      const { CognitoIdentityProviderClient } = await import('./sdk/cognito.ts');
      const client = new CognitoIdentityProviderClient(options);
      if (marksProbes) markAsProbe(client);
      return client;
    }),
    s3: once(async () => new (await import('./sdk/s3.ts')).S3Client(options)),
    ssm: once(async () => new (await import('./sdk/ssm.ts')).SSMClient(options)),
    connections(endpoint) {
      let get = connections.get(endpoint);
      if (get === undefined) {
        get = once(async () => {
          const { ApiGatewayManagementApiClient } = await import('./sdk/connections.ts');
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
