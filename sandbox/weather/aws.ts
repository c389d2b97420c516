import { type Call, type Clock, extending, regional } from '../calls/context.ts';
import type { Store } from '../state/store.ts';
import { between, chanceOf } from './chance.ts';
import { Changes } from './changes.ts';
import { LateIndexes } from './late-indexes.ts';
import { lateLogs } from './late-logs.ts';
import { Pages } from './pages.ts';
import { Rates } from './rates.ts';
import type { Weather } from './weather.ts';

/** How many AWS seconds pass in one second here, by default: proofs stay short. */
const usualScale = 20;

/** How many hosts a service has. Each sees a change at a different time. */
const replicas = 3;

/** How long a new execution environment takes before it runs its code, in seconds. */
const coldStarts = [1, 5] as const;

/**
 * The concurrency limit of a new AWS account (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
const concurrency = 10;

/** The services whose reads can lag behind their writes. STS reads IAM's roles. */
const behind: ReadonlySet<string> = new Set(['apigateway', 'iam', 'lambda', 'sts']);

export interface AwsWeatherOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The seed of everything random: the same seed gives the same weather. */
  readonly seed: string | number;
  /** How many AWS seconds pass in one second here. */
  readonly scale?: number;
  /** Milliseconds on a monotonic clock. */
  readonly now?: () => number;
}

/** Returns weather like AWS's: slow, strict and eventually consistent. */
export function awsWeather(options: AwsWeatherOptions): Weather {
  const { store, clock, seed, scale = usualScale, now = () => performance.now() } = options;
  const chance = chanceOf(seed);
  const seconds = () => (now() * scale) / 1000;
  const changes = new Changes(store, chance, seconds);
  const rates = new Rates(seconds);
  const pages = new Pages(chance);
  const indexes = new LateIndexes(chance, seconds);
  const counts = new Map<string, number>();
  const hosts = new WeakMap<object, string>();

  /** Draws with a separate counter for each kind of event. */
  function draw(event: string): number {
    const count = counts.get(event) ?? 0;
    counts.set(event, count + 1);
    return chance(event, count);
  }

  function replicaOf(reader: string, client: object | undefined): string {
    const known = client === undefined ? undefined : hosts.get(client);
    const replica = known ?? `${reader} ${Math.floor(draw(`replica of ${reader}`) * replicas)}`;
    if (client !== undefined) hosts.set(client, replica);
    return replica;
  }

  function seenBy(reader: string, client?: object) {
    return changes.seenBy(replicaOf(reader, client));
  }

  return {
    forecast: { kind: 'aws', seed, scale },
    concurrency,
    hasConflicts: true,
    seenBy,
    async answer(request, call, run) {
      const { service, operation } = request;
      rates.admit(request, regional(call));
      const isRead = behind.has(service.name) && /^(Get|List|Simulate|AssumeRole)/.test(operation);
      // A read never commits, so a view without `commit` is enough.
      const seen: Call = isRead ? extending(call, { store: seenBy(service.name) as Store }) : call;
      return pages.of(request, (input) => indexes.of({ ...request, input }, seen, run));
    },
    logs: (logs) => lateLogs(logs, { clock, chance, scale }),
    coldStart: () => (between(coldStarts, draw('cold start')) * 1000) / scale,
  };
}
