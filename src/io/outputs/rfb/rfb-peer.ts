/** What a viewer may do. */
export type RemoteAccess = 'control' | 'view';

/** Who is at the other end of a stream. */
export interface RfbPeer {
  /** Such as `192.168.1.20`: failures are counted by it. */
  readonly address: string;
  /** What it may do, where the caller has made sure of who it is already: then nobody is asked for a password here. */
  readonly access?: RemoteAccess;
}
