import type { Reading } from '../../model/reading';
import { ModbusAssembler, type ModbusReply } from '../../protocol/modbus-rtu';
import type { DeviceContext, ReadingSink } from '../device-type';
import { chargeModeName } from './charge-modes';
import {
  controllerAddress,
  decodeRegisters,
  ratingsBlock,
  statusBlock,
  type Ratings,
  type Status,
} from './registers';

/** A reply of the controller, and the reading that it is. */
export interface ControllerReply {
  readonly reply: ModbusReply;
  /** What a reply to a read held. */
  readonly content?: { readonly ratings: Ratings } | { readonly status: Status };
}

/**
 * Reads what a controller sends, by what it says itself: the number of bytes tells ratings from status. Readings go to the
 * sink; what can't be used is counted there.
 */
export class ControllerReplies {
  private readonly assembler: ModbusAssembler;

  constructor(
    private readonly context: DeviceContext,
    private readonly sink: ReadingSink,
    private readonly period: number,
  ) {
    this.assembler = new ModbusAssembler(
      { address: controllerAddress, dataLengths: [ratingsBlock.count * 2, statusBlock.count * 2] },
      {
        crc: () => sink.rejected('crc'),
        noise: (count) => sink.rejected('noise', `${count} bytes`),
      },
    );
  }

  /** Takes a notification received at `at`, monotonic ms; returns the replies that it completes. */
  push(piece: Uint8Array, at: number): ControllerReply[] {
    return this.assembler.push(piece).map((reply) => {
      if (reply.kind === 'exception')
        this.sink.rejected('exception', `function ${reply.function}, code ${reply.code}`);
      const content = reply.kind === 'registers' ? decodeRegisters(reply.data) : undefined;
      if (content === undefined) return { reply };
      if ('ratings' in content) this.sink.reading(this.ratingsReading(content.ratings, at));
      else this.sink.reading(this.statusReading(content.status, at));
      return { reply, content };
    });
  }

  private ratingsReading(ratings: Ratings, at: number): Reading {
    const { model, revision } = ratings;
    return {
      device: this.context.name,
      at,
      group: 'ratings',
      // Told once on each connection: constants, which don't age.
      period: Infinity,
      values: {
        ratedChargeCurrent: ratings.chargeCurrent,
        ratedLoadCurrent: ratings.loadCurrent,
        systemVoltageMax: ratings.systemVoltageMax,
        systemVoltageMin: ratings.systemVoltageMin,
      },
      texts: { ...(model === '' ? {} : { model }), revision },
    };
  }

  private statusReading(status: Status, at: number): Reading {
    const { stateOfCharge, controllerTemperature, batteryTemperature, loadOn, ...values } = status;
    return {
      device: this.context.name,
      at,
      group: 'status',
      period: this.period,
      values: {
        ...values,
        ...(stateOfCharge === undefined ? {} : { stateOfCharge }),
        ...(controllerTemperature === undefined ? {} : { controllerTemperature }),
        ...(batteryTemperature === undefined ? {} : { batteryTemperature }),
        loadSwitch: loadOn ? 1 : 0,
      },
      texts: { mode: chargeModeName(status.chargeMode, this.context.values['modes']) },
    };
  }
}
