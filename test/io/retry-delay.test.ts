import { RetryDelay } from '../../src/io/retry-delay';

describe('the delay between tries', () => {
  it('climbs a ladder to a minute and stays there', () => {
    const delay = new RetryDelay();
    const row = Array.from({ length: 15 }, () => delay.next());
    expect(row).toEqual([1, 1, 2, 2, 3, 3, 5, 5, 10, 10, 30, 60, 60, 60, 60]);
  });

  it('starts again after a success', () => {
    const delay = new RetryDelay();
    for (let i = 0; i < 20; i++) delay.next();
    delay.reset();
    expect([delay.next(), delay.next(), delay.next()]).toEqual([1, 1, 2]);
  });
});
