/** % above which a charger lowers the current, one sooner than another. */
const taperFrom = 95;

/** True while a time to full is a rough one: the battery is nearly full. @param soc % */
export function isRough(soc: number | undefined): boolean {
  return soc !== undefined && soc > taperFrom;
}
