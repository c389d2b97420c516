// A function of the floor: a process that loads a handler of the room once, and serves events as they come, any number
// at the same time.
const { redirect } = require('../../sandbox/services/lambda/runtime/redirect.cjs');

const [, , file, endpoint] = process.argv;
redirect(endpoint);
const { handler } = require(file);

process.on('message', async ({ id, event }) => {
  const answer = await handler(event).catch((error) => ({ statusCode: 500, body: String(error) }));
  process.send({ id, answer });
});
process.send('ready');
