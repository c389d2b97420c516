import { expect, test } from 'vitest';
import { leastPolicy } from '../checking/permissions.ts';
import { createClients } from './clients.ts';
import { endpointIn } from './endpoint.ts';
import { partitionOf } from './partition.ts';

test.each([
  ['us-east-1', 'aws', 'https://sts.us-east-1.amazonaws.com/'],
  ['cn-north-1', 'aws-cn', 'https://sts.cn-north-1.amazonaws.com.cn/'],
  ['us-gov-west-1', 'aws-us-gov', 'https://sts.us-gov-west-1.amazonaws.com/'],
  ['eusc-de-east-1', 'aws-eusc', 'https://sts.eusc-de-east-1.amazonaws.eu/'],
  ['us-iso-east-1', 'aws-iso', 'https://sts.us-iso-east-1.c2s.ic.gov/'],
])('%s is in %s, and its endpoints are', async (region, partition, endpoint) => {
  expect(await partitionOf(region)).toBe(partition);
  const { clients, close } = createClients({ region });
  expect(endpointIn(await clients.sts(), region)).toBe(endpoint);
  close();
});

test('the minimal policy names the resources of its partition', async () => {
  const { Statement } = leastPolicy({ region: 'eusc-de-east-1', account: '111122223333', partition: 'aws-eusc' });
  const arns = Statement.flatMap(({ Resource }) => Resource).filter((resource) => resource !== '*');
  expect(arns.filter((arn) => !arn.startsWith('arn:aws-eusc:'))).toEqual([]);
});
