import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { costOfConnections, costOfFlood, costOfMessage, mostPeople, secondsToConnect } from './cost-of-message.ts';
import { prices } from './prices.ts';
import { quotas } from './quotas.ts';

test.each([1, 1_000, 100_000, 1_000_000])(
  'a message to %i people is paid for once in and once for each of them',
  (people) => {
    const { dollars } = costOfMessage(people);
    expect(dollars.messages).toBeCloseTo((people + 1) * prices.message.dollars, 9);
    const { total, ...parts } = dollars;
    expect(total).toBeCloseTo(
      Object.values(parts).reduce((sum, each) => sum + each),
      9,
    );
  },
);

test('a room grows past the timeout of its function near 40,000 people', () => {
  const most = mostPeople();
  expect(most).toBeGreaterThan(38_000);
  expect(most).toBeLessThan(42_000);
  expect(costOfMessage(most).reached).toBe(most);
  expect(costOfMessage(most).seconds).toBeLessThanOrEqual(quotas.timeoutSeconds.value);
  expect(costOfMessage(most + 1_000).reached).toBeLessThan(most + 1_000);
});

test('the more people there are, the fewer messages a second the account allows', () => {
  expect(costOfMessage(999).messagesPerSecond).toBe(10);
  expect(costOfMessage(1_000_000).messagesPerSecond).toBeLessThan(0.01);
});

test('a flood costs in proportion to what gets through', () => {
  expect(costOfFlood(500, 4, 10) / costOfFlood(50, 4, 10)).toBeCloseTo(10, 6);
  expect(costOfFlood(50, 4, 10)).toBeCloseTo(50 * 4 * 3600 * costOfMessage(10).dollars.total, 6);
});

test('connections cost extra, and take time', () => {
  expect(costOfConnections(1_000)).toBeCloseTo(2.52, 2);
  expect(secondsToConnect(1_000_000)).toBe(2_000);
});

test("the room's own limits match its files", async () => {
  const read = (path: string) => readFile(join(workshopRoot(), path), 'utf8');
  expect(await read(quotas.lanes.source)).toContain(`const LANES = ${quotas.lanes.value};`);
  expect(await read(quotas.timeoutSeconds.source)).toContain(`Duration.seconds(${quotas.timeoutSeconds.value})`);
});

test('every AWS price and quota has its page', () => {
  for (const { source } of [...Object.values(prices), ...Object.values(quotas)])
    expect(source).toMatch(/^https:\/\/(docs\.)?aws\.amazon\.com\/|^(app|solutions)\//);
});
