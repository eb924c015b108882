import { choice } from './setting-schemas';

/** What is shown or played instead of real devices; a part of the table in settings.ts. */
export const demoSettings = {
  demo: {
    flag: 'demo',
    placeholder: 'what',
    schema: choice(['off', 'battery', 'boat']),
    fallback: 'off',
    accepts: 'one of off, battery, boat',
    help: 'shows a simulated battery, or a boat with two batteries, a charger and two meters, instead of what is set up',
  },
  site: {
    flag: 'site',
    placeholder: 'what',
    schema: choice(['battery', 'boat']),
    fallback: 'battery',
    accepts: 'one of battery, boat',
    help: 'what simulate plays: a battery, or the devices of a boat, which share one sun and one load',
  },
} as const;
