import { expect, test } from 'vitest';
import { rejectedResource } from './rejected-resource.ts';

const template = JSON.stringify({
  Resources: {
    Connections: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    History: { Type: 'AWS::DynamoDB::Table', Properties: { KinesisStreamSpecification: {} } },
    Url: { Type: 'AWS::Lambda::Url' },
    Retention: { Type: 'Custom::LogRetention' },
  },
});

test.each([
  ['its type', 'the resource type AWS::Lambda::Url', 'Url'],
  ['its property', 'the property KinesisStreamSpecification.StreamArn of AWS::DynamoDB::Table', 'History'],
  ['its custom type', 'the resource type Custom::LogRetention', 'Retention'],
  ['nothing in the template', 'the resource type AWS::SQS::Queue', undefined],
])('finds the resource that the practice account does not support: %s', (_, what, expected) => {
  const output = `❌ chat failed\n‣ ValidationError: The practice account doesn't support ${what}.\n`;
  expect(rejectedResource(output, template, 'save')?.id).toBe(expected);
});

test('is not about other failures', () => {
  expect(rejectedResource('‣ ValidationError: Template error', template, 'save')).toBeUndefined();
});

test('finds the resource with a null, and says what becomes one', () => {
  const words = "[/Resources/Url/Properties/AuthType] 'null' values are not allowed in templates";
  expect(rejectedResource(`‣ ValidationError: Template format error: ${words}\n`, template, 'save')).toEqual({
    id: 'Url',
    next: expect.stringContaining('Repair the value and save.'),
  });
});
