import { startPracticeAccount } from '../../../sandbox/index.ts';

// A practice account in its own process, to be killed: its folder is the argument, its port the output.
const [, , folder = ''] = process.argv;
const { port } = await startPracticeAccount({ folder });
process.stdout.write(`${port}\n`);
