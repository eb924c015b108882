/** The pictures among `files` that are not `used`; what a failed comparison left there is none. */
export function unusedPictures(files: readonly string[], used: readonly string[]): string[];
