import type { World } from '../../../calls/context.ts';
import type { FunctionRecord } from '../records.ts';
import { throttled } from './errors.ts';

/** Counts running and waiting invocations, by function and by account and region. */
export class Concurrency {
  readonly #weather: Pick<World['weather'], 'concurrency'>;
  readonly #counts = new Map<string, number>();

  constructor(weather: Pick<World['weather'], 'concurrency'>) {
    this.#weather = weather;
  }

  /**
   * Counts one more invocation; call the result when it has ended. Throws Lambda's error if the reserved concurrency of
   * the function, or that of the account and region, `111122223333/us-east-1`, is used up:
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   */
  enter({ FunctionArn, reservedConcurrency }: FunctionRecord, scope: string): () => void {
    if (reservedConcurrency !== undefined && this.#of(FunctionArn) >= reservedConcurrency)
      throw throttled('ReservedFunctionConcurrent');
    if (this.#of(scope) >= this.#weather.concurrency) throw throttled('Concurrent');
    const keys = [FunctionArn, scope];
    for (const key of keys) this.#counts.set(key, this.#of(key) + 1);
    return () => {
      for (const key of keys) this.#counts.set(key, this.#of(key) - 1);
    };
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
