import { choices, drawnHere } from './drawn-here';
import { figure } from './figures';
import { InstalledDisplay } from './installed-display';
import { differing, withoutStatus } from './machine/picture';

test('power on leads to the dial, without a login and without a cursor', async () => {
  await InstalledDisplay.boot({}, async (display, machine) => {
    const dial = withoutStatus(drawnHere('main'));
    // Where the machine was slow to say that it is up, nothing was received for so long that there is the welcome.
    const welcome = choices(drawnHere('welcome'));
    await display.eventually(
      'the reference picture',
      async () => {
        const shown = await machine.screenshot();
        return differing(withoutStatus(shown), dial) === 0 || differing(choices(shown), welcome) === 0;
      },
      20,
    );
    expect(await display.foreground()).toBe('tty7');
    expect(await machine.run('who; loginctl list-sessions --no-legend 2>/dev/null || true')).toBe('');
    const shown = Number(await machine.run('systemctl show -P ActiveEnterTimestampMonotonic packdial')) / 1e6;
    const started =
      Number(await machine.run('systemctl show -P ExecMainStartTimestampMonotonic packdial')) / 1e6;
    figure("kernel's start to first picture", `${shown.toFixed(1)} s`);
    figure("packdial's start to first picture", `${(shown - started).toFixed(1)} s`);
    // Nothing is under a dot or a line of text: the login waits until the picture is there, on a terminal behind it.
    const login = Number(
      await machine.run(
        'for i in {1..50}; do systemctl is-active --quiet getty@tty1 && break; sleep 0.2; done; systemctl show -P ActiveEnterTimestampMonotonic getty@tty1',
      ),
    );
    expect(login / 1e6).toBeGreaterThan(shown);
  });
});

test('the service has no more rights than it needs', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    const status = await machine.run(`cat /proc/${await display.pid()}/status`);
    expect(status).toMatch(/^CapEff:\s0+$/m);
    expect(status).toMatch(/^CapBnd:\s0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s1$/m);
    expect(status).toMatch(/^Seccomp:\s2$/m);
    expect(await machine.run(`stat -c %U /proc/${await display.pid()}`)).toBe('packdial');
    const exposure = await machine.run('systemd-analyze security packdial --no-pager | tail -1');
    expect(Number(/: (\d+\.\d+)/.exec(exposure)?.[1])).toBeLessThan(3);
    figure('exposure by systemd-analyze security', exposure.replace(/^.*: /, ''));
  });
});
