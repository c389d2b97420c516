import { expect, test } from 'vitest';
import { inOwnRegion } from './tables.ts';

const recovery = (PointInTimeRecoveryEnabled: boolean) => ({
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
});
const elsewhere = { Region: 'eu-north-1', ...recovery(false) };

test.each([
  ['as the name of the Region', 'us-east-1'],
  ['as a reference to it', { Ref: 'AWS::Region' }],
])('reads the settings of the replica in the own Region, given %s', (_, Region) => {
  const properties = { BillingMode: 'PAY_PER_REQUEST', Replicas: [elsewhere, { Region, ...recovery(true) }] };
  expect(inOwnRegion(properties, 'us-east-1')).toMatchObject({ BillingMode: 'PAY_PER_REQUEST', ...recovery(true) });
});

test('reads no settings of a replica elsewhere', () => {
  expect(inOwnRegion({ Replicas: [elsewhere] }, 'us-east-1')).toEqual({});
});

test("keeps the table's own indexes: a replica only has settings for them", () => {
  const GlobalSecondaryIndexes = [{ IndexName: 'byChannel', KeySchema: [] }];
  const Replicas = [{ Region: 'us-east-1', GlobalSecondaryIndexes: [{ IndexName: 'byChannel' }] }];
  expect(inOwnRegion({ GlobalSecondaryIndexes, Replicas }, 'us-east-1')).toMatchObject({ GlobalSecondaryIndexes });
});

test('leaves the properties of other resources as they are', () => {
  expect(inOwnRegion(recovery(true), 'us-east-1')).toEqual(recovery(true));
});
