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

/** The account that commands work on. Nothing else in the checker knows whether it is AWS or the practice account. */
export interface Target {
  readonly kind: 'practice' | 'aws';
  /** For people: `the practice account`, `AWS account 111122223333 in us-east-1`. */
  readonly title: string;
  readonly region: string;
  /** The AWS profile that it is entered by, where one was named. */
  readonly profile?: string;
  readonly clients: Clients;
  /** What a child process such as the CDK CLI needs in its environment; undefined takes a variable out of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long a change may take to spread, in milliseconds: a check that fails looks again until then. 0 on the practice account. */
  readonly spread: number;
  /** How many seconds of AWS pass in one second of this machine; more than 1 in a practice account with AWS's weather. */
  readonly scale?: number;
  /** How long a handshake, and an answer in the room, may take, in milliseconds; unless given, as long as people wait there. */
  readonly patience?: number;
  /** Whether the account is this command's own: it ends with it, and rolls back what was under way when it next starts. */
  readonly endsWithCommand?: boolean;
  /**
   * Does its work while the account's clock stands back so many milliseconds, or far enough that a token of those days
   * has expired by now; the clients it gets sign for that time. Only an account that was started to prove something has it: nobody waits there.
   */
  longAgo?<T>(work: (clients: Clients) => Promise<T>, distance?: number): Promise<T>;
  /** Where the page signs people in: Cognito's address, as a browser calls it. */
  readonly cognitoEndpoint: string;
  /** What would have been mailed, the newest first. AWS mails it itself, and does not have this. */
  mail?(): Promise<readonly Mail[]>;
  /** Lets the page at this origin talk to the room. AWS asks for nothing. */
  allowPage(origin: string): Promise<void>;
  /** Releases what was opened for this command: an account started in this process ends. */
  close(): Promise<void>;
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

/** One SDK client a service, each loaded when it is first asked for: loading all of them takes longer than a verdict. */
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
  /** For the `@connections` of one API stage; `endpoint` as AWS gives it: `https://…/prod`. */
  connections(endpoint: string): Promise<ApiGatewayManagementApiClient>;
}
