const unbuilt = () => Promise.reject(new Error("not built yet"));

/** What comes with the next change. */
export const UNBUILT = { spawn: unbuilt, receive: unbuilt, end: unbuilt };
