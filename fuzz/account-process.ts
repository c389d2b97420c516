import { startPracticeAccount } from '../sandbox/index.ts';

// The account to fuzz, in a separate process: its folder is the argument, its port the first line it prints.
const [, , folder = ''] = process.argv;
const { port } = await startPracticeAccount({ folder, say: (message) => console.error(message) });
console.log(port);
// Otherwise it would outlive the run that started it.
process.stdin.on('end', () => process.exit()).resume();
