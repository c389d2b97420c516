// Measures how long this process was busy at once: the processor time of its longest turn, which other work of the
// machine does not lengthen. Answers each message with that of the turns since the last one, in milliseconds.
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
