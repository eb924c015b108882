import { loadKoffi } from './koffi-loader';

/** Calls back whenever the file can be read, until closed. */
export interface Poll {
  close(): void;
}

/**
 * Watches a file that the event loop can wait for (a device, a pipe; not a regular file). A pending fs.read would hold
 * one of the four threads that all other file work shares, could not be cancelled, and would keep the process from
 * ending; this needs no thread.
 * @param readable called again and again while there is something to read, an end or an error
 */
export function pollReadable(fd: number, readable: () => void): Poll {
  const handle = loadKoffi().node.poll(fd, { readable: true, disconnect: true }, readable);
  return { close: () => handle.close() };
}
