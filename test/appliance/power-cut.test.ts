import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { times } from '../run-counts';
import { figure } from './figures';
import { batteryFrames, InstalledDisplay } from './installed-display';
import { VirtualMachine } from './machine/virtual-machine';

const cuts = times('POWER_CUTS', 4);

/** Settings are written again and again, and a log of the bus grows, while the display runs. */
const work = `
log=/var/lib/packdial/record-$(date +%s%N).log
packdial record --source can --out $log 2>/dev/null &
# One processor: many starts of the other would keep it from its own.
for i in {1..600}; do [ -s $log ] && break; sleep 0.3; done
while :; do packdial configure --power-scale $((RANDOM % 4999 + 1)) >/dev/null; done`;

/** What must be so after every cut, of settings, recordings, log, history and alarms. Prints what is not. */
const whole = `
set -e
dmesg | grep -E 'EXT4-fs (error|warning)' && exit 1
packdial configure >/run/settings || exit 1
grep -q '"powerScale": [0-9]' /run/settings || { echo "settings: $(cat /run/settings)"; exit 1; }
grep -q '"source": "can"' /run/settings || { echo "settings: $(cat /run/settings)"; exit 1; }
shopt -s nullglob
for log in /var/lib/packdial/record-*.log; do
  # The last line may be torn: it has no line end then.
  if head -c -1 $log | sed '$d' | grep -a -v -q -E '^\\([0-9]+\\.[0-9]{6}\\) can0 [0-9A-F]{3}#([0-9A-F]{2}){0,8}$'; then
    echo "$log is not whole:"; grep -a -v -E '^\\([0-9]+\\.[0-9]{6}\\) can0 [0-9A-F]{3}#([0-9A-F]{2}){0,8}$' $log | head -3 | xxd; exit 1
  fi
done
cd /var/lib/packdial
for file in history.corrupt*; do echo "damaged: $file"; exit 1; done
if [ -e PowerSafe100.log ] && sed '$d' PowerSafe100.log | grep -a -v -E '^[0-9/]{10} [0-9:]{8} ,([0-9.-]*,){5}-?[0-9]*.?$'; then
  echo 'PowerSafe100.log is not whole'; exit 1
fi
/opt/packdial/current/node -e '
const { existsSync, readFileSync } = require("node:fs");
const Database = require("/opt/packdial/current/node_modules/better-sqlite3");
const check = (file) => new Database(file, { readonly: true }).pragma("integrity_check", { simple: true });
const says = existsSync("history.sqlite") ? check("history.sqlite") : "ok";
if (says !== "ok") throw new Error("history: " + says);
if (existsSync("alarms.json")) JSON.parse(readFileSync("alarms.json", "utf8"));
' || exit 1
cat /var/lib/packdial/record-*.log | wc -l`;

/** After all cuts, the display goes on with both of its recordings. */
async function recordsStill(display: InstalledDisplay, machine: VirtualMachine): Promise<void> {
  await display.sendOnBus([...batteryFrames]);
  await display.eventually('history and log are written', async () => {
    const sizes = await machine.run(
      'cd /var/lib/packdial; stat -c %s history.sqlite PowerSafe100.log || true',
    );
    return /^[1-9]\d*\n[1-9]\d*$/.test(sizes);
  });
}

test(
  `${cuts} power cuts at random moments leave settings and data whole`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'packdial-disk-'));
    const disk = join(folder, 'disk.img');
    const moments: string[] = [];
    let lines = 0;
    const cutAtStart = async (): Promise<void> => {
      const machine = await VirtualMachine.boot({ disk });
      const wait = Math.random() * 12;
      await sleep(wait * 1000);
      await machine.cut();
      moments.push(`${wait.toFixed(1)} s after power on`);
    };
    const cutAtWork = async (display: InstalledDisplay, machine: VirtualMachine): Promise<void> => {
      await display.sendOnBus([...batteryFrames]);
      await machine.run(`cat >/run/work <<'END'\n${work}\nEND\nsystemd-run --quiet bash /run/work`);
      // However slow the machine is, it is at work; every other time perhaps only about to be.
      const begun = moments.length % 2 === 0;
      if (begun) {
        await display.eventually(
          'frames are recorded',
          async () =>
            (await machine.run('find /var/lib/packdial -name "record-*.log" -newer /run/work -size +0')) !==
            '',
          180,
        );
        // What was recorded until now outlives every cut; the kernel would bring it to the disk within half a minute.
        await machine.run('sync /var/lib/packdial/record-*.log');
      }
      const wait = Math.random() * 10;
      await sleep(wait * 1000);
      moments.push(`${wait.toFixed(1)} s into the work${begun ? '' : "'s start"}`);
    };
    try {
      await InstalledDisplay.with({ disk }, async (display, machine) => {
        await machine.run('packdial configure --source can --power-scale 10; sync');
        await cutAtWork(display, machine);
      });
      for (let isLast = false; !isLast;) {
        // The cut at a start comes beside another one.
        isLast = moments.length >= cuts;
        // Every third cut comes while the system starts; the start after it finds what that has left.
        if (moments.length % 3 === 2 && !isLast) await cutAtStart();
        await InstalledDisplay.boot({ disk }, async (display, machine) => {
          lines = Number(await machine.run(whole));
          if (!isLast) await cutAtWork(display, machine);
          else await recordsStill(display, machine);
        });
      }
      expect(moments.length).toBeGreaterThanOrEqual(cuts);
      // 1: the journal was played back, as it is after a cut. More would be damage.
      const check = spawnSync('e2fsck', ['-fp', disk], { encoding: 'utf8' });
      expect({ damage: check.status! > 1, says: check.stdout }).toMatchObject({ damage: false });
      expect(lines).toBeGreaterThan(0);
      figure('power cuts survived', `${moments.length}, with ${lines} whole lines of log`);
    } catch (error) {
      throw new Error(`after cuts ${moments.join(', ')}: ${String(error)}`, { cause: error });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  // The first to come makes the saved machine.
  600_000 + cuts * 120_000,
);
