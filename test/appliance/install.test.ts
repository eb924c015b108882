import { InstalledDisplay } from './installed-display';

test('installed again, the settings stay and a new release runs; uninstalled, nothing is left but settings and data', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.configure('--source udp --port 6501');
    const before = await machine.run('readlink /opt/packdial/current');
    const pid = await display.pid();
    await display.mountCheckout();
    const said = await machine.run(
      'PATH=/opt/packdial/current:$PATH /mnt/checkout/setup/install "" --power-scale 25',
      1200,
    );
    expect(said).toMatch(/the dial is on the screen/);
    expect(await machine.run('readlink /opt/packdial/current')).not.toBe(before);
    expect(await display.pid()).not.toBe(pid);
    // The one before is kept to go back to.
    expect((await machine.run('ls /opt/packdial/releases')).split('\n')).toHaveLength(2);
    expect(JSON.parse(await machine.run('packdial configure'))).toMatchObject({ port: 6501, powerScale: 25 });
    await display.showsOwnPicture();

    await machine.run('/mnt/checkout/setup/uninstall', 600);
    expect(await display.foreground()).toBe('tty1');
    await display.eventually('a login', async () => /login:/.test(await machine.run('cat /dev/vcs1')));
    const left = await machine.run(
      'find / -xdev -name "*packdial*" | grep -v -E "^/(var/lib/packdial|etc/packdial|var/log/|dev/virtio)" || true',
    );
    expect(left).toBe('');
    expect(await machine.run('ls /etc/packdial')).toBe('settings.json\nsettings.json.bak');
  });
}, 1_800_000);
