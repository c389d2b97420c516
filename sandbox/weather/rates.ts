import { AwsError } from '../calls/errors.ts';
import type { WireRequest } from './weather.ts';

/** Operations that share a quota. */
interface Quota {
  readonly service: string;
  readonly operations: RegExp;
  /** Calls a second. */
  readonly rate: number;
  /** How many can come at once; by default as many as in a second, unless AWS documents another number. */
  readonly burst?: number;
}

/** The first that matches a call counts it. */
const quotas: readonly Quota[] = [
  // AWS publishes no number; accounts have been seen to allow two a second.
  { service: 'iam', operations: /^Simulate/, rate: 2 },
  // https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations
  { service: 'cognito-idp', operations: /InitiateAuth$|RespondToAuthChallenge$/, rate: 120 },
  { service: 'cognito-idp', operations: /^(AdminCreateUser|(Admin)?ConfirmSignUp|SignUp)$/, rate: 50 },
  { service: 'cognito-idp', operations: /ForgotPassword$|ResetUserPassword$|ChangePassword$/, rate: 30 },
  { service: 'cognito-idp', operations: /^ListUsers(InGroup)?$/, rate: 30 },
  { service: 'cognito-idp', operations: /^(Admin)?GetUser$/, rate: 120 },
  { service: 'cognito-idp', operations: /^(List|Describe)UserPoolClients?$/, rate: 15 },
  { service: 'cognito-idp', operations: /^(List|Describe)UserPools?$/, rate: 15 },
  { service: 'cognito-idp', operations: /^(Create|Update|Delete)UserPoolClient$/, rate: 15 },
  { service: 'cognito-idp', operations: /^(Create|Update|Delete)UserPool$/, rate: 15 },
  { service: 'cognito-idp', operations: /^Admin\w*User/, rate: 25 },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
  { service: 'logs', operations: /^FilterLogEvents$/, rate: 5 },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: of all management operations together
  { service: 'apigateway', operations: /./, rate: 10, burst: 40 },
];

/** The services' own throttling errors. */
const refusals: Readonly<Record<string, () => AwsError>> = {
  iam: () => new AwsError('Throttling', 'Rate exceeded'),
  'cognito-idp': () => new AwsError('TooManyRequestsException', 'Rate exceeded'),
  logs: () => new AwsError('ThrottlingException', 'Rate exceeded'),
  apigateway: () => new AwsError('TooManyRequestsException', 'Too Many Requests', 429),
};

/** Counts calls against AWS's quotas, per account and region, with token buckets. */
export class Rates {
  readonly #seconds: () => number;
  readonly #buckets = new Map<string, { tokens: number; filledAt: number }>();

  constructor(seconds: () => number) {
    this.#seconds = seconds;
  }

  /** Counts a call. Throws the service's throttling error if its quota is exhausted. */
  admit({ service, operation }: Pick<WireRequest, 'service' | 'operation'>, scope: string): void {
    const index = quotas.findIndex((quota) => quota.service === service.name && quota.operations.test(operation));
    const quota = quotas[index];
    if (quota === undefined || this.#take(`${scope}/${index}`, quota)) return;
    throw refusals[service.name]?.() ?? new AwsError('ThrottlingException', 'Rate exceeded');
  }

  #take(name: string, { rate, burst = rate }: Quota): boolean {
    const now = this.#seconds();
    const { tokens, filledAt } = this.#buckets.get(name) ?? { tokens: burst, filledAt: now };
    const filled = Math.min(burst, tokens + (now - filledAt) * rate);
    const isAdmitted = filled >= 1;
    this.#buckets.set(name, { tokens: isAdmitted ? filled - 1 : filled, filledAt: now });
    return isAdmitted;
  }
}
