// Measures how long this process blocked: the processor time of its longest turn of the event loop, unaffected by other
// work on the machine. Answers each message with the longest turn since the last one, in milliseconds.
let longest = 0;
let before = process.cpuUsage();

function turn() {
  const { user, system } = process.cpuUsage(before);
  longest = Math.max(longest, (user + system) / 1000);
  before = process.cpuUsage();
  setImmediate(turn);
}

process.on('message', () => {
  process.send(longest);
  longest = 0;
  before = process.cpuUsage();
});
setImmediate(turn);
