import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../settings/data-dir';
import { ControllerServer, type ControllerFault } from '../io/controller/controller-server';
import { replaceFile } from '../io/replace-file';
import type { Log } from '../logging/log';
import type { ControllerValues } from '../model/controller/items';
import { redacted } from '../model/controller/values';
import type { CanFrame } from '../protocol/can-frame';
import type { Settings } from '../settings/settings';
import { firstValues, restoredValues, SimulatedController } from '../simulation/simulated-controller';
import { UserError } from '../base/user-error';

/** ms between two announcements. */
const announceInterval = 5000;
/** Frames that are sent at once, and ms until the next ones: a real controller's bus has other things to carry. */
const burst = 8;
const burstPause = 20;
/** ms that it goes on sending to the old UDP port after a change. */
const farewell = 1000;

/** A controller's configuration side that runs beside the simulated battery. */
export interface RunningController {
  /** The cut-offs that it is configured with now, V per cell. */
  readonly cutoffs: () => { readonly high: number; readonly low: number };
  /** The UDP port that it is configured to send to. */
  readonly port: number;
  close(): Promise<void>;
}

/** What a simulated controller sends with. */
export interface ControllerWire {
  send(frame: CanFrame): void;
  /** From now on it sends to this UDP port. */
  turnTo(port: number): void;
}

/**
 * Announces a configuration and takes changes of it, which are kept in a file. What a flag says beats what is in the file.
 *
 * @param flags as they were typed
 */
export async function playController(
  settings: Settings,
  flags: Readonly<Record<string, unknown>>,
  wire: ControllerWire,
  log: Log,
): Promise<RunningController> {
  const file = controllerFile(settings, log);
  const kept = restoredValues({ ...firstValues, UDPPORT: settings.port }, contentOf(file));
  const values: ControllerValues = {
    ...kept,
    ...(flags['port'] !== undefined && { UDPPORT: settings.port }),
    ...(settings.bmsId !== '' && { BMSID: settings.bmsId }),
  };
  const fault =
    settings.controller === 'on' || settings.controller === 'off' ? undefined : settings.controller;
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Timeout | undefined;
  const announce = (): void => {
    clearTimeout(timer);
    const frames = controller.announcement();
    const next = (): void => {
      for (const frame of frames.splice(0, burst)) wire.send(frame);
      timer = setTimeout(
        frames.length > 0 ? next : announce,
        frames.length > 0 ? burstPause : announceInterval,
      );
    };
    next();
  };
  let controller = new SimulatedController(values);
  // What is sent to this machine only is nobody else's to change.
  const host = /^(127\.|localhost$)/.test(settings.to) ? '127.0.0.1' : '0.0.0.0';
  const { server, port } = await ControllerServer.open({ port: settings.controllerPort, host }, (bound) => {
    controller = new SimulatedController(values, bound);
    return {
      controller,
      fault: fault satisfies ControllerFault | undefined,
      keep: async (changed) => {
        if (file === undefined) return;
        // There is a password in it: nobody else is to read it, from the first moment on.
        await replaceFile(file, `${JSON.stringify(changed, null, 2)}\n`, { newMode: 0o600 });
      },
      kept: (changed) => {
        log.info(`Configuration kept: ${redacted(changed)}`);
        announce();
        // Whoever listens on the old port is told before.
        clearTimeout(turn);
        turn = setTimeout(() => wire.turnTo(Number(changed.UDPPORT)), farewell);
      },
    };
  });
  if (port !== settings.controllerPort && settings.controllerPort !== 0) {
    log.warn(`TCP port ${settings.controllerPort} is taken: changes are taken on ${port}`);
  }
  log.info(
    `Announcing controller ${String(values.BMSID)}: changes are taken on TCP port ${port}${
      fault === undefined ? '' : `, with fault ${fault}`
    }${file === undefined ? '' : `, kept in ${file}`}`,
  );
  wire.turnTo(Number(values.UDPPORT));
  announce();
  return {
    cutoffs: () => ({
      high: Number(controller.values.HIVOLT),
      low: Number(controller.values.LOVOLT),
    }),
    port: Number(values.UDPPORT),
    close: async () => {
      clearTimeout(timer);
      clearTimeout(turn);
      await server.close();
    },
  };
}

function controllerFile(settings: Settings, log: Log): string | undefined {
  if (settings.controllerFile !== '') return settings.controllerFile;
  try {
    return join(dataDir(settings), 'simulated-controller.json');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warn(`${error.message} The simulated controller forgets its configuration with its end.`);
    return undefined;
  }
}

/** What is in the file, or nothing where it is missing or damaged. */
function contentOf(file: string | undefined): unknown {
  if (file === undefined || !existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
