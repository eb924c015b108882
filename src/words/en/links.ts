import type { LinkReports } from '../../model/link-reports';
import type { Phrases } from '../phrases';

/** Why a link to a device can't be opened, or was lost. */
export const linkPhrases: Phrases<LinkReports> = {
  'serial-absent': ({ device }) => `No adapter at ${device}`,
  'serial-busy': ({ device }) => `${device} is taken by another program`,
  'serial-forbidden': ({ device }) => `${device} needs more rights: those of the group dialout`,
  'serial-other-kind': ({ device }) => `${device} is not a serial port`,
  'serial-failed': ({ device }) => `${device} can't be opened`,
  'serial-unplugged': ({ device }) => `${device} was pulled out`,
  'lan-web-server': ({ place, status }) =>
    `${place} is a web server, but no battery's console (HTTP ${status})`,
  'lan-refused': ({ place }) => `${place} refuses the connection`,
  'lan-name-unknown': ({ place }) => `The name in ${place} is not known in this network`,
  'lan-unreachable': ({ place }) => `${place} can't be reached`,
  'lan-broken-off': ({ place }) => `${place} broke the connection off`,
  'lan-message-too-long': ({ place, megabytes }) => `${place} sent a message of more than ${megabytes} MB`,
  'lan-no-answer': ({ place }) => `${place} does not answer`,
  'lan-not-websocket': ({ place, reason }) => `${place} does not speak WebSocket as it should (${reason})`,
  'lan-stalled': ({ place, seconds }) => `${place} has sent nothing for ${seconds} s`,
  'lan-closed-by-peer': ({ place }) => `${place} closed the connection`,
  'bluetooth-no-bus': () => 'There is no D-Bus, which Bluetooth needs: sudo apt-get install dbus bluez',
  'bluetooth-no-service': () =>
    'The Bluetooth service does not run: sudo apt-get install bluez, or sudo systemctl start bluetooth',
  'bluetooth-service-silent': () => 'The Bluetooth service does not answer: sudo systemctl restart bluetooth',
  'bluetooth-forbidden': () =>
    'D-Bus forbids Bluetooth to this user: sudo usermod -aG bluetooth $USER, then log in again',
  'bluetooth-no-adapter': () =>
    'There is no Bluetooth adapter: plug one in, or enable the built-in one in the firmware settings',
  'bluetooth-adapter-failed': ({ reason }) =>
    `The Bluetooth adapter failed (${reason}): unplug it, or sudo systemctl restart bluetooth`,
  'bluetooth-no-own-adapter': ({ address }) =>
    `No Bluetooth adapter of this machine has the address ${address}; bluetoothctl list shows those that there are`,
  'bluetooth-off': () =>
    "The Bluetooth adapter is off and can't be switched on: sudo systemctl restart bluetooth",
  'bluetooth-blocked': () => 'The Bluetooth adapter is blocked: sudo rfkill unblock bluetooth',
  'bluetooth-not-heard': ({ address }) =>
    `${address} is not received: it is too far away, off, or connected to another device such as a phone`,
  'bluetooth-no-answer': ({ address }) =>
    `${address} does not answer: it may be too far away, or connected to a phone`,
  'bluetooth-not-connected': ({ address, reason }) =>
    `${address} can't be connected (${reason}): it may be too far away, or connected to a phone`,
  'bluetooth-no-services': ({ address }) =>
    `${address} does not list its services: it may be too far away, or need to be switched off and on`,
  'bluetooth-no-characteristic': ({ address, characteristic }) =>
    `${address} has no characteristic ${characteristic}, so it is another kind of device: packdial scan lists what it is`,
  'bluetooth-lost': ({ address }) => `The connection to ${address} was lost`,
  'link-closed': ({ place }) => `${place} was closed`,
  'link-gone': ({ place }) => `${place} is gone`,
  'recording-over': () => 'the recording is over',
  'recording-stopped': () => 'the recording was stopped',
};
