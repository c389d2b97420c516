import type { Command } from 'commander';
import { UsageError } from '../failures/errors.ts';
import { nearest } from '../workshop/nearest.ts';

/** Returns the error that a command has no such subcommand, with the nearest one if one is close. */
export function unknownCommand(command: Command, name: string): UsageError {
  const meant = nearest(
    name,
    command.commands.map((each) => each.name()),
  );
  return new UsageError(
    `There is no command "${name}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    command.parent === null
      ? '`npx lab --help` lists all commands.'
      : `\`npx lab help ${command.name()}\` shows how to use it.`,
  );
}
