/** What is wrong in a notebook: the place in it, what is wrong there, and what to do about it. */
export type Problem = readonly [place: string, what: string, remedy: string];
