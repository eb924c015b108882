import * as v from 'valibot';
import { choice, numberBetween, text, toggle, wholeNumber } from './setting-schemas';

/** What is played and what the simulated controller sends; a part of the table in settings.ts. */
export const simulationSettings = {
  file: {
    flag: 'file',
    placeholder: 'path',
    schema: text(),
    fallback: '',
    accepts: 'the path of a log file as candump -L writes it',
    help: 'log file of --source replay',
  },
  speed: {
    flag: 'speed',
    placeholder: 'factor',
    schema: numberBetween(0, 100000),
    fallback: 1,
    accepts: 'a number from 0 to 100000',
    help: 'how fast simulate and replay run: 1 as it was, 60 an hour a minute, 0 as fast as possible (replay)',
  },
  loop: {
    flag: 'loop',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'starts a replay again at its end',
  },
  modules: {
    flag: 'modules',
    placeholder: 'number',
    schema: wholeNumber(1, 40),
    fallback: 16,
    accepts: 'a whole number from 1 to 40',
    help: 'six-cell modules of the simulated pack',
  },
  seed: {
    flag: 'seed',
    placeholder: 'number',
    schema: wholeNumber(0, 2_147_483_647),
    fallback: 1,
    accepts: 'a whole number from 0 to 2147483647',
    help: 'another simulated day for another number',
  },
  via: {
    flag: 'via',
    placeholder: 'way',
    schema: choice(['auto', 'udp', 'can']),
    fallback: 'auto',
    accepts: 'one of auto, udp, can',
    help: 'how simulate sends: udp, can, or auto (can when --interface is given, else udp)',
  },
  to: {
    flag: 'to',
    placeholder: 'address',
    schema: v.pipe(v.string(), v.regex(/^[^\s/]{1,253}$/)),
    fallback: '127.0.0.1',
    accepts: 'an IPv4 address or a host name',
    help: 'where simulate sends over UDP; a broadcast address such as 192.168.1.255 reaches all displays',
  },
  loss: {
    flag: 'loss',
    placeholder: 'fraction',
    schema: numberBetween(0, 1),
    fallback: 0,
    accepts: 'a number from 0 to 1',
    help: 'part of the simulated frames that gets lost',
  },
  garbage: {
    flag: 'garbage',
    placeholder: 'fraction',
    schema: numberBetween(0, 1),
    fallback: 0,
    accepts: 'a number from 0 to 1',
    help: 'pieces of nonsense that simulate sends for each frame',
  },
} as const;
