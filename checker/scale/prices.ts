/** A list price of AWS in us-east-1, in dollars, without the free tier. */
export interface Price {
  readonly dollars: number;
  /** As AWS lists it: the dollars and the amount that they pay for. */
  readonly listed: { readonly dollars: number; readonly per: string };
  readonly source: string;
}

const MILLION = 1_000_000;

const apiGateway = 'https://aws.amazon.com/api-gateway/pricing/';
const lambda = 'https://aws.amazon.com/lambda/pricing/';
const dynamodb = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const appSync = 'https://aws.amazon.com/appsync/pricing/';
const iotCore = 'https://aws.amazon.com/iot-core/pricing/';

/** A price that is listed per million. */
function million(dollars: number, of: string, source: string): Price {
  return { dollars: dollars / MILLION, listed: { dollars, per: `a million ${of}` }, source };
}

/** A price that is listed per unit. */
function one(dollars: number, of: string, source: string): Price {
  return { dollars, listed: { dollars, per: `a ${of}` }, source };
}

/** Looked up in November 2026. Prices are only defined here. */
export const prices = {
  /** Sent or received, in units of 32 KB. From the second billion per month on it is 0.80. */
  message: million(1, 'messages', apiGateway),
  connectionMinute: million(0.25, 'minutes of a connection', apiGateway),
  invocation: million(0.2, 'invocations', lambda),
  /** On x86, in the first tier. */
  gigabyteSecond: one(0.000_016_666_7, 'GB-second', lambda),
  /** A strongly consistent read of up to 4 KB. */
  read: million(0.125, 'read units', dynamodb),
  /** A write of up to 1 KB. */
  write: million(0.625, 'write units', dynamodb),
  /** Point-in-time recovery, per month, by the size of the table. */
  recovery: one(0.2, 'GB-month of recovery', dynamodb),
  /** In the first tier; 100 GB per month are free. */
  gigabyteOut: one(0.09, 'GB sent to the internet', 'https://aws.amazon.com/ec2/pricing/on-demand/'),
  /** Each published and each delivered one, in units of 5 KB. */
  appSyncEvent: million(1, 'events', appSync),
  appSyncMinute: million(0.08, 'minutes of a connection', appSync),
  /** Each published and each delivered one, in units of 5 KB. */
  iotMessage: million(1, 'messages', iotCore),
  iotMinute: million(0.08, 'minutes of a connection', iotCore),
} as const satisfies Readonly<Record<string, Price>>;
