/**
 * Minutes of working time in each unit: 8 hours a day, 5 days a week, 4 weeks a month, whatever the week of the team that does the work
 * is like. So `3 weeks` is 120 hours for everybody, and takes a team that works four days a week longer (docs/decisions/0008).
 */
export const WORK_TIME = { hour: 60, day: 480, week: 2_400, month: 9_600 } as const;
