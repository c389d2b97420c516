import { DeleteRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { DetachRolePolicyCommand } from '@aws-sdk/client-iam';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextStep } from '../../checker/report/next-step.ts';
import { type LearnedLab, learnLab } from './learned-lab.ts';
import { runCommand } from './run-command.ts';

// The same as in `changed-by-hand.test.ts`, for what only later labs look at: logs, and the recovery of tables.

const rooms = new Map<string, { readonly room: LearnedLab; readonly workshop: string }>();

beforeAll(async () => {
  for (const number of ['10', '11']) {
    const room = await learnLab(number);
    const workshop = await room.layOut('solution');
    rooms.set(number, { room, workshop });
    await room.deploy(workshop);
  }
}, 240_000);

afterAll(() => Promise.all([...rooms.values()].map(({ room }) => room.close())));

type IdOf = (type: string, logicalId: RegExp) => string;

const changes: ReadonlyArray<
  readonly [change: string, lab: string, seen: RegExp, change: (room: LearnedLab, idOf: IdOf) => Promise<unknown>]
> = [
  [
    'the retention of a log group',
    '10',
    /^AWS::Logs::LogGroup SendMessageLog: RetentionInDays$/,
    async ({ target }, idOf) =>
      (await target.clients.logs()).send(
        new DeleteRetentionPolicyCommand({ logGroupName: idOf('AWS::Logs::LogGroup', /^SendMessage/) }),
      ),
  ],
  [
    'the log level of a function',
    '10',
    /^AWS::Lambda::Function SendMessage: LoggingConfig$/,
    async ({ target }, idOf) =>
      (await target.clients.lambda()).send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: idOf('AWS::Lambda::Function', /^SendMessage/),
          LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'FATAL', SystemLogLevel: 'WARN' },
        }),
      ),
  ],
  [
    'the managed policy of a role',
    '10',
    /^AWS::IAM::Role SendMessage\/ServiceRole: ManagedPolicyArns$/,
    async ({ target }, idOf) =>
      (await target.clients.iam()).send(
        new DetachRolePolicyCommand({
          RoleName: idOf('AWS::IAM::Role', /^SendMessage/),
          PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
        }),
      ),
  ],
  [
    'the recovery of a table',
    '11',
    /^AWS::DynamoDB::Table Messages: PointInTimeRecoverySpecification$/,
    async ({ target }, idOf) =>
      (await target.clients.dynamodb()).send(
        new UpdateContinuousBackupsCommand({
          TableName: idOf('AWS::DynamoDB::Table', /^Messages/),
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 },
        }),
      ),
  ],
];

test.each(changes)(
  '%s, in lab %s',
  async (_, number, seen, change) => {
    const { room, workshop } = rooms.get(number) ?? {};
    if (room === undefined || workshop === undefined) throw new Error(`Lab ${number} isn't deployed.`);
    const made = await room.stackResources();
    await change(
      room,
      (type, logicalId) => made.find((each) => each.type === type && logicalId.test(each.logicalId))?.physicalId ?? '',
    );
    const verdict = await room.check(workshop);
    expect(verdict.status).toBe('not fixed');
    expect(verdict.drift).toMatchObject({ kind: 'changed', changes: [], changed: [expect.stringMatching(seen)] });
    expect(nextStep(verdict)).toMatch(/^Revert it: `aws /);
    for (const command of verdict.drift?.setBack ?? []) await runCommand(room.target, command);
    const after = await room.check(workshop);
    expect(after.status).toBe('fixed');
    expect(after).not.toHaveProperty('drift');
  },
  120_000,
);
