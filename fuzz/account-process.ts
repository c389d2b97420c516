import { startPracticeAccount } from '../sandbox/index.ts';

// The account that is fuzzed, in a process of its own: its folder is the argument, its port the first line it prints.
const [, , folder = ''] = process.argv;
const { port } = await startPracticeAccount({ folder, say: (message) => console.error(message) });
console.log(port);
// Without the run that started it, it would stay for ever.
process.stdin.on('end', () => process.exit()).resume();
