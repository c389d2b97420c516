import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

// `npm run fuzz -- --requests 100000 --seed 1`: sends a practice account what it should never get, and ends with 1 if
// that did harm. `--only N` sends only request N of that seed.

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    minutes: { type: 'string', default: '30' },
  },
});
const seed = Number(values.seed);
const report = await fuzz({
  requests: Number(values.requests),
  seed,
  within: Number(values.minutes) * 60_000,
  progress: (line) => console.log(line),
  ...(values.only === undefined ? {} : { only: Number(values.only) }),
});
const { sent, seconds, statuses, kept, kills, slowest, memory, findings } = report;
console.log(`\n${sent} requests in ${seconds.toFixed(0)} s (${Math.round(sent / seconds)} a second), seed ${seed}`);
console.log(
  `answered: ${Object.entries(statuses)
    .map(([status, count]) => `${status} × ${count}`)
    .join(', ')}`,
);
console.log(`${kept} acknowledged writes checked after ${kills} kills and at the end`);
console.log(`GetCallerIdentity at its slowest: ${Math.round(slowest)} ms; most memory: ${Math.round(memory)} MB`);
for (const { what, index, request, count } of findings) {
  console.log(`\n✗ ${what.slice(0, 1500)}  (${count} ×)`);
  if (index !== undefined)
    console.log(`  again: npm run fuzz -- --seed ${seed} --only ${index}\n  ${JSON.stringify(request)}`);
}
console.log(findings.length === 0 ? '\nNo crash, no hang, nothing lost.' : `\n${findings.length} findings.`);
process.exit(findings.length === 0 ? 0 : 1);
