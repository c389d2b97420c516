import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selfSignedCertificate } from '../../checker/sign-in/certificate.ts';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await layOutWorkshop();
});
afterAll(() => workshop.remove());

const json = { 'content-type': 'application/json' };

/** The programs that may hold the port of an account that was killed. */
const programs: Readonly<Record<string, () => Server>> = {
  'closes at once': () => createServer((socket) => socket.destroy()),
  'resets once it is asked': () => tcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
  'says nothing': () => tcp(() => {}),
  'answers garbage': () => tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
  'answers other JSON': () => createHttpServer((_, response) => response.writeHead(200, json).end('{"ok":true}')),
  'answers 204 to everything': () => createHttpServer((_, response) => response.writeHead(204).end()),
  'speaks TLS': () => createTlsServer(certificate(), (socket) => socket.end()),
  drips: () =>
    tcp((socket) => {
      socket.write('HTTP/1.1 204 No Content\r\nx-slow: ');
      const drip = setInterval(() => socket.write('.'), 100);
      socket.on('close', () => clearInterval(drip));
    }),
};

function certificate(): { key: string; cert: string } {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = selfSignedCertificate(keys).toString('base64');
  return {
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`,
  };
}

function tcp(each: (socket: Socket) => void): Server {
  return createServer((socket) => {
    socket.on('error', () => {});
    each(socket);
  });
}

/** Each command, with the exit codes it may have when no account runs and no lab is deployed. */
const commands: ReadonlyArray<readonly [command: string, ...codes: number[]]> = [
  ['', 0],
  ['list', 0],
  ['check 01', 1],
  ['check 01 --json', 1],
  ['hint 01', 0, 1],
  ['diff 01', 0, 1],
  ['open 01', 3],
  ['env', 0, 1, 3],
  ['destroy 01 --yes', 0],
  ['doctor', 0, 1, 3],
  ['undo', 0, 1, 2, 3],
  ['use practice', 0],
  ['sandbox status', 1],
  ['sandbox stop', 0],
  ['sandbox reset --yes', 0],
];

it.each(Object.keys(programs))(
  'no command ends without a message if the port belongs to a program that %s',
  async (name) => {
    const program = programs[name]?.();
    if (program === undefined) throw new Error(name);
    const sockets = new Set<Socket>();
    program.on('connection', (socket) => sockets.add(socket));
    program.listen(0, '127.0.0.1');
    await once(program, 'listening');
    const { port } = program.address() as AddressInfo;
    const folder = join(workshop.root, '.lab', 'account');
    await mkdir(folder, { recursive: true });
    const wrong: string[] = [];
    try {
      for (const [command, ...codes] of commands) {
        // This process is alive, but not a command of the workshop.
        const owner = { pid: process.pid, command: 'lab start', lasting: true, port, nonce: 'n' };
        await writeFile(join(folder, 'owner.json'), JSON.stringify(owner));
        const { code, stdout, stderr } = await workshop.lab(...command.split(' ').filter((word) => word !== ''));
        const said = `${stdout}${stderr}`;
        if (!codes.includes(code ?? -1) || said.trim() === '' || /\n\s+at |undefined/.test(said)) {
          wrong.push(`lab ${command} ended with ${code}: ${said}`);
        }
      }
    } finally {
      program.close();
      for (const socket of sockets) socket.destroy();
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);
