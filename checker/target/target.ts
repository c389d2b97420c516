import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import type { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { STSClient } from '@aws-sdk/client-sts';

/** The account that commands work on. Nothing else in the checker knows whether it is AWS or the practice account. */
export interface Target {
  readonly kind: 'practice' | 'aws';
  /** For people: `the practice account`, `AWS account 111122223333 in us-east-1`. */
  readonly title: string;
  readonly region: string;
  readonly clients: Clients;
  /** What a child process such as the CDK CLI needs in its environment; undefined takes a variable out of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long a change may take to spread, in milliseconds: a check that fails looks again until then. 0 on the practice account. */
  readonly spread: number;
  /** Whether the account is this command's own: it ends with it, and rolls back what was under way when it next starts. */
  readonly endsWithCommand?: boolean;
  /** Lets the page at this origin talk to the room. AWS asks for nothing. */
  allowPage(origin: string): Promise<void>;
  /** Releases what was opened for this command: an account started in this process ends. */
  close(): Promise<void>;
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
  /** For the `@connections` of one API stage; `endpoint` as AWS gives it: `https://…/prod`. */
  connections(endpoint: string): Promise<ApiGatewayManagementApiClient>;
}
