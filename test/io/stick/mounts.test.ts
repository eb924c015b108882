import { parseMounts } from '../../../src/io/stick/mounts';

const table = `22 28 0:20 / /proc rw,nosuid,nodev,noexec,relatime shared:5 - proc proc rw
28 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw,errors=remount-ro
90 28 8:1 / /media/pi/MY\\040STICK rw,nosuid,nodev shared:60 - vfat /dev/sda1 rw,uid=1000
91 28 8:1 / /run/packdial-stick/volume ro,nosuid,nodev shared:61 - vfat /dev/sda1 rw,uid=990
92 28 8:17 / /mnt rw,nosuid - vfat /dev/sdb1 ro,uid=990
93 28 8:33 /sub /srv rw - ext4 /dev/sdc1 rw
`;

test('where a volume is mounted, the latest first, and whether it can be written', () => {
  expect(parseMounts(table, '8:1')).toEqual([
    { folder: '/run/packdial-stick/volume', readOnly: true },
    { folder: '/media/pi/MY STICK', readOnly: false },
  ]);
  // Of the file system itself, as after damage.
  expect(parseMounts(table, '8:17')).toEqual([{ folder: '/mnt', readOnly: true }]);
  // A part of a volume that is shown elsewhere is not the volume.
  expect(parseMounts(table, '8:33')).toEqual([]);
  expect(parseMounts(table, '8:2')).toEqual([]);
  expect(parseMounts('', '8:1')).toEqual([]);
});
