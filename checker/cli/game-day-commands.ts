import { type Command, InvalidArgumentError } from 'commander';
import type { GameOptions } from '../gameday/start-game.ts';
import type { ReportOptions } from './commands/gameday-report.ts';
import type { Program } from './program.ts';

/** Adds `lab gameday` and its subcommands. `end` gets what the command that was called ends with. */
export function gameDayCommands(lab: Command, program: Program, end: (code: number) => void): void {
  const gameday = lab
    .command('gameday')
    .description('repair several faults at once, against the clock; resumes the game that runs')
    .helpCommand(false)
    .option('--seed <number>', 'which faults and complaints: the same seed gives the same game', whole(0))
    .option('--faults <number>', 'how many faults (default: 3)', whole(1))
    .option('--minutes <number>', 'how long it takes (default: 60)', whole(1))
    .action(async (options: GameOptions) => {
      end(await (await import('./commands/gameday.ts')).gameday(program, options));
    });
  gameday
    .command('status')
    .description('who complains, since when, and what was deployed')
    .option('--json', 'one JSON document and nothing else')
    .action(async (options: { json?: boolean }) => {
      end(await (await import('./commands/gameday-status.ts')).gamedayStatus(program, options));
    });
  gameday
    .command('hint')
    .description('the next hint for a complaint, which costs points')
    .argument('[n]', 'the number of the complaint; without it, the one that has been open for longest', whole(1))
    .action(async (complaint: number | undefined) => {
      end(await (await import('./commands/gameday-hint.ts')).gamedayHint(program, complaint));
    });
  gameday
    .command('answer')
    .description('tell somebody that the room does not cause their problem')
    .argument('<n>', 'the number of the complaint', whole(1))
    .option('--not-ours', 'the answer; if it is wrong, it costs points')
    .action(async (complaint: number, options: { notOurs?: boolean }) => {
      end(await (await import('./commands/gameday-answer.ts')).gamedayAnswer(program, complaint, options));
    });
  gameday
    .command('end')
    .description('end the game, and print its report')
    .action(async () => end(await (await import('./commands/gameday-report.ts')).gamedayEnd(program)));
  gameday
    .command('report')
    .description('what happened, what was wrong, and where one could have looked; once the game is over')
    .option('--json', 'one JSON document and nothing else')
    .option('--html <file>', 'write a page as well')
    .action(async (options: ReportOptions) => {
      end(await (await import('./commands/gameday-report.ts')).gamedayReport(program, options));
    });
}

/** Returns what reads a whole number from `least`. */
function whole(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
  };
}
