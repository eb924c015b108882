import { once } from 'node:events';
import { connect } from 'node:net';
import { TestViewer } from './test-viewer';

/** What viewers are let in with. */
export const lookingOnPassword = 'opensesame';

/** A viewer over TCP that has seen the whole picture: Tight, and the cursor. */
export async function tightViewer(port: number): Promise<TestViewer> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const viewer = new TestViewer(socket);
  await viewer.enter({ password: lookingOnPassword });
  viewer.accept(7, -239);
  viewer.request(false);
  await viewer.update();
  return viewer;
}

/** Asks for one picture after the other until the display ends, as viewers do. */
export async function lookOn(viewer: TestViewer, seen?: () => void): Promise<void> {
  try {
    for (;;) {
      viewer.request(true);
      await viewer.update();
      seen?.();
    }
  } catch {
    // The display has ended.
  }
}
