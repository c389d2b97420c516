import { expect, test } from 'vitest';
import { probesOf, probesOfNamed, probesOfOwn } from './probes.ts';

const sender = {
  roleArn: 'arn:aws:iam::111122223333:role/chat-Sender',
  functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:chat-SendMessage',
};
const place = { sender, room: { apiId: 'a1b2c3d4e5', stageName: 'room' }, region: 'eu-central-1' };
const own = { type: 'AWS::DynamoDB::Table', physicalId: 'chat-Connections', logicalId: 'Connections' };

test("the names of what is asked for are nobody's, and others each time", () => {
  const posted = () => probesOf(place, [own])[0]?.resource ?? '';
  expect(posted()).toMatch(/^arn:aws:execute-api:eu-central-1:111122223333:[0-9a-z]{10}\/room\/POST\/@connections\/./);
  const firstLetters = Array.from({ length: 60 }, () => posted().split(':')[5]?.charAt(0));
  expect(new Set(firstLetters).size).toBeGreaterThan(5);
});

test('the table of the stack is asked for by its name', () => {
  const resource = 'arn:aws:dynamodb:eu-central-1:111122223333:table/chat-Connections';
  expect(probesOf(place, [own])).toContainEqual({ action: 'dynamodb:DeleteTable', resource });
});

test.each([
  [
    'arn:aws:execute-api:*:*:zzzzzzzzzz/*',
    'execute-api:ManageConnections',
    /:eu-central-1:111122223333:zzzzzzzzzz\/\w+\/POST\/@connections\/./,
  ],
  ['arn:aws:execute-api:us-east-1:*:*/*', 'execute-api:ManageConnections', /^arn:aws:execute-api:us-east-1:/],
  [
    'arn:aws:dynamodb:*:111122223333:table/payroll/index/*',
    'dynamodb:PutItem',
    /^arn:aws:dynamodb:eu-central-1:111122223333:table\/payroll$/,
  ],
  ['arn:aws:s3:::company-*', 's3:GetObject', /^arn:aws:s3:::company-[0-9a-z]{10}\/object$/],
  ['arn:aws:iam::*:role/ops/Deployer', 'sts:AssumeRole', /^arn:aws:iam::111122223333:role\/ops\/Deployer$/],
  ['arn:aws:sns:*:*:alarms', 'sns:Publish', /^arn:aws:sns:eu-central-1:111122223333:alarms$/],
  ['arn:aws:ssm:eu-central-1:111122223333:parameter/keys', 'ssm:GetParameter', /parameter\/keys$/],
])('what a policy names is asked for by its name: %s', (pattern, action, resource) => {
  expect(probesOfNamed(place, [pattern])).toContainEqual({
    action,
    resource: expect.stringMatching(resource),
    pattern,
  });
});

test('a log group is nothing to ask for', () => {
  expect(probesOfNamed(place, ['arn:aws:logs:*:*:log-group:*'])).toEqual([]);
});

test('what is of the stack itself is not to be made into something else', () => {
  const connect = 'arn:aws:lambda:eu-central-1:111122223333:function:chat-Connect';
  const role = 'arn:aws:iam::111122223333:role/chat-Connect';
  const table = 'arn:aws:dynamodb:eu-central-1:111122223333:table/chat-Connections';
  const probes = probesOfOwn([`${connect}:*`, role, table]);
  expect(probes).toContainEqual({
    action: 'lambda:UpdateFunctionCode',
    resource: connect,
    pattern: `${connect}:*`,
  });
  expect(probes).toContainEqual({ action: 'iam:PutRolePolicy', resource: role, pattern: role });
  expect(probes.some(({ resource }) => resource === table)).toBe(false);
});
