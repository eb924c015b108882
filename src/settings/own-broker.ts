import type { Settings } from './settings';

/** What says which broker is the display's own, and where the files for it are. */
export type OwnBroker = Pick<
  Settings,
  'mqttUrl' | 'mqttUser' | 'mqttPassword' | 'mqttCa' | 'mqttCert' | 'mqttKey' | 'dataDir'
>;

/** The display's own broker as its settings have it, empty where they say nothing; paths of PEM files. */
export function ownBroker({
  mqttUrl,
  mqttUser,
  mqttPassword,
  mqttCa,
  mqttCert,
  mqttKey,
}: Omit<OwnBroker, 'dataDir'>) {
  return {
    url: mqttUrl,
    user: mqttUser,
    password: mqttPassword,
    ca: mqttCa,
    cert: mqttCert,
    key: mqttKey,
  };
}
