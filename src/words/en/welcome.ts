/** What stands on the display while nothing is set and no battery was received yet. */
export const welcomeWords = {
  title: 'No battery yet',
  /** The display's own address, before it. */
  address: 'This display is',
  noNetwork: 'This display has no network',
  nothing: 'nothing received',
  strange: (count: number) => `${count} ${count === 1 ? 'packet' : 'packets'}, none of a battery`,
  question: 'How is your battery connected?',
  choices: {
    wireless: { title: 'Wireless', text: 'EVTV controller over Wi-Fi or Ethernet' },
    can: { title: 'CAN', text: 'EVTV controller on a CAN bus, with a hat or an adapter' },
    bluetooth: { title: 'Bluetooth', text: 'JBD battery, LiTime charger, Thornwave meter' },
  },
  showMe: 'SHOW ME',
  demonstration: 'A demonstration with a simulated battery; Settings, Service ends it',
  end: 'END DEMO',
  endText: 'Ends the demonstration: nothing of it was real',
} as const;
