import { type Command, InvalidArgumentError } from 'commander';
import type { GameOptions } from '../gameday/start-game.ts';
import type { ReportOptions } from './commands/gameday-report.ts';
import { outputFile } from './output-file.ts';
import type { Program } from './program.ts';
import { unknownCommand } from './unknown-command.ts';

/** Adds `lab gameday` and its subcommands. `end` gets the result of the called command. */
export function gameDayCommands(lab: Command, program: Program, end: (code: number) => void): void {
  const gameday = lab
    .command('gameday')
    .description('repair several faults at once, against the clock; resumes a running game')
    .helpCommand(false)
    .option('--seed <number>', 'the faults and complaints: the same seed draws the same game', whole(0))
    .option('--faults <number>', 'how many faults (default: 3)', whole(1))
    .option('--minutes <number>', 'how long the game lasts (default: 60)', whole(1))
    .argument('[command]')
    .usage('[options] [command]')
    .action(async (word: string | undefined, options: GameOptions) => {
      if (word !== undefined) throw unknownCommand(gameday, word);
      end(await (await import('./commands/gameday.ts')).gameday(program, options));
    });
  gameday
    .command('status')
    .description('show who is complaining, since when, and what was deployed')
    .option('--json', 'print one JSON document and nothing else')
    .action(async (options: { json?: boolean }) => {
      end(await (await import('./commands/gameday-status.ts')).gamedayStatus(program, options));
    });
  gameday
    .command('hint')
    .description('show the next hint for a complaint, which costs points')
    .argument('[n]', 'the number of the complaint; by default, the one that has been open the longest', whole(1))
    .action(async (complaint: number | undefined) => {
      end(await (await import('./commands/gameday-hint.ts')).gamedayHint(program, complaint));
    });
  gameday
    .command('answer')
    .description("tell somebody that the room doesn't cause their problem")
    .argument('<n>', 'the number of the complaint', whole(1))
    .option('--not-ours', "say that the room isn't the cause; a wrong answer costs points")
    .action(async (complaint: number, options: { notOurs?: boolean }) => {
      end(await (await import('./commands/gameday-answer.ts')).gamedayAnswer(program, complaint, options));
    });
  gameday
    .command('end')
    .description('end the game and print its report')
    .action(async () => end(await (await import('./commands/gameday-report.ts')).gamedayEnd(program)));
  gameday
    .command('report')
    .description('print what happened, what was wrong, and where you could have looked, once the game is over')
    .option('--json', 'print one JSON document and nothing else')
    .option('--html <file>', 'write a page as well', outputFile)
    .action(async (options: ReportOptions) => {
      end(await (await import('./commands/gameday-report.ts')).gamedayReport(program, options));
    });
}

/** Returns a parser for whole numbers from `least`. */
function whole(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be an integer, ${least} or greater.`);
  };
}
