import { expect, test } from 'vitest';
import { unsupportedResource } from './unsupported-resource.ts';

const template = JSON.stringify({
  Resources: {
    Connections: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    History: { Type: 'AWS::DynamoDB::Table', Properties: { KinesisStreamSpecification: {} } },
    Url: { Type: 'AWS::Lambda::Url' },
  },
});

test.each([
  ['its type', 'the resource type AWS::Lambda::Url', 'Url'],
  ['its property', 'the property KinesisStreamSpecification.StreamArn of AWS::DynamoDB::Table', 'History'],
  ['nothing in the template', 'the resource type AWS::SQS::Queue', undefined],
])('finds the resource that the practice account does not support: %s', (_, what, expected) => {
  const output = `❌ chat failed\n‣ ValidationError: The practice account doesn't support ${what}.\n`;
  expect(unsupportedResource(output, template)).toBe(expected);
});

test('is not about other failures', () => {
  expect(unsupportedResource('‣ ValidationError: Template error', template)).toBeUndefined();
});
