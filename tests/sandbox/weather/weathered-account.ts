import { startTestAccount, type TestAccount } from '../../account.ts';

/** A practice account with AWS's delays, whose time a test moves by hand. */
export interface WeatheredAccount extends TestAccount {
  /** The options of an SDK client that makes a single attempt. */
  readonly once: TestAccount['client'] & { readonly maxAttempts: 1 };
  /** Lets seconds of AWS time pass. */
  pass(seconds: number): void;
}

/** Starts an account whose simulated time stands still until `pass` is called. */
export async function startWeatheredAccount(seed: number): Promise<WeatheredAccount> {
  const began = Date.now();
  let passed = 0;
  const account = await startTestAccount({
    weather: 'aws',
    seed,
    scale: 1,
    now: () => passed * 1000,
    clock: { now: () => new Date(began + passed * 1000) },
  });
  return {
    ...account,
    once: { ...account.client, maxAttempts: 1 },
    pass: (seconds) => {
      passed += seconds;
    },
  };
}

/** Looks once per AWS second, and returns what it saw each time. */
export async function eachSecond<T>(account: WeatheredAccount, seconds: number, look: () => Promise<T>): Promise<T[]> {
  const seen: T[] = [];
  for (let second = 0; second < seconds; second += 1) {
    seen.push(await look());
    account.pass(1);
  }
  return seen;
}
