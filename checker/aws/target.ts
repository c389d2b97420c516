import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import type { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';

/** The account that commands work in. Nothing else in the checker knows whether it is AWS or the practice account. */
export interface Target {
  readonly kind: 'practice' | 'aws';
  /** For people: `the practice account`, `AWS account 111122223333 in us-east-1`. */
  readonly title: string;
  readonly region: string;
  /** The AWS profile, if one was chosen. */
  readonly profile?: string;
  readonly clients: Clients;
  /** The environment that a child process such as the CDK CLI needs; undefined unsets a variable. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * How long a change can take to spread, in milliseconds: a failed check is retried until then. 0 in the practice
   * account.
   */
  readonly spread: number;
  /** How many AWS seconds pass in one second of this machine; more than 1 in a practice account with AWS's weather. */
  readonly scale?: number;
  /**
   * How long a handshake, and an answer in the room, can take, in milliseconds; by default, as long as people would
   * wait.
   */
  readonly patience?: number;
  /**
   * Whether the account belongs to this command: it ends with it, and rolls back unfinished operations on the next
   * start.
   */
  readonly endsWithCommand?: boolean;
  /**
   * Runs something while the account's clock is set back by this many milliseconds, or far enough that a token from
   * then has expired by now; its clients sign for that time. Only accounts that were started for proofs have this:
   * nobody is waiting there.
   */
  longAgo?<T>(work: (clients: Clients) => Promise<T>, distance?: number): Promise<T>;
  /** Where the page signs people in: Cognito's address, as a browser calls it. */
  readonly cognitoEndpoint: string;
  /** Mails that would have been sent, the newest first. AWS sends them itself, so it doesn't have this. */
  mail?(): Promise<readonly Mail[]>;
  /** Calls of functions that the practice account doesn't support. AWS supports all, so it doesn't have this. */
  unsupported?(): Promise<readonly UnsupportedCall[]>;
  /**
   * Returns for how many milliseconds no function has been running; 0 while one is, and undefined if the account
   * doesn't say. Waits until that is at least `least`, for at most `longest`. Only a practice account without AWS's
   * weather can.
   */
  quietFor?(wait: Quiet): Promise<number | undefined>;
  /**
   * Makes `@connections` calls for one connection id fail, makes posts to it take longer, or both. Call it again with
   * the id alone to end that. Returns how many such calls there were since the last time; undefined if the account
   * can't. AWS can't.
   */
  letFail?(call: FailingCall): Promise<number | undefined>;
  /**
   * Limits each Query and Scan of a table to so many items, as if they were large, and can make one of them fail. Call
   * it again with the table alone to end that. Returns whether the account does. AWS can't.
   */
  limitReads?(limit: ReadLimit): Promise<boolean>;
  /** Allows the page at this origin to connect to the room. AWS needs nothing. */
  allowPage(origin: string): Promise<void>;
  /** Releases everything that was opened for this command: an account that was started in this process ends. */
  close(): Promise<void>;
}

/** How long no function must have been running, and how long to wait for that at most, in milliseconds. */
export interface Quiet {
  readonly least: number;
  /** A practice account waits for less than two seconds in any case. */
  readonly longest: number;
}

/** A connection id, and the error that calls for it fail with, if they do: API Gateway's, or the network's. */
export interface FailingCall {
  readonly connectionId: string;
  readonly error?:
    | 'ForbiddenException'
    | 'PayloadTooLargeException'
    | 'LimitExceededException'
    | 'InternalServerErrorException'
    | 'ECONNRESET';
  /** How much longer each post takes, in milliseconds. */
  readonly delay?: number;
  /** How many calls fail, if not all. A running practice account may be from before it could do that. */
  readonly most?: number;
}

/** A table, and how many items a read of it returns at once, if that is limited. Without `items`, no read fails. */
export interface ReadLimit {
  readonly table: string;
  readonly items?: number | undefined;
  /** From which of these reads on they fail, counted from 1. */
  readonly failsFrom?: number | undefined;
  /** How many of them fail, if not all. */
  readonly most?: number | undefined;
  /** The name of the error with which they fail; one that the SDK doesn't try again unless given. */
  readonly error?: string | undefined;
}

/** A function's latest call of something that the practice account doesn't support. */
export interface UnsupportedCall {
  readonly functionName: string;
  /** The error's sentence, which names what isn't supported. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A code that a user pool would have mailed to somebody. */
export interface Mail {
  /** ISO 8601. */
  readonly sent: string;
  readonly userPoolId: string;
  readonly username: string;
  readonly destination: string;
  /** `SignUp`, `ForgotPassword`. */
  readonly purpose: string;
  readonly code: string;
}

/** One SDK client per service, each loaded on first use: loading all of them takes longer than a verdict. */
export interface Clients {
  sts(): Promise<STSClient>;
  iam(): Promise<IAMClient>;
  lambda(): Promise<LambdaClient>;
  dynamodb(): Promise<DynamoDBClient>;
  cloudformation(): Promise<CloudFormationClient>;
  apigateway(): Promise<ApiGatewayV2Client>;
  logs(): Promise<CloudWatchLogsClient>;
  ssm(): Promise<SSMClient>;
  s3(): Promise<S3Client>;
  cognito(): Promise<CognitoIdentityProviderClient>;
  /** For the `@connections` of one API stage, with the `endpoint` from AWS: `https://…/prod`. */
  connections(endpoint: string): Promise<ApiGatewayManagementApiClient>;
}
