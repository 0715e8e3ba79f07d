// Returns whether a host page enables a group of keys: all, unless its attribute `keys` lists some.
export const isWanted = (element, group) => (element.getAttribute("keys") ?? group).split(/\s+/).includes(group);
