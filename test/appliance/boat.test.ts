import { InstalledDisplay } from './installed-display';
import { boatTwin } from './twin';
import { settingsTitle, Walk, type Region } from './walk';

/** Names of the rows of the list, without what is told beside them. */
const rows: Region = [34, 268, 94, 476];
/** What the panel of sun and loads is called. */
const flows: Region = [20, 44, 100, 70];
/** What the facts of a device are called, and the chart of its days beneath. */
const facts: Region = [14, 46, 110, 230];
const chartTitle: Region = [14, 250, 90, 276];
/** A charger has the switch of its load between them. */
const loadSwitch: Region = [190, 244, 330, 304];
const yieldTitle: Region = [14, 316, 100, 346];
/** The same of a battery, under its cells and switches. */
const batteryFacts: Region = [14, 284, 110, 440];

test('a walk through a boat by touch: two packs, their bank, charger and two meters, each screen as it is drawn here', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await machine.run(
      `mkdir -p /etc/systemd/system/packdial.service.d
       printf '[Service]\\nEnvironment=PACKDIAL_DEMO=boat PACKDIAL_PICTURE=/var/lib/packdial/screen.png\\n' >/etc/systemd/system/packdial.service.d/boat.conf
       systemctl daemon-reload; systemctl restart packdial`,
    );
    await display.untilActive();
    await display.logs('Touch by');
    const walk = new Walk(display, machine, boatTwin());
    await walk.sees('the main screen of the boat', walk.twin.picture(), rows, flows);

    await walk.touch('device charger', facts, loadSwitch, yieldTitle);
    await walk.touch('back', rows);
    // The meters are further down.
    await walk.push('device charger', 104, rows);
    for (const meter of ['solar', 'load']) {
      await walk.touch(`device ${meter}`, facts, chartTitle);
      await walk.touch('back', rows);
    }

    // A battery comes onto the dial, and with a second tap opens its own screen.
    await walk.touch('device bow', rows);
    await walk.touch('device bow', batteryFacts);
    await walk.touch('back', rows);
    await walk.push('device bow', -104, rows);
    for (const battery of ['house', 'Bank']) {
      await walk.touch(`device ${battery}`, rows);
      await walk.touch(`device ${battery}`, batteryFacts);
      await walk.touch('back', rows);
    }

    await walk.touch('settings', settingsTitle);
    await walk.touch('part devices', settingsTitle);
    await walk.touch('close', flows);
    expect(await display.journal()).not.toMatch(/ (error|warn) /i);
  });
}, 600_000);
