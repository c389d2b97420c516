import { costOfCheck, usageOfCheck } from '../../checker/scale/cost-of-check.ts';
import {
  assumptions,
  costOfConnections,
  costOfFlood,
  costOfMessage,
  mostPeople,
  secondsToConnect,
} from '../../checker/scale/cost-of-message.ts';
import { type Price, prices } from '../../checker/scale/prices.ts';
import { type Quota, quotas } from '../../checker/scale/quotas.ts';

// The numbers of the pages about cost and scale. They are computed from `checker/scale/`, and `npm run docs:write`
// writes them between `numbers: <name>` and `numbers: end`.

const SIZES = [1_000, 100_000, 1_000_000];

/** The hours of an afternoon, and how many listen to a script. */
const [HOURS, LISTENERS] = [4, 10];

/** Each table by its name. */
const tables: Readonly<Record<string, () => string[]>> = {
  message: () =>
    table(
      ['people', 'one message costs', 'share for messages', 'it takes', 'it reaches in 10 s', 'messages a second'],
      SIZES.map((people) => {
        const { dollars, seconds, reached, messagesPerSecond } = costOfMessage(people);
        return [
          count(people),
          money(dollars.total),
          `${((dollars.messages / dollars.total) * 100).toFixed(0)} %`,
          duration(seconds),
          reached === people ? 'everybody' : `${count(reached)} people`,
          rate(messagesPerSecond),
        ];
      }),
    ),
  connections: () =>
    table(
      ['people', 'connected for a month of working days', 'until all have connected'],
      SIZES.map((people) => [count(people), money(costOfConnections(people)), duration(secondsToConnect(people))]),
    ),
  flood: () =>
    table(
      ['messages that get through', `an afternoon of ${HOURS} hours costs`],
      [1, 50, 500, quotas.requestsPerSecond.value / (1 + LISTENERS)].map((perSecond) => [
        `${count(Math.round(perSecond))} a second`,
        money(costOfFlood(perSecond, HOURS, LISTENERS)),
      ]),
    ),
  assumptions: () =>
    table(
      ['assumed', 'value'],
      [
        ['a row of the connections table', `${assumptions.rowBytes} bytes`],
        ['a message as it goes out', `${assumptions.messageBytes} bytes`],
        ['one post to a connection', `${assumptions.postSeconds * 1000} ms`],
        ['one page of a scan, 1 MB', `${assumptions.pageSeconds * 1000} ms`],
        ['everything else in the function', `${assumptions.otherSeconds * 1000} ms`],
        ['memory of the function', `${assumptions.gigabytes * 1024} MB`],
        ['so the function times out beyond', `${count(mostPeople())} people`],
      ],
    ),
  prices: () =>
    table(
      ['list price in us-east-1 of', 'dollars', 'source'],
      Object.values<Price>(prices).map(({ listed, source }) => [
        listed.per,
        plain(listed.dollars),
        `[${source.split('/')[3]}](${source})`,
      ]),
    ),
  quotas: () =>
    table(
      ['limit', 'value', 'AWS raises it', 'source'],
      Object.values<Quota>(quotas).map(({ value, unit, adjustable, source }) => {
        const isOurs = !source.startsWith('https:');
        const where = isOurs ? `\`${source}\`` : `[${source.split('/').slice(3, 4)}](${source})`;
        return [unit, count(value), isOurs ? 'the room sets it' : adjustable ? 'yes' : 'no', where];
      }),
    ),
  checks: () =>
    table(
      ['lab', 'one check costs at most'],
      Object.entries(usageOfCheck).map(([lab, usage]) => [lab, `${(costOfCheck(usage) * 100).toFixed(2)} cents`]),
    ),
};

/** Returns a page's text with its numbers as they are now. Throws if it asks for numbers that nobody computes. */
export function withNumbers(path: string, text: string): string {
  return text.replaceAll(/(<!-- numbers: (\w+)[^\n]*-->\n)[\s\S]*?(<!-- numbers: end -->)/g, (_, begin, name, end) => {
    const lines = tables[name as string];
    if (lines === undefined) throw new Error(`${path} asks for the numbers "${name}", which are never computed.`);
    return `${begin}\n${lines().join('\n')}\n\n${end}`;
  });
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function money(dollars: number): string {
  if (dollars < 0.01) return `${Number((dollars * 100).toPrecision(2))} cents`;
  if (dollars < 1) return `${Math.round(dollars * 100)} cents`;
  return `${dollars.toLocaleString('en-US', { maximumFractionDigits: dollars < 100 ? 2 : 0 })} dollars`;
}

function duration(seconds: number): string {
  if (seconds < 1) return `${seconds.toFixed(1)} s`;
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function rate(perSecond: number): string {
  return perSecond >= 1 ? `${Math.floor(perSecond)}` : `one in ${duration(1 / perSecond)}`;
}

function plain(dollars: number): string {
  return dollars.toLocaleString('en-US', { maximumSignificantDigits: 6, useGrouping: false });
}
