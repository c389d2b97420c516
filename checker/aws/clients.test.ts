import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, it, onTestFinished } from 'vitest';
import { createClients } from './clients.ts';

const answer =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ada</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

it('an idle connection is closed by the client, before the time that the service has announced', async () => {
  const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
    response
      .writeHead(200, { 'x-amzn-requestid': 'a', connection: 'keep-alive', 'keep-alive': 'timeout=2' })
      .end(answer);
  });
  const connected = once(server.listen(0, '127.0.0.1'), 'connection') as Promise<[Socket]>;
  await once(server, 'listening');
  const { clients, close } = createClients({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
  });
  onTestFinished(() => {
    close();
    server.close();
  });
  const sts = await clients.sts();
  expect(await sts.send(new GetCallerIdentityCommand())).toMatchObject({ Account: '111122223333' });
  const [socket] = await connected;
  await once(socket, 'end');
});
