import { Spool } from '../../../src/io/databases/spool';

// Adds rows, each with the next number, until it is killed. Arguments: the spool, and the number to begin with. It prints how far
// it came.
const [file = '', begin = '1'] = process.argv.slice(2);
const spool = new Spool(file);
let number = Number(begin);
setInterval(() => {
  const rows = Array.from({ length: 3 }, () => ({ at: number, device: 'house', text: `row ${number++}` }));
  spool.add(rows);
  process.stdout.write(`${number - 1}\n`);
}, 1);
process.stdin.on('end', () => process.exit()).resume();
