import { readFileSync } from 'node:fs';
import { Provisioning, remotePassword, type Played } from '../provisioning/provisioning';
import { temporaryFolder } from '../temporary-folder';
import { figure } from './figures';
import { InstalledDisplay } from './installed-display';
import { differing } from './machine/picture';
import type { VirtualMachine } from './machine/virtual-machine';

/** As Raspberry Pi's imager leaves a machine: SSH, and a user with sudo who comes in by a key. */
async function letIn(machine: VirtualMachine, publicKey: string): Promise<void> {
  await machine.run(
    `useradd --create-home --shell /bin/bash pi
     echo 'pi ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/pi
     install -d -o pi -g pi -m 700 /home/pi/.ssh
     echo '${readFileSync(publicKey, 'utf8').trim()}' >/home/pi/.ssh/authorized_keys
     chown pi:pi /home/pi/.ssh/authorized_keys
     systemctl start ssh`,
  );
}

const folder = temporaryFolder();

/** For the end of the run: how long a play took, and what its last line says. */
function told({ seconds, recap }: Played): string {
  return `${seconds} s, ok=${recap['ok']} changed=${recap['changed']} unreachable=${recap['unreachable']} failed=${recap['failed']}`;
}

test('S1.5, S1.8: over SSH the play makes a machine the display that one file describes; a second run changes nothing', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    const provisioning = new Provisioning(folder, { address: '127.0.0.1', port: machine.sshPort });
    await letIn(machine, provisioning.publicKey);
    provisioning.describe(`packdial_hostname: saloon
packdial_timezone: Europe/Amsterdam
packdial_firewall: true
packdial_settings:
  rotate: 180
  picture: /var/lib/packdial/screen.png
  remotePassword: ${provisioning.encrypted()}
packdial_devices:
  - type: evtv-udp
    name: house
    port: 6500`);

    const first = provisioning.play();
    figure('the play over SSH', told(first));
    expect([first.code, first.code === 0 ? '' : first.said]).toEqual([0, '']);
    expect(first.recap).toMatchObject({ unreachable: 0, failed: 0 });
    expect(first.said).not.toContain(remotePassword);
    expect(await machine.run('hostname; readlink -f /etc/localtime; systemctl is-active nftables')).toBe(
      'saloon\n/usr/share/zoneinfo/Europe/Amsterdam\nactive',
    );
    // Through the firewall, onto the glass, the other way up.
    await display.showsOwnPicture(2);
    const silent = await display.ownPicture();
    const stop = display.sendDatagrams();
    await display.eventually(
      'the battery',
      async () => differing(await display.ownPicture(), silent) > 5_000,
    );
    await display.showsOwnPicture(2);
    stop();

    const pid = await display.pid();
    const second = provisioning.play();
    figure('the play over SSH once more', told(second));
    expect([second.code, second.code === 0 ? '' : second.said]).toEqual([0, '']);
    expect(second.recap).toMatchObject({ changed: 0, unreachable: 0, failed: 0 });
    expect(await display.pid()).toBe(pid);
  });
}, 1_800_000);
