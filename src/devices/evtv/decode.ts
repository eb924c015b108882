import { cellsPerModule, type BatteryMeasurement } from './measurement';
import type { FrameRejection } from '../device-type';
import type { CanFrame } from '../../protocol/can-frame';
import {
  evtvMessages,
  moduleMessage,
  type EvtvField,
  type EvtvMessage,
  type EvtvOptions,
  type NumericField,
} from './messages';
import { moduleBmsMessages } from './module-bms';
import { readNumber } from '../../protocol/little-endian';

const unknownId: FrameRejection = { rejected: 'unknown id' };
const remoteRequest: FrameRejection = { rejected: 'remote request' };
const extendedId: FrameRejection = { rejected: 'extended id' };
const shortFrame: FrameRejection = { rejected: 'short frame' };
const badSequence: FrameRejection = { rejected: 'bad sequence' };

const byId: ReadonlyMap<number, EvtvMessage> = new Map(
  Object.values(evtvMessages).map((message) => [message.id, message]),
);

const byModuleBmsId: ReadonlyMap<number, EvtvMessage> = new Map([
  ...byId,
  ...Object.values(moduleBmsMessages).map((message) => [message.id, message] as const),
]);

/**
 * What a frame says about the battery, in the house's units and signs (current positive into the battery), or why it
 * says nothing. Never throws, whatever the bytes; keeps nothing of the frame.
 */
export function decodeEvtvFrame(
  frame: CanFrame,
  options: EvtvOptions = {},
): BatteryMeasurement | FrameRejection {
  if (frame.extended) return extendedId;
  if (frame.remote) return remoteRequest;
  if (frame.id === moduleMessage.id) return decodeModule(frame.data);
  const message = (options.moduleBms === true ? byModuleBmsId : byId).get(frame.id);
  if (message === undefined) return unknownId;
  if (frame.data.length < message.length) return shortFrame;
  const measurement: { -readonly [K in NumericField]?: number } & Pick<BatteryMeasurement, 'message'> = {
    message: message.name,
  };
  for (const field of message.fields) {
    if (field.optional === true && !carriesOptionalBytes(frame)) continue;
    measurement[field.key] = readField(frame.data, field, options);
  }
  return measurement;
}

function readField(data: Uint8Array, field: EvtvField, options: EvtvOptions): number {
  const signed = field.temperature === true && options.signedTemperatures === true;
  const raw = readNumber(data, field.offset, signed ? 's8' : field.type);
  const turned = field.turnedBy !== undefined && options[field.turnedBy] === true;
  // Zero minus, not a minus sign: that would make -0 of 0. A quotient of integers is the nearest number to 41.1.
  return (turned ? 0 - raw : raw) / field.perUnit;
}

/**
 * Whether bytes 6 and 7 were sent or are only there because a datagram has room for eight, with junk in them perhaps. Where
 * the length byte says nothing, two zeros are taken for nothing rather than for a pack without cells.
 */
function carriesOptionalBytes({ data, declaredLength }: CanFrame): boolean {
  if (data.length < 8) return false;
  if (declaredLength === 0) return data[6] !== 0 || data[7] !== 0;
  return declaredLength === undefined || declaredLength === 8;
}

function decodeModule(data: Uint8Array): BatteryMeasurement | FrameRejection {
  if (data.length < moduleMessage.length) return shortFrame;
  const index = readNumber(data, 0, 'u8');
  const total = readNumber(data, 1, 'u8');
  // A total of zero is caught here too.
  if (index >= total) return badSequence;
  const voltages = new Array<number>(cellsPerModule);
  for (let cell = 0; cell < cellsPerModule; cell++) {
    const raw = readNumber(data, moduleMessage.firstCell + cell, 'u8');
    voltages[cell] = (raw + moduleMessage.base) / moduleMessage.perUnit;
  }
  return { message: moduleMessage.name, module: { index, total, voltages } };
}
