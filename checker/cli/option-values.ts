import { InvalidArgumentError, Option } from 'commander';

/** Returns the option for how fast, strict and consistent a practice account is. */
export function weather(): Option {
  return new Option('--weather <weather>', 'aws: as slow, strict and eventually consistent as AWS').choices([
    'aws',
    'calm',
  ]);
}

/** Returns the option that repeats a weather. */
export function seed(): Option {
  return new Option('--seed <number>', "the weather's seed: the same seed gives the same weather")
    .implies({ weather: 'aws' })
    .argParser((text: string) => {
      const number = Number(text);
      if (Number.isSafeInteger(number) && number >= 0) return number;
      throw new InvalidArgumentError('A seed is an integer, 0 or greater.');
    });
}

/** Reads a port. Throws an InvalidArgumentError if it isn't one. */
export function port(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number < 65536) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
