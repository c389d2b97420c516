import { InvalidArgumentError, Option } from 'commander';

/** Returns the option for how fast, strict and consistent a practice account is. */
export function weather(): Option {
  return new Option('--weather <weather>', 'aws: as slow, strict and eventual as AWS').choices(['aws', 'calm']);
}

/** Returns the option that repeats a weather. */
export function seed(): Option {
  return new Option('--seed <number>', 'which weather it is: the same seed gives the same')
    .implies({ weather: 'aws' })
    .argParser((text: string) => {
      const number = Number(text);
      if (Number.isSafeInteger(number) && number >= 0) return number;
      throw new InvalidArgumentError('A seed is a whole number from 0.');
    });
}

/** Reads a port. Throws an InvalidArgumentError if it isn't one. */
export function port(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number < 65536) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
