import { expect, test } from 'vitest';
import { linesOf } from './lines-of.ts';

const excess = {
  policy: 'chat-Default',
  statement: 'statement 2',
  isConditional: false,
  witness: { action: 'a:b', resource: '*' },
};
/** The line that the verdict points at. */
const pointed = (
  lines: readonly string[],
  more: { actions: string[]; resources: string[]; arn?: string; policy?: string },
) => {
  for (const pattern of linesOf({ ...excess, ...more })) {
    const found = lines.find((line) => pattern.test(line));
    if (found !== undefined) return found;
  }
  return undefined;
};
const grants = "connections.grants.actions(sendMessage, 'dynamodb:Scan', 'dynamodb:DeleteItem');";

test.each([
  ["    actions: ['iam:PutRolePolicy'],", { actions: ['iam:PutRolePolicy'], resources: ['*'] }],
  [
    '    resources: [`arn:aws:dynamodb:…:table/payroll`],',
    { actions: ['dynamodb:Scan'], resources: ['arn:…:table/payroll'] },
  ],
  [
    "  ManagedPolicy.fromAwsManagedPolicyName('service-role/Wide'),",
    { actions: ['*'], resources: ['*'], arn: 'arn', policy: 'Wide' },
  ],
  ['connections.grantFullAccess(sendMessage);', { actions: ['dynamodb:*'], resources: ['arn:…:table/chat-1'] }],
])('points at %s', (line, found) => {
  expect(pointed([grants, 'stage.grantManagementApiAccess(sendMessage);', line], found)).toBe(line);
});

test('points nowhere rather than at a permission that is granted anyway', () => {
  expect(pointed([grants], { actions: ['dynamodb:Scan'], resources: ['arn:…:table/payroll'] })).toBeUndefined();
});
