import type { Command } from 'commander';
import { UsageError } from '../failures/errors.ts';
import { nearest } from '../workshop/nearest.ts';

/** Returns the error that a command has no such subcommand, with the nearest one if one is close. */
export function unknownCommand(command: Command, name: string): UsageError {
  const meant = nearest(
    name,
    command.commands.map((each) => each.name()),
  );
  const called = namesOf(command).join(' ');
  return new UsageError(
    `There is no command "${name}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    called === '' ? '`npx lab --help` lists all commands.' : `\`npx lab help ${called}\` shows how to use it.`,
  );
}

/** The words of a command after `lab`: none of `lab` itself. */
function namesOf(command: Command): string[] {
  return command.parent === null ? [] : [...namesOf(command.parent), command.name()];
}
