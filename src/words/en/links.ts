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
  'link-closed': ({ place }) => `${place} was closed`,
  'link-gone': ({ place }) => `${place} is gone`,
  'recording-over': () => 'the recording is over',
  'recording-stopped': () => 'the recording was stopped',
};
