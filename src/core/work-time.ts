/** Minutes of working time in each unit: 8 hours a day, 5 days a week, 4 weeks a month. */
export const WORK_TIME = { hour: 60, day: 480, week: 2_400, month: 9_600 } as const;
