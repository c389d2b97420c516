import { cpus, loadavg } from 'node:os';
import { layOutWorkshop } from '../tests/cli/workshop.ts';
import type { Line } from './measurement.ts';
import { measurements } from './measurements.ts';
import { runSoak } from './soak/run.ts';

// `npm run bench`: measures the workshop in copies of it, most of it beside the floor: `floor/server.mjs`.
// `npm run bench -- chat list` measures only these.
// `npm run bench -- --peers` measures serverless-offline, too, which it installs in `.lab/peers`.
// `npm run bench -- --soak` runs for about an hour and looks for leaks, with `--messages 2000 --deployments 5` for minutes.

// The SDK warns about Node.js 20 for every client.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Every Node.js process would read all of these certificates as it starts.
delete process.env.NODE_EXTRA_CA_CERTS;

if (process.argv[2] === '--soak') process.exit(await runSoak(process.argv.slice(3)));
const peers = process.argv.includes('--peers');
const names = process.argv.slice(2).filter((name) => name !== '--peers');
const unknown = names.filter((name) => !Object.hasOwn(measurements, name));
if (unknown.length > 0) {
  console.error(`Unknown measurement: ${unknown.join(', ')}. Available: ${Object.keys(measurements).join(', ')}.`);
  process.exit(2);
}
console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}. Times are medians.`);
if ((loadavg()[0] ?? 0) > 1)
  console.log('The machine is busy with something else; the numbers are only good on an idle one.');
let remove = async () => {};
process.once('SIGINT', () => void remove().finally(() => process.exit(130)));
for (const [name, measure] of Object.entries(measurements)) {
  if (names.length > 0 && !names.includes(name)) continue;
  progress(`${name}: a copy of the workshop`);
  const workshop = await layOutWorkshop();
  remove = () => workshop.remove();
  try {
    const lines = await measure({ workshop, peers, progress: (what) => progress(`${name}: ${what}`) });
    progress('');
    const load = loadavg()[0]?.toFixed(1);
    console.log(`\n${name}${process.platform === 'win32' ? '' : ` (the machine's load after it: ${load})`}`);
    for (const line of lines) console.log(inColumns(line));
  } finally {
    progress('');
    await remove();
    remove = async () => {};
  }
}

function inColumns({ what, measured, compared = '', aim, reached }: Line): string {
  const mark = reached === undefined ? ' ' : reached ? '✓' : '✗';
  const target = aim === undefined ? '' : `aim ${aim}`;
  return `  ${mark} ${what.padEnd(58)} ${measured.padStart(9)}  ${compared.padEnd(16)}  ${target}`.trimEnd();
}

/** One line of a terminal, overwritten; nothing if the output is redirected. */
function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
}
