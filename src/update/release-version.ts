/** A version of packdial: three whole numbers, such as `0.12.3`. */
export type ReleaseVersion = string;

/** Three numbers of up to six digits without leading zeros. */
export const versionPattern = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;

/**
 * Which of two versions is newer: negative when `a` is the older, positive when it is the newer one, 0 when they are the
 * same. Whatever does not look like a version is older than all that do.
 */
export function compareVersions(a: ReleaseVersion, b: ReleaseVersion): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (const [i, number] of left.entries()) {
    const difference = number - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: ReleaseVersion): readonly number[] {
  return versionPattern.exec(version)?.slice(1).map(Number) ?? [-1, -1, -1];
}
