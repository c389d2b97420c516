/** Limits of AWS, or of this room. */
export interface Quota {
  readonly value: number;
  readonly unit: string;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** AWS's page, or the room's file. */
  readonly source: string;
}

const webSockets =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html';
const apiGateway = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
const lambda = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';

/** The limits that a room with this architecture can reach. */
export const quotas = {
  /** For all APIs of an account in a region, messages and posts to connections alike. */
  requestsPerSecond: { value: 10_000, unit: 'requests a second', adjustable: true, source: apiGateway },
  requestsAtOnce: { value: 5_000, unit: 'requests at once', adjustable: false, source: apiGateway },
  connectionsPerSecond: { value: 500, unit: 'new connections a second', adjustable: true, source: webSockets },
  connectionSeconds: { value: 2 * 60 * 60, unit: 'seconds a connection lasts', adjustable: false, source: webSockets },
  integrationSeconds: { value: 29, unit: 'seconds for an answer', adjustable: false, source: webSockets },
  functionSeconds: { value: 900, unit: 'seconds a function runs at most', adjustable: false, source: lambda },
  concurrency: { value: 1_000, unit: 'functions at a time', adjustable: true, source: lambda },
  /** For one partition, at 4 KB each. */
  readsPerSecond: {
    value: 3_000,
    unit: 'read units a second of one partition',
    adjustable: false,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
  },
  /** The timeout that each lab's stack sets for its functions. */
  timeoutSeconds: {
    value: 10,
    unit: 'seconds our function runs',
    adjustable: true,
    source: 'solutions/07-open-floodgates/stack.ts',
  },
  lanes: { value: 50, unit: 'posts at a time', adjustable: true, source: 'app/functions/send-message.ts' },
} as const satisfies Readonly<Record<string, Quota>>;
