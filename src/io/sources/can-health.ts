import { worseState, type ControllerState, type ErrorSide } from '../../protocol/can-controller';
import type { CanErrorReport } from '../../protocol/can-error-frame';
import type { CanController } from '../../protocol/rtnetlink';
import type { CanLink } from './can-link';
import { busStatus, silenceSpan, unusableLink, type CanReport } from './can-reports';

/** For so many looks the worst state stands: a controller that comes and goes shall not fill the log. */
const heldLooks = 5;
/** A battery sends every second. */
const silentLooks = 10;

/**
 * Puts together what is known of a CAN bus whose interface is open: what the kernel says each second, the error frames
 * between, and whether anything is heard. The kernel knows the state at any time; error frames also tell states between two
 * looks, and whose frames go wrong, which few drivers count.
 */
export class CanHealth {
  private readonly name: string;
  private heardFrame = false;
  private reported: ControllerState = 'active';
  private side: ErrorSide | undefined;
  private held: ControllerState = 'active';
  private heldFor = 0;
  private counted: number | undefined;
  private silentFor = 0;
  private withoutBattery = 0;

  constructor(interfaceName: string) {
    this.name = interfaceName;
  }

  /** A frame came that may be the battery's. */
  frame(): void {
    this.heardFrame = true;
  }

  /** An error frame came. */
  error({ state, side }: CanErrorReport): void {
    if (state !== undefined) this.reported = worseState(this.reported, state);
    if (side !== undefined) this.side = side;
  }

  /** To be called once a second with what the kernel says then; `controller` where it says more. */
  look(link: CanLink, controller: CanController | undefined): ReturnType<typeof busStatus> {
    if (link.state !== 'up' && link.state !== 'off the bus') {
      this.forget();
      return busStatus(unusableLink(link.state, this.name));
    }
    const now = link.state === 'off the bus' ? 'bus-off' : (controller?.state ?? 'active');
    this.listen(link.heard);
    return busStatus(this.condition(this.worst(now), controller));
  }

  /** Counts for how many looks nothing was heard, and nothing of the battery. */
  private listen(heard: number): void {
    const anything = this.heardFrame || (this.counted !== undefined && heard !== this.counted);
    this.silentFor = anything ? 0 : this.silentFor + 1;
    this.withoutBattery = this.heardFrame ? 0 : this.withoutBattery + 1;
    this.counted = heard;
    this.heardFrame = false;
  }

  /** The worst state of the last few looks. */
  private worst(now: ControllerState): ControllerState {
    const latest = worseState(now, this.reported);
    this.reported = now;
    if (worseState(latest, this.held) === latest) this.heldFor = 0;
    else this.heldFor++;
    if (this.heldFor === 0 || this.heldFor >= heldLooks) {
      this.held = latest;
      this.heldFor = 0;
    }
    if (this.held === 'active') this.side = undefined;
    return this.held;
  }

  private condition(state: ControllerState, controller: CanController | undefined): CanReport {
    const { name } = this;
    const { errors, bitRate, restartMs, listenOnly } = controller ?? {};
    switch (state) {
      case 'bus-off':
        return { code: 'can-bus-off', values: { name, restart: restartOf(restartMs) } };
      case 'passive':
        return { code: 'can-passive', values: { name, side: this.side ?? mostly(errors) ?? 'unknown' } };
      case 'warning':
        return { code: 'can-warning', values: { name } };
      case 'active':
        if (this.silentFor >= silentLooks) {
          if (listenOnly === true) return { code: 'can-listen-only', values: { name } };
          const least = silenceSpan(this.silentFor);
          return { code: 'can-silent', values: { name, least, ...(bitRate !== undefined && { bitRate }) } };
        }
        return {
          code: this.withoutBattery >= silentLooks ? 'can-no-battery' : 'can-listening',
          values: { name },
        };
    }
  }

  private forget(): void {
    this.reported = this.held = 'active';
    this.side = this.counted = undefined;
    this.heldFor = this.silentFor = this.withoutBattery = 0;
    this.heardFrame = false;
  }
}

function restartOf(restartMs: number | undefined): 'automatic' | 'manual' | 'unknown' {
  if (restartMs === undefined) return 'unknown';
  return restartMs > 0 ? 'automatic' : 'manual';
}

function mostly(errors: CanController['errors']): ErrorSide | undefined {
  if (errors === undefined || errors.sending === errors.receiving) return undefined;
  return errors.sending > errors.receiving ? 'sending' : 'receiving';
}
