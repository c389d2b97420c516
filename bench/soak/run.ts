import { parseArgs } from 'node:util';
import { layOutWorkshop } from '../../tests/cli/workshop.ts';
import { type Amount, roomCount, soak } from './soak.ts';

/** How often progress is printed if the output is redirected, in milliseconds. */
const everyMinute = 60_000;

/**
 * Runs `npm run bench -- --soak` and returns its exit code: 1 if a value isn't level, 2 if the arguments are invalid.
 */
export async function runSoak(args: readonly string[]): Promise<number> {
  const amount = readAmount(args);
  if (typeof amount === 'string') {
    console.error(amount);
    return 2;
  }
  const { connections, messages, deployments } = amount;
  console.log(
    `Soak: ${roomCount} rooms with ${connections} connections in all, ${messages} messages, ${deployments} deployments of a changed line.`,
  );
  const workshop = await layOutWorkshop();
  let remove = () => workshop.remove();
  const keepLogs = () => {
    remove = async () => void (await workshop.lab('sandbox', 'stop'));
    return `The logs are kept: cd ${workshop.root} && node checker/launch/lab.mjs logs 01`;
  };
  const interrupted = () => void remove().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    const { figures, unexpected } = await soak(workshop, amount, {
      progress: progress(),
      began: (pid) => console.log(`Measuring process ${pid} in ${workshop.root}.`),
    });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    console.log(`\n    ${''.padEnd(30)} ${'first tenth'.padStart(12)} ${'last tenth'.padStart(12)}`);
    for (const { what, first, last, isLevel } of figures) {
      const columns = `${what.padEnd(30)} ${first.toFixed(0).padStart(12)} ${last.toFixed(0).padStart(12)}`;
      console.log(`  ${isLevel ? '✓' : '✗'} ${columns}${isLevel ? '' : '  not level: over 20 % more'}`);
    }
    if (unexpected.length > 0) {
      console.log(`  ✗ ${unexpected.length} unexpected frames, the first: ${unexpected[0]}\n\n${keepLogs()}`);
    }
    return unexpected.length === 0 && figures.every(({ isLevel }) => isLevel) ? 0 : 1;
  } catch (error) {
    console.error(`\n${(error as Error).message}\n${keepLogs()}`);
    return 1;
  } finally {
    process.off('SIGINT', interrupted);
    await remove();
  }
}

function readAmount(args: readonly string[]): Amount | string {
  const option = (value: string) => ({ type: 'string', default: value }) as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { connections: option('200'), messages: option('100000'), deployments: option('300') },
    });
    const [connections, messages, deployments] = [values.connections, values.messages, values.deployments].map(Number);
    const amount = { connections, messages, deployments } as Amount;
    const isCount = (value: number, least: number) => Number.isInteger(value) && value >= least;
    if (isCount(amount.connections, roomCount) && isCount(amount.messages, 1) && isCount(amount.deployments, 0))
      return amount;
    return `--connections needs ${roomCount} or more, --messages needs a number above 0, --deployments needs 0 or more.`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A line of the terminal, overwritten; if the output is redirected, a line a minute. */
function progress(): (what: string) => void {
  let printed = -everyMinute;
  return (what) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
    else if (performance.now() - printed >= everyMinute) {
      printed = performance.now();
      console.log(`${new Date().toISOString()} ${what}`);
    }
  };
}
