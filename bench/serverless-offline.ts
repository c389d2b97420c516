import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleHandlers, handlers, type OtherRoom } from './floor.ts';

const root = join(import.meta.dirname, '..');

export const peer = 'serverless-offline 14';

/** The last Serverless Framework without an account is 3; `osls` continues it. */
const packages = { serverless: 'npm:osls@4.3.1', 'serverless-offline': '14.8.2' };

/**
 * Starts serverless-offline with the room's own handlers. It has no table, so the handlers use the floor's. Its packages
 * are installed into `.lab/peers` the first time.
 */
export async function startServerlessOffline(floor: Pick<OtherRoom, 'address'>): Promise<OtherRoom> {
  const scratch = await installed();
  const folder = await mkdtemp(join(scratch, 'room-'));
  const [websocketPort, httpPort, lambdaPort] = await freePorts(3);
  const real = join(folder, 'real');
  await mkdir(real);
  await bundleHandlers(real);
  for (const name of handlers) await writeFile(join(folder, `${name}.js`), handler(name, websocketPort));
  await writeFile(
    join(folder, 'serverless.yml'),
    service({ websocketPort, httpPort, lambdaPort }, floor.address.replace('ws:', 'http:')),
  );
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(scratch, 'node_modules', 'serverless', 'bin', 'serverless.js'), 'offline'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  await new Promise<void>((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece) => {
        output += piece;
        if (output.includes('listening on ws:')) resolve();
      });
    }
    child.once('exit', () => reject(new Error(`${peer} ended:\n${output}`)));
  });
  return {
    address: `ws://127.0.0.1:${websocketPort}/`,
    pid: child.pid ?? 0,
    readyMs: performance.now() - began,
    async close() {
      child.removeAllListeners('exit');
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For npm behind a proxy: the bench deletes it for all processes that it measures. */
const { NODE_EXTRA_CA_CERTS } = process.env;

async function installed(): Promise<string> {
  const scratch = join(root, '.lab', 'peers');
  if (existsSync(join(scratch, 'node_modules', 'serverless-offline', 'package.json'))) return scratch;
  await mkdir(scratch, { recursive: true });
  await writeFile(join(scratch, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  const { npm_execpath: npm } = process.env;
  if (npm === undefined) throw new Error('npm is needed to install the peer. Run `npm run bench -- --peers`.');
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)(process.execPath, [npm, ...install], {
    cwd: scratch,
    env: { ...process.env, NODE_EXTRA_CA_CERTS },
  });
  return scratch;
}

/** Its posts go to its own address, without a stage in the path. */
function handler(name: string, port: number | undefined): string {
  const redirect = join(root, 'sandbox', 'services', 'lambda', 'runtime', 'redirect.cjs');
  return `require(${JSON.stringify(redirect)}).redirect('http://127.0.0.1:${port}', { hosts: /^localhost$/ });
const { handler } = require('./real/${name}.cjs');
exports.handler = (event) => handler({ ...event, requestContext: { ...event.requestContext, domainName: 'localhost', stage: '' } });
`;
}

function service(ports: Readonly<Record<string, number | undefined>>, table: string): string {
  const functions = { connect: '$connect', 'send-message': 'sendmessage', disconnect: '$disconnect' };
  return JSON.stringify({
    service: 'peer',
    frameworkVersion: '*',
    provider: {
      name: 'aws',
      runtime: 'nodejs20.x',
      websocketsApiRouteSelectionExpression: '$request.body.action',
      environment: {
        AWS_ENDPOINT_URL_DYNAMODB: table,
        AWS_ACCESS_KEY_ID: 'peer',
        AWS_SECRET_ACCESS_KEY: 'peer',
        CONNECTIONS_TABLE: 'peer',
      },
    },
    plugins: ['serverless-offline'],
    custom: { 'serverless-offline': { host: '127.0.0.1', ...ports } },
    functions: Object.fromEntries(
      Object.entries(functions).map(([name, route]) => [
        name.replace('-', ''),
        { handler: `${name}.handler`, events: [{ websocket: route }] },
      ]),
    ),
  });
}

/** They are free now, which is all that can be said. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { readonly port: number }).port);
  for (const server of servers) server.close();
  return ports;
}
