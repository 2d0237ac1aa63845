/** What the bad agents are given and nobody may find afterwards. */
export const SECRET = 'fault/Kan4ry+secret=29"q';
