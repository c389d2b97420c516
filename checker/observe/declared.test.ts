import { expect, test } from 'vitest';
import { hasCustomResources, isDeclared } from './declared.ts';

const RECOVERY = ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'] as const;
const recovery = (value: unknown) => ({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: value } });

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['a literal', recovery(true)],
  ['a literal as text', recovery('true')],
  ['a parameter', recovery({ Ref: 'Recovery' })],
  ['a condition', recovery({ 'Fn::If': ['Closed', true, false] })],
  [
    'a condition around it',
    { PointInTimeRecoverySpecification: { 'Fn::If': ['Closed', {}, { Ref: 'AWS::NoValue' }] } },
  ],
])('%s asks for a setting', (_, properties) => {
  expect(isDeclared(properties, ...RECOVERY)).toBe(true);
});

test.each<[string, Readonly<Record<string, unknown>> | undefined]>([
  ['no resource', undefined],
  ['no property', {}],
  ['another property', { PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 7 } }],
  ['a literal that disables it', recovery(false)],
  ['the same as text', recovery('false')],
  ['a value that means none', recovery({ Ref: 'AWS::NoValue' })],
])('%s does not', (_, properties) => {
  expect(isDeclared(properties, ...RECOVERY)).toBe(false);
});

test.each([
  ['Custom::LogRetention', true],
  ['AWS::CloudFormation::CustomResource', true],
  ['AWS::Logs::LogGroup', false],
])('%s can change other resources: %s', (type, can) => {
  expect(hasCustomResources([{ logicalId: 'One', physicalId: 'one', type }])).toBe(can);
});
