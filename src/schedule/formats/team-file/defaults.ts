/** Part of people's time that is kept free where nothing is said of it (S3 `buffer_planning`: reserve 20% capacity). */
export const USUAL_BUFFER = 0.2;
