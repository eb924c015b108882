// Loaded into packdial before it starts (node --require): how long the turns of its loop are, ms of CPU time of the loop's own thread.
// A machine that is busy with something else makes none longer. A turn ends when all callbacks of the loop that were due have been
// called, and begins where the one before has ended: nothing that the thread does lies between two. With each SIGUSR2 the turns since
// the last one become a line of the file that TURN_TIMES names.
const { createHook } = require('node:async_hooks');
const { appendFileSync } = require('node:fs');

// Node 22 has only that of all threads, which is never less.
const cpu = process.threadCpuUsage ?? process.cpuUsage;
const now = () => {
  const { user, system } = cpu.call(process);
  return (user + system) / 1000;
};

let turns = [];
let ended = now();
let isOpen = false;

createHook({
  before() {
    if (isOpen) return;
    isOpen = true;
    setImmediate(() => {
      const end = now();
      turns.push(end - ended);
      ended = end;
      isOpen = false;
    });
  },
}).enable();

process.on('SIGUSR2', () => {
  // After the turn that it came in.
  setImmediate(() => {
    const told = JSON.stringify(turns);
    turns = [];
    appendFileSync(process.env.TURN_TIMES, `${told}\n`);
    // The writing is no work of packdial's.
    ended = now();
  });
});
