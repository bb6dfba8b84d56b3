/** The name, in an address, of a lesson from a file of one's own. */
export const OWN = "own";
