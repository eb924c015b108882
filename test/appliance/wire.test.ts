import { InstalledDisplay } from './installed-display';

const node = '/opt/packdial/current/node';

test('udev has brought the CAN interfaces up, at the bit rate of the settings', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    const details = 'ip -details link show can0';
    await display.eventually('can0', async () => (await machine.run(details)).includes('state UP'));
    expect(await machine.run(details)).toMatch(
      /bitrate 500000 .*restart-ms 100|restart-ms 100.*bitrate 500000/s,
    );
    // As saving on the screen does: what is in the file is what the bus has, and nobody has to do anything.
    await machine.run('packdial configure --bitrate 250000');
    await display.eventually('250 kbit/s', async () => /bitrate 250000/.test(await machine.run(details)));
  });
});

test('every state of a CAN bus is told apart on real drivers, and none of the frames is lost', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await machine.run('systemctl stop packdial; ip link add dev vcan0 type vcan; ip link set vcan0 up');
    await display.mountCheckout();
    // As the display runs, so that the sockets' garbage can be collected on demand.
    const states = await machine.run(`${node} --expose-gc /mnt/checkout/dist-bench/can-states.js`, 400);
    expect(states.match(/^ok: /gm)).toHaveLength(5);
    const frames = await machine.run(`${node} --expose-gc /mnt/checkout/dist-bench/socketcan.js`, 400);
    expect(frames.match(/^ok: /gm)).toHaveLength(7);
  });
}, 1_000_000);

test('the installed display tells of a bus that is off, down and gone, and hears it again', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.mountCheckout();
    await machine.run(`systemd-run --quiet --unit=trouble ${node} /mnt/checkout/dist-bench/bus-trouble.js
      for i in {1..100}; do [ -s /run/bus-name ] && exit 0; sleep 0.2; done; exit 1`);
    const name = await machine.run('cat /run/bus-name');
    const says = (line: string): Promise<string> =>
      machine.run(`echo '${line}' >/run/bus-says.new; mv /run/bus-says.new /run/bus-says`);
    await display.configure(`--source can --interface ${name}`);
    await display.logs(`Listening on CAN ${name}`);
    for (const [line, words] of [
      ['sp000128', 'nobody acknowledges \\(error-passive\\)'],
      ['sb000256', `CAN ${name} is off the bus`],
    ] as const) {
      const before = await display.ownPicture();
      await says(line);
      await display.logs(words);
      // The log has it a moment before the picture.
      await display.eventually(
        'another picture',
        async () => !(await display.ownPicture()).rgb.equals(before.rgb),
      );
      await display.showsOwnPicture();
    }

    // Down and up again, as a person or restart-ms would.
    await machine.run(`packdial can-up --interface ${name}`);
    await says('sa000000');
    await display.eventually('word of the battery', async () => {
      await says('t65019B');
      // Of what is said of the bus the last; others may have something to say too.
      const ofTheBus = (await display.journal()).split('\n').filter((text) => text.includes(`CAN ${name}`));
      return ofTheBus.at(-1)?.endsWith(`Listening on CAN ${name}`) === true;
    });
    await machine.run(`ip link set ${name} down`);
    await display.logs(`CAN ${name} is down`);
    await machine.run('systemctl stop trouble');
    await display.logs(`No CAN interface ${name}`);
    await display.showsOwnPicture();
  });
});
