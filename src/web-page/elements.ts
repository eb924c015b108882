/** The element of this id. @throws Error when the page has none: page and script are of different versions */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no ${id}`);
  return element;
}

/** The same, of a kind. @throws Error when it is of another */
export function byIdOf<T extends HTMLElement>(id: string, kind: abstract new () => T): T {
  const element = byId(id);
  if (!(element instanceof kind)) throw new Error(`The page has another ${id}`);
  return element;
}

/** Makes an element with a class and a text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}

/** Sets a text if it is another: what stays the same is not told again by a screen reader. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
