import { expect, test } from 'vitest';
import { actionsIn, actionsOf } from './policy-actions.ts';

const document = (...Action: unknown[]) => ({ Statement: Action.map((one) => ({ Effect: 'Allow', Action: one })) });
const template = JSON.stringify({
  Resources: {
    Default: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'd', PolicyDocument: document('dynamodb:Scan') } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: document('a:B') }] },
    },
    Named: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: { Ref: 'Name' }, PolicyDocument: document('c:D') } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
  },
});

test('the actions of a document, one statement or several, one action or several', () => {
  expect(actionsOf(document('a:B', ['c:D', 'c:E'], { Ref: 'x' }))).toEqual(['a:B', 'c:D', 'c:E']);
  expect(actionsOf({ Statement: { Action: 'a:B' } })).toEqual(['a:B']);
  expect(actionsOf({ Statement: [{}] })).toEqual([]);
});

test.each([
  ['d', ['dynamodb:Scan']],
  ['own', ['a:B']],
  ['nobody', undefined],
])('of the policy %s in a template', (name, expected) => {
  expect(actionsIn(template, name)).toEqual(expected);
});
